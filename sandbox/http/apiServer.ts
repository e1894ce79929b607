import { createServer } from "node:http";
import type { IncomingHttpHeaders, IncomingMessage, Server, ServerResponse } from "node:http";
import { json } from "./answer.ts";
import type { Answer } from "./answer.ts";

/** A call that a service of the sandbox answered. Contains no headers and no body. */
export interface RecordedRequest {
  method: string;
  /** Without the query. */
  path: string;
  /** Values of repeated names are joined with commas. */
  query: Record<string, string>;
  status: number;
  /** When it arrived, in milliseconds since 1970. */
  at: number;
  /** Whether its credentials were valid. */
  authorized: boolean;
}

/** A call as passed to a handler. */
export interface Exchange {
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  /** The parsed JSON body; undefined if there is none or it is invalid. */
  readonly body: unknown;
  /** The named groups of the route's pattern. */
  params: Readonly<Record<string, string>>;
  /** For the tests. Set by handlers that check credentials themselves. */
  authorized: boolean;
}

export interface Route {
  method: string;
  /** Matches the whole path; named groups become `params`. */
  path: RegExp;
  handle(exchange: Exchange): Answer | Promise<Answer>;
}

export interface ApiServerOptions {
  routes: readonly Route[];
  /** Checks the credentials of every call. Returns a response if they are rejected. */
  refuse(headers: IncomingHttpHeaders): Answer | undefined;
  notFound: Answer;
  requests: RecordedRequest[];
  log(line: string): void;
}

export interface ApiServer {
  /** Such as `http://127.0.0.1:40123`. */
  readonly origin: string;
  close(): Promise<void>;
}

const largestBody = 1024 * 1024;

/** Starts a server on a free port of 127.0.0.1. */
export async function startApiServer(options: ApiServerOptions): Promise<ApiServer> {
  const server = createServer((request, response) => {
    void serve(options, request, response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", resolve);
  });
  return { origin: originOf(server), close: () => close(server) };
}

function originOf(server: Server): string {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The sandbox's server has no port.");
  return `http://127.0.0.1:${address.port}`;
}

async function close(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve())); // prettier-ignore
  server.closeAllConnections();
  await closed;
}

async function serve(options: ApiServerOptions, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const at = Date.now();
  const method = request.method ?? "GET";
  const url = new URL(request.url ?? "/", "http://127.0.0.1");
  const exchange: Exchange = {
    query: url.searchParams,
    headers: request.headers,
    body: await readJson(request),
    params: {},
    authorized: true,
  };
  const { status, contentType, headers, body } = await answer(options, method, url.pathname, exchange);
  options.requests.push({
    method,
    path: url.pathname,
    query: Object.fromEntries(
      [...new Set(url.searchParams.keys())].map((name) => [name, url.searchParams.getAll(name).join(",")]),
    ),
    status,
    at,
    authorized: exchange.authorized,
  });
  options.log(`${method} ${url.pathname} ${status}`);
  response.writeHead(status, { "content-type": contentType, "cache-control": "no-store", ...headers });
  response.end(body);
}

async function answer(options: ApiServerOptions, method: string, path: string, exchange: Exchange): Promise<Answer> {
  const refusal = options.refuse(exchange.headers);
  if (refusal !== undefined) {
    exchange.authorized = false;
    return refusal;
  }
  for (const route of options.routes) {
    const match = route.method === method ? route.path.exec(path) : null;
    if (match === null) continue;
    exchange.params = match.groups ?? {};
    try {
      return await route.handle(exchange);
    } catch (error) {
      options.log(`${method} ${path} failed: ${String(error)}`);
      return json(500, { message: "The sandbox failed.", code: 500, reason: "internal" });
    }
  }
  return options.notFound;
}

/** Also undefined for a body that is too large or incomplete. Handlers then respond that it is invalid. */
async function readJson(request: IncomingMessage): Promise<unknown> {
  let text = "";
  try {
    for await (const chunk of request.setEncoding("utf8")) {
      text += String(chunk);
      if (text.length > largestBody) return undefined;
    }
    return text === "" ? undefined : (JSON.parse(text) as unknown);
  } catch {
    return undefined;
  }
}
