import type { lookup, LookupAddress, LookupOptions } from "node:dns";
import { type PrepareRequestFunction, Server } from "proxy-chain";
import type { KeyPair } from "./testAuthority.ts";

/** One request as the proxy saw it. Of a tunnel it sees no more than this. */
export interface ProxiedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, unknown>>;
}

export interface TestProxy extends AsyncDisposable {
  readonly uri: string;
  readonly port: number;
  readonly requests: ProxiedRequest[];
  /** Cuts every connection, and goes on taking new ones. */
  cut(): void;
}

export interface TestProxyOptions {
  /** Has to be told, as `user:password`. */
  readonly credentials?: string;
  /** Speaks TLS itself. */
  readonly tls?: KeyPair;
  /** Names that the proxy alone knows; they lead to this machine. */
  readonly knows?: string;
  readonly port?: number;
}

/** Starts a real proxy on 127.0.0.1. */
export async function startTestProxy(options: TestProxyOptions = {}): Promise<TestProxy> {
  const { credentials, tls, knows, port = 0 } = options;
  const requests: ProxiedRequest[] = [];
  const prepareRequestFunction: PrepareRequestFunction = ({ request, username, password, hostname }) => {
    const { method = "", url = "", headers } = request;
    requests.push({ method, url, headers });
    return {
      requestAuthentication: credentials !== undefined && `${username}:${password}` !== credentials,
      ...(hostname === knows ? { dnsLookup: thisMachine as typeof lookup } : {}),
    };
  };
  const common = { port, host: "127.0.0.1", prepareRequestFunction };
  const server = new Server(
    tls === undefined ? common : { ...common, serverType: "https", httpsOptions: { key: tls.key, cert: tls.cert } },
  );
  await server.listen();
  return {
    uri: tls === undefined ? `http://127.0.0.1:${server.port}` : `https://localhost:${server.port}`,
    port: server.port,
    requests,
    cut: () => server.closeConnections(),
    [Symbol.asyncDispose]: () => server.close(true),
  };
}

type Found = (error: null, found: string | LookupAddress[], family?: number) => void;

function thisMachine(_name: string, options: LookupOptions, found: Found): void {
  if (options.all === true) found(null, [{ address: "127.0.0.1", family: 4 }]);
  else found(null, "127.0.0.1", 4);
}
