import type { Readable } from "node:stream";

/** One request. Redirects are never followed: the caller decides where credentials may go. */
export interface HttpRequest {
  readonly url: string;
  readonly method?: "GET" | "POST";
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal: AbortSignal;
}

/** Header names in lower case. The values of a repeated header are joined with ", ". */
export type HttpHeaders = Readonly<Partial<Record<string, string>>>;

/** A response whose body is still arriving. Read `body` to its end or destroy it; either frees the connection. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: HttpHeaders;
  /**
   * The received bytes, not decoded. Fails with an `ExportError` if the connection fails or ends before the announced
   * length or the last chunk: `offline` (connection lost) or `timeout` (no data). For these, `isConnectionFailure` is
   * true and a retry may help. Fails with `cancelled` if the signal was aborted.
   */
  readonly body: Readable;
}

export interface HttpClient {
  /**
   * Sends one request and resolves as soon as the headers arrive, whatever the status.
   *
   * @throws ExportError `offline`, `timeout`, `tls`, `proxy` without a response; `unexpectedResponse` if the response
   * is not HTTP; `invalidRequest` if the URL or a header can't be sent; `cancelled` if the signal was aborted.
   */
  send(request: HttpRequest): Promise<HttpAnswer>;
  /** Ends every connection. Pending requests fail with `cancelled`. Do not use the client afterwards. */
  close(): Promise<void>;
}

/** The network settings. Read for each request, so that a change needs no reload. */
export interface NetworkSettings {
  readonly connectTimeoutMs: number;
  /** The longest silence, both before the headers and between two chunks of the body. */
  readonly stallTimeoutMs: number;
  /** The proxy for a URL, or undefined for a direct connection. May throw an `ExportError`. */
  readonly proxy?: (url: string) => ProxyChoice | undefined;
  /**
   * PEM certificates that replace Node's own list, so include that list if it should count. Read only for encrypted
   * connections, so a getter can load them when needed.
   */
  readonly ca?: readonly string[] | undefined;
}

export interface ProxyChoice {
  /** `http://` or `https://`, without user name and password. */
  readonly uri: string;
  /** The value of the `Proxy-Authorization` header. A secret. */
  readonly authorization?: string;
}
