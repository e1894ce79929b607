import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { setImmediate as nextTurn } from "node:timers/promises";
import { after, before, describe, it } from "node:test";
import type { HttpClient, NetworkSettings } from "../../../src/http/httpClient.ts";
import { isConnectionFailure } from "../../../src/http/networkErrors.ts";
import { userAgent } from "../../../src/model/product.ts";
import { createHttpClient } from "../../../src/http/undiciClient.ts";
import { ExportError } from "../../../src/model/exportError.ts";
import { type RawServer, startRawServer } from "./rawServer.ts";

const head = "HTTP/1.1 200 OK\r\n";
const big = 8 * 1024 * 1024;

/** What the server does with a request, by path. */
const answers: Record<string, (socket: Socket) => void> = {
  "/ok": (socket) => socket.write(`${head}Content-Length: 3\r\nX-Two: a\r\nX-Two: b\r\n\r\nabc`),
  "/redirect": (socket) => socket.write("HTTP/1.1 302 Found\r\nLocation: /ok\r\nContent-Length: 0\r\n\r\n"),
  "/short": (socket) => socket.end(`${head}Content-Length: 100\r\n\r\nabc`),
  "/shortAndClosed": (socket) => socket.end(`${head}Connection: close\r\nContent-Length: 100\r\n\r\nabc`),
  "/cutBetweenChunks": (socket) => socket.end(`${head}Transfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n`),
  "/cutInChunk": (socket) => socket.end(`${head}Transfer-Encoding: chunked\r\n\r\n5\r\nabc`),
  "/cutChunksAndClosed": (socket) =>
    socket.end(`${head}Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n`),
  "/reset": (socket) =>
    socket.write(`${head}Content-Length: 100\r\n\r\nabc`, () => setTimeout(() => socket.resetAndDestroy(), 20)),
  "/closedWithoutAnswer": (socket) => socket.end(),
  "/resetWithoutAnswer": (socket) => socket.resetAndDestroy(),
  "/noHeaders": () => undefined,
  "/stall": (socket) => socket.write(`${head}Content-Length: 100\r\n\r\nabc`),
  "/notHttp": (socket) => socket.end("SSH-2.0-OpenSSH_9.7\r\n"),
  "/untilClosed": (socket) => socket.end(`${head}Connection: close\r\n\r\nabc`),
  "/big": (socket) =>
    socket.write(Buffer.concat([Buffer.from(`${head}Content-Length: ${big}\r\n\r\n`), Buffer.alloc(big)])),
};

const never = new AbortController().signal;
/** Longer than any test takes: what must not happen while a test runs is not due before. */
const longMs = 300_000;
const shortMs = 150;
const query = "?X-Amz-Signature=planted-signature";

