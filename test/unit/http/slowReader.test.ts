import assert from "node:assert/strict";
import { createServer, type AddressInfo, type Socket } from "node:net";
import { buffer } from "node:stream/consumers";
import { test } from "node:test";
import { createHttpClient } from "../../../src/http/undiciClient.ts";

/** From about as many bytes as a body keeps for its reader down to less. */
for (const kibibytes of [1024, 512, 257, 256, 255]) {
  test(`a body of ${kibibytes} KiB is complete for a slow reader, even if the server has closed the connection`, async (context) => {
    const body = Buffer.alloc(kibibytes * 1024, "a,b\n");
    let hasClosed: (value: unknown) => void = () => undefined;
    const closed = new Promise((resolve) => {
      hasClosed = resolve;
    });
    const server = createServer((socket: Socket) => {
      socket.on("error", () => undefined);
      socket.on("close", hasClosed);
      socket.once("data", () => {
        socket.write(`HTTP/1.1 200 OK\r\ncontent-length: ${body.length}\r\n\r\n`);
        socket.end(body, () => hasClosed(undefined));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const http = createHttpClient(() => ({ connectTimeoutMs: 10_000, stallTimeoutMs: 60_000 }));
    context.after(async () => {
      await http.close();
      server.close();
    });
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const answer = await http.send({ url, headers: {}, signal: new AbortController().signal });
    await closed;
    // Everything that is waiting to be handled comes before this.
    for (let turn = 0; turn < 200; turn += 1) await new Promise((resolve) => setImmediate(resolve));
    assert.ok((await buffer(answer.body)).equals(body));
  });
}
