import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

export interface PlannedAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text is sent as it is, anything else as JSON. */
  readonly body?: unknown;
  /** How long the answer takes. */
  readonly delayMs?: number;
}

export interface SeenRequest {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

/** A server whose answers a test decides, request by request. */
export interface AnsweringServer extends AsyncDisposable {
  readonly origin: string;
  readonly requests: SeenRequest[];
}

/** Starts a server on 127.0.0.1. An answer of undefined breaks the connection. */
export async function startAnsweringServer(
  answer: (request: SeenRequest, count: number) => PlannedAnswer | undefined,
): Promise<AnsweringServer> {
  const requests: SeenRequest[] = [];
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("end", () => {
      const { method = "", url = "", headers } = incoming;
      const request = { method, path: url, headers, body: Buffer.concat(chunks).toString() };
      requests.push(request);
      const planned = answer(request, requests.length);
      if (planned === undefined) {
        incoming.socket.destroy();
        return;
      }
      const { status = 200, headers: sent = {}, body = "", delayMs = 0 } = planned;
      setTimeout(() => {
        outgoing.writeHead(status, sent);
        outgoing.end(typeof body === "string" ? body : JSON.stringify(body));
      }, delayMs);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
