import { once } from "node:events";
import http from "node:http";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import type { Sandbox } from "../../sandbox/sandbox.ts";

const pieceBytes = 32 * 1024;

/**
 * A proxy between VS Code and the sandbox's services that sends files as slowly as a test of a running download needs.
 * Download URLs are rewritten to lead through it as well.
 */
export class SlowLine {
  /** How fast files are sent. Can be changed during a transfer. */
  bytesPerSecond = Number.POSITIVE_INFINITY;
  readonly #sandbox: Sandbox;
  readonly #server = http.createServer(
    (request, response) => void this.#answer(request, response).catch(() => response.destroy()),
  );

  constructor(sandbox: Sandbox) {
    this.#sandbox = sandbox;
  }

  async open(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
  }

  /** The base URL of a service through this proxy. */
  endpoint(service: "spaaza" | "textReveal"): string {
    return service === "spaaza"
      ? this.#origin
      : `${this.#origin}${new URL(this.#sandbox.textReveal.endpoint).pathname}`;
  }

  get #origin(): string {
    const address = this.#server.address();
    if (address === null || typeof address === "string") throw new Error("The slow line is not open.");
    return `http://127.0.0.1:${address.port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  async #answer(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const { url = "/", method = "GET" } = request;
    const service = this.#serviceOf(url);
    const headers = without(request.headers, "host", "connection");
    const target = new URL(url, service ?? this.#sandbox.store.origin);
    const answer = await new Promise<http.IncomingMessage>((resolve, reject) => {
      const call = http.request(target, { method, headers }, resolve).on("error", reject);
      response.once("close", () => call.destroy());
      request.pipe(call);
    });
    if (service !== undefined) await this.#passCall(answer, response);
    else await this.#passFile(answer, response);
  }

  /** The base URL of the service that a call is for; undefined for a request to the store. */
  #serviceOf(url: string): string | undefined {
    const { spaaza, textReveal } = this.#sandbox;
    if (url.startsWith("/tasks")) return spaaza.endpoint;
    return url.startsWith(new URL(textReveal.endpoint).pathname) ? textReveal.endpoint : undefined;
  }

  async #passCall(answer: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    const body = (await text(answer)).replaceAll(this.#sandbox.store.origin, this.#origin);
    const headers = without(answer.headers, "content-length", "transfer-encoding");
    response.writeHead(answer.statusCode ?? 502, headers).end(body);
  }

  async #passFile(answer: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      for (let from = 0; from < chunk.length; from += pieceBytes) {
        const piece = chunk.subarray(from, from + pieceBytes);
        const hasRoom = response.write(piece);
        if (Number.isFinite(this.bytesPerSecond)) await sleep((1000 * piece.length) / this.bytesPerSecond);
        if (!hasRoom && !response.destroyed) await roomIn(response);
        if (response.destroyed) return;
      }
    }
    response.end();
  }
}

function without(headers: http.IncomingHttpHeaders, ...names: string[]): http.IncomingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !names.includes(name)));
}

/** Resolves when more can be written, or at once if the connection has ended. */
async function roomIn(response: http.ServerResponse): Promise<void> {
  const settled = new AbortController();
  const { signal } = settled;
  await Promise.race([once(response, "drain", { signal }), once(response, "close", { signal })]).finally(() =>
    settled.abort(),
  );
}