async function read(http: HttpClient, url: string, signal = never): Promise<string> {
  const { body } = await http.send({ url, signal });
  const chunks: Buffer[] = [];
  for await (const chunk of body as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

/** Waits for a state. */
async function until(isReached: () => boolean): Promise<void> {
  while (!isReached()) await nextTurn();
}

async function failure(work: Promise<unknown>): Promise<ExportError> {
  const error: unknown = await work.then(
    () => assert.fail("It should have failed"),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof ExportError);
  for (let cause: unknown = error; cause instanceof Error; cause = cause.cause) {
    assert.doesNotMatch(`${cause.message} ${JSON.stringify(cause)}`, /planted-signature|:\/\//);
  }
  return error;
}

describe("the HTTP client", () => {
  let server: RawServer;
  let http: HttpClient;
  const network: NetworkSettings = { connectTimeoutMs: longMs, stallTimeoutMs: longMs };

  before(async () => {
    server = await startRawServer((path, socket) => answers[path]?.(socket));
    http = createHttpClient(() => network);
  });
  after(async () => {
    await http.close();
    await server[Symbol.asyncDispose]();
  });

  it("returns the status, headers and bytes", async () => {
    const { status, headers, body } = await http.send({ url: `${server.origin}/ok`, signal: never });
    assert.equal(status, 200);
    assert.equal(headers["x-two"], "a, b");
    assert.equal(headers["content-length"], "3");
    body.destroy();
  });

  it("keeps a connection for the next request once the body is read", async () => {
    await using own = await startRawServer((_path, socket) => answers["/ok"]?.(socket));
    for (let request = 0; request < 3; request++) {
      assert.equal(await read(http, own.origin), "abc");
      await nextTurn();
    }
    assert.equal(own.connections, 1);
  });

  it("does not follow a redirect", async () => {
    const { status, headers, body } = await http.send({ url: `${server.origin}/redirect`, signal: never });
    body.resume();
    assert.deepEqual([status, headers["location"]], [302, "/ok"]);
  });

  it("sends the given headers and the name of the product", async () => {
    let seen: IncomingHttpHeaders = {};
    let body = "";
    const echo = createServer((request, response) => {
      seen = request.headers;
      request.on("data", (chunk: Buffer) => (body += chunk.toString())).on("end", () => response.end());
    });
    await new Promise<void>((resolve) => echo.listen(0, "127.0.0.1", resolve));
    const { port } = echo.address() as AddressInfo;
    const url = `http://127.0.0.1:${port}/`;
    const answer = await http.send({ url, method: "POST", headers: { "x-one": "1" }, body: "hello", signal: never });
    answer.body.resume();
    echo.closeAllConnections();
    echo.close();
    assert.equal(body, "hello");
    assert.deepEqual(Object.keys(seen).sort(), ["connection", "content-length", "host", "user-agent", "x-one"]);
    assert.equal(seen["user-agent"], userAgent);
  });

  for (const path of [
    "/short",
    "/shortAndClosed",
    "/cutBetweenChunks",
    "/cutInChunk",
    "/cutChunksAndClosed",
    "/reset",
  ]) {
    it(`fails as a broken connection when the body is cut off: ${path}`, async () => {
      const error = await failure(read(http, server.origin + path + query));
      assert.equal(error.code, "offline");
      assert.equal(error.details.host, `127.0.0.1:${server.port}`);
      assert.ok(isConnectionFailure(error));
    });
  }

  for (const path of ["/closedWithoutAnswer", "/resetWithoutAnswer"]) {
    it(`fails as a broken connection when no response comes: ${path}`, async () => {
      const error = await failure(read(http, server.origin + path + query));
      assert.deepEqual([error.code, isConnectionFailure(error)], ["offline", true]);
    });
  }

  it("ends a body of unknown length when the connection closes", async () => {
    assert.equal(await read(http, `${server.origin}/untilClosed`), "abc");
  });

  it("times out when no headers come", async () => {
    const error = await failureIfSilent("/noHeaders");
    assert.equal(error.code, "timeout");
    assert.match(error.message, /taskExports\.network\.stallTimeoutSeconds/);
  });

  it("times out when the body stops", async () => {
    const error = await failureIfSilent("/stall");
    assert.deepEqual([error.code, isConnectionFailure(error)], ["timeout", true]);
  });

  it("doesn't time out while the reader pauses", async (context) => {
    context.mock.timers.enable({ apis: ["setTimeout"] });
    const { body } = await http.send({ url: `${server.origin}/big`, signal: never });
    await until(() => body.readableLength >= body.readableHighWaterMark);
    context.mock.timers.tick(10 * longMs);
    let bytes = 0;
    for await (const chunk of body as AsyncIterable<Buffer>) bytes += chunk.length;
    assert.equal(bytes, big);
  });

  /** What a request fails with whose answer stops somewhere. */
  async function failureIfSilent(path: string): Promise<ExportError> {
    const quick = createHttpClient(() => ({ connectTimeoutMs: longMs, stallTimeoutMs: shortMs }));
    const error = await failure(read(quick, server.origin + path + query));
    await quick.close();
    return error;
  }

  it("says if the other side doesn't use HTTP", async () => {
    const error = await failure(read(http, `${server.origin}/notHttp${query}`));
    assert.deepEqual([error.code, isConnectionFailure(error)], ["unexpectedResponse", false]);
  });

  it("says if no server listens", async () => {
    const error = await failure(read(http, `http://127.0.0.1:1/${query}`));
    assert.deepEqual([error.code, (error.cause as { code?: string }).code], ["offline", "ECONNREFUSED"]);
  });

  it("says if a host name can't be resolved", async () => {
    const error = await failure(read(http, `http://nowhere.invalid/${query}`));
    assert.deepEqual([error.code, error.details.host], ["offline", "nowhere.invalid"]);
    assert.match(error.message, /find the host nowhere\.invalid/);
  });

  it("names the setting for a company's certificates if TLS fails, and doesn't report a lost connection", async () => {
    await using plain = await startRawServer((_path, socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"));
    const refused = await failure(read(http, `https://127.0.0.1:${plain.port}/${query}`));
    assert.deepEqual([refused.code, isConnectionFailure(refused)], ["tls", false]);
    assert.match(refused.message, /taskExports\.network\.caFile/);
  });

  it("gives up if a connection isn't made in time", async () => {
    const quick = createHttpClient(() => ({ connectTimeoutMs: 100, stallTimeoutMs: longMs }));
    // The TCP connection is there at once; the TLS handshake never ends.
    const error = await failure(read(quick, `https://127.0.0.1:${server.port}/${query}`));
    await quick.close();
    assert.equal(error.code, "timeout");
    assert.match(error.message, /connectTimeoutSeconds/);
  });

  it("refuses an invalid web address without repeating it", async () => {
    for (const url of [`ftp://127.0.0.1/${query}`, `nonsense${query}`]) {
      assert.equal((await failure(read(http, url))).code, "invalidRequest");
    }
  });

  it("refuses a header that can't be sent without repeating it", async () => {
    const headers = { authorization: "Bearer planted-signature\r\nx: y" };
    const error = await failure(http.send({ url: `${server.origin}/ok`, headers, signal: never }));
    assert.equal(error.code, "invalidRequest");
  });
});

describe("canceling a request", () => {
  // Nothing else ends a request while a test runs, so a request that ends was canceled at once.
  const network: NetworkSettings = { connectTimeoutMs: longMs, stallTimeoutMs: longMs };

  it("ends it at once while it waits for the response", async () => {
    const asked: string[] = [];
    await using server = await startRawServer((path) => asked.push(path));
    const http = createHttpClient(() => network);
    const controller = new AbortController();
    const failing = failure(read(http, server.origin, controller.signal));
    await until(() => asked.length === 1);
    controller.abort();
    assert.equal((await failing).code, "cancelled");
    await http.close();
  });

  it("ends it at once while it waits for more of the body", async () => {
    await using server = await startRawServer((path, socket) => answers[path]?.(socket));
    const http = createHttpClient(() => network);
    const controller = new AbortController();
    const { body } = await http.send({ url: `${server.origin}/stall`, signal: controller.signal });
    const failing = failure(body.toArray());
    controller.abort();
    assert.equal((await failing).code, "cancelled");
    await http.close();
  });

  it("ends it at once while the connection is being made", async () => {
    await using server = await startRawServer(() => undefined);
    const http = createHttpClient(() => network);
    const controller = new AbortController();
    const failing = failure(read(http, `https://127.0.0.1:${server.port}/`, controller.signal));
    await until(() => server.connections === 1);
    controller.abort();
    assert.equal((await failing).code, "cancelled");
    await http.close();
  });

  it("prevents the request if it was canceled before", async () => {
    await using server = await startRawServer(() => undefined);
    const http = createHttpClient(() => network);
    const error = await failure(http.send({ url: server.origin, signal: AbortSignal.abort() }));
    await http.close();
    assert.deepEqual([error.code, server.connections], ["cancelled", 0]);
  });

  it("leaves no listener on the signal after bodies are read", async () => {
    await using server = await startRawServer((_path, socket) => answers["/ok"]?.(socket));
    const http = createHttpClient(() => network);
    const { signal } = new AbortController();
    await read(http, server.origin, signal);
    await http.close();
    assert.equal(getEventListeners(signal, "abort").length, 0);
  });
});

describe("the connections of the client", () => {
  it("are made anew when their settings change, and the old ones end by themselves", async () => {
    await using server = await startRawServer((path, socket) => answers[path]?.(socket));
    let network: NetworkSettings = { connectTimeoutMs: longMs, stallTimeoutMs: longMs };
    const http = createHttpClient(() => network);
    await read(http, `${server.origin}/ok`);
    await nextTurn();
    network = { ...network, stallTimeoutMs: 2 * longMs };
    await read(http, `${server.origin}/ok`);
    assert.equal(server.connections, 1);
    await nextTurn();
    network = { ...network, connectTimeoutMs: 2 * longMs };
    await read(http, `${server.origin}/ok`);
    assert.equal(server.connections, 2);
    await http.close();
  });

  it("fail with `cancelled` when the client is closed", async () => {
    const asked: string[] = [];
    await using server = await startRawServer((path) => asked.push(path));
    const http = createHttpClient(() => ({ connectTimeoutMs: longMs, stallTimeoutMs: longMs }));
    const waiting = failure(read(http, server.origin));
    await until(() => asked.length === 1);
    await http.close();
    assert.equal((await waiting).code, "cancelled");
  });

  it("report the error even to a reader that starts after the body failed", async () => {
    await using server = await startRawServer((path, socket) => answers[path]?.(socket));
    const http = createHttpClient(() => ({ connectTimeoutMs: longMs, stallTimeoutMs: longMs }));
    const { body } = await http.send({ url: `${server.origin}/short`, signal: never });
    await until(() => body.errored !== null);
    const error = await failure(body.toArray());
    await http.close();
    assert.equal(error.code, "offline");
  });
});
