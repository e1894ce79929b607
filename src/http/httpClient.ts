import type { Readable } from "node:stream";

/** One request. Redirects are never followed here: whoever asks decides where a credential may go. */
export interface HttpRequest {
  readonly url: string;
  readonly method?: "GET" | "POST";
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal: AbortSignal;
}

/** Header names in lower case; a header that came several times is joined with ", ". */
export type HttpHeaders = Readonly<Partial<Record<string, string>>>;

/** An answer whose body is still on its way. Read `body` to its end or destroy it: either frees the connection. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: HttpHeaders;
  /**
   * Bytes as they came (no decoding). Fails with an `ExportError` when the connection does, also when it ends before
   * the announced length or the last chunk has come: `offline` (it broke off) or `timeout` (it fell silent), for which
   * `isConnectionFailure` answers true and another try may help; `cancelled` when the signal ended it.
   */
  readonly body: Readable;
}

export interface HttpClient {
  /**
   * Sends one request and answers as soon as the headers are there, whatever the status.
   *
   * @throws ExportError `offline`, `timeout`, `tls`, `proxy` when no answer came; `unexpectedResponse` when what came
   * is not HTTP; `invalidRequest` when the address or a header cannot be sent; `cancelled` when the signal ended it.
   */
  send(request: HttpRequest): Promise<HttpAnswer>;
  /** Ends every connection; what is still under way fails with `cancelled`. Not to be used afterwards. */
  close(): Promise<void>;
}

/** What the person set for the network. Read again for each request, so that a change needs no reload. */
export interface NetworkSettings {
  readonly connectTimeoutMs: number;
  /** The longest silence, before headers as between two chunks of a body. */
  readonly stallTimeoutMs: number;
  /** The proxy for an address; undefined where it is to be reached directly. May throw an `ExportError`. */
  readonly proxy?: (url: string) => ProxyChoice | undefined;
  /**
   * PEM certificates that are trusted instead of Node's own list, so that list is part of it where it is to count. Read
   * only for connections that are encrypted, so that whoever has to look for them can do it in a getter.
   */
  readonly ca?: readonly string[] | undefined;
}

export interface ProxyChoice {
  /** `http://` or `https://`, without user name and password. */
  readonly uri: string;
  /** The value of the `Proxy-Authorization` header. A secret. */
  readonly authorization?: string;
}
