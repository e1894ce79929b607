import assert from "node:assert/strict";
import { once } from "node:events";
import type { Socket } from "node:net";
import { after, before, describe, it } from "node:test";
import type { HttpClient } from "../../../src/http/httpClient.ts";
import { createHttpClient } from "../../../src/http/undiciClient.ts";
import { type RawServer, startRawServer } from "./rawServer.ts";

const limit = { timeout: 20_000 };

describe("one request and its response", () => {
  let server: RawServer;
  let http: HttpClient;
  let socket: Socket | undefined;
  let answer: (socket: Socket) => void;

  before(async () => {
    server = await startRawServer((_path, from) => {
      socket = from;
      answer(from);
    });
    // A minute, so that only what a test does ends a connection.
    http = createHttpClient(() => ({ connectTimeoutMs: 60_000, stallTimeoutMs: 60_000 }));
  });
  after(async () => {
    await http.close();
    await server[Symbol.asyncDispose]();
  });

  const send = (signal = new AbortController().signal) => http.send({ url: `${server.origin}/`, signal });

  it("close their connection when the reader stops before the end", limit, async () => {
    answer = (to) => to.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc");
    const { body } = await send();
    assert.ok(socket);
    const closed = once(socket, "close");
    body.destroy();
    await closed;
  });

  it("close their connection when the request is canceled in the middle of the response", limit, async () => {
    answer = (to) => to.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc");
    const cancel = new AbortController();
    const { body } = await send(cancel.signal);
    assert.ok(socket);
    const closed = once(socket, "close");
    cancel.abort();
    await assert.rejects(body.toArray(), { code: "cancelled" });
    await closed;
  });

  it("ignore an interim response, and wait for the real one", limit, async () => {
    answer = (to) =>
      to.write("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 201 Created\r\nContent-Length: 0\r\n\r\n");
    const { status, headers, body } = await send();
    body.destroy();
    assert.equal(status, 201);
    assert.equal(headers["link"], undefined);
  });

  it("time out when the response starts late or stops, but not while bytes arrive", limit, async () => {
    const quick = createHttpClient(() => ({ connectTimeoutMs: 60_000, stallTimeoutMs: 300 }));
    try {
      answer = (to) => {
        to.write("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n");
        let sent = 0;
        const timer = setInterval(() => {
          if (sent++ < 6) to.write("a");
          else clearInterval(timer);
        }, 100);
      };
      const { body } = await quick.send({ url: `${server.origin}/`, signal: new AbortController().signal });
      let bytes = 0;
      await assert.rejects(
        async () => {
          for await (const chunk of body as AsyncIterable<Buffer>) bytes += chunk.length;
        },
        { code: "timeout" },
      );
      assert.equal(bytes, 6);
    } finally {
      await quick.close();
    }
  });
});
