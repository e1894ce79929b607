import assert from "node:assert/strict";
import dns from "node:dns";
import { once } from "node:events";
import { connect } from "node:net";
import { describe, it, type TestContext } from "node:test";
import { Worker } from "node:worker_threads";
import { fetchText } from "./fetching.ts";
import { startRawServer } from "./rawServer.ts";

/** Has a name lead to addresses as a name service would; the first is the one it prefers. */
function resolving(context: TestContext, ...addresses: dns.LookupAddress[]): void {
  const lookup = (
    _name: string,
    _options: dns.LookupAllOptions,
    answer: (error: null, found: dns.LookupAddress[]) => void,
  ) => process.nextTick(answer, null, addresses);
  context.mock.method(dns, "lookup", lookup as typeof dns.lookup);
}

const dead: dns.LookupAddress = { address: "::1", family: 6 };
const alive: dns.LookupAddress = { address: "127.0.0.1", family: 4 };

/** Takes connections to `::1` until its queue is full and never answers one, as a network does that drops packets. */
const silentListener = `
  const { parentPort, workerData } = require("node:worker_threads");
  const server = require("node:net").createServer().listen({ host: "::1", port: workerData, backlog: 1 }, () => {
    parentPort.postMessage("listening");
    setImmediate(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0));
  });
  server.on("error", (error) => parentPort.postMessage(error.code));
`;

describe("a host with several addresses", () => {
  for (const addresses of [
    [dead, alive],
    [alive, dead],
  ]) {
    const order = addresses.map(({ family }) => `IPv${family}`).join(" before ");
    it(`is reached at the address that works if the other one refuses connections: ${order}`, async (context) => {
      await using server = await startRawServer((_path, socket) =>
        socket.write("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc"),
      );
      resolving(context, ...addresses);
      assert.equal(await fetchText(`http://files.example.test:${server.port}/`), "abc");
    });
  }

  it("is reached over IPv4 after a second if IPv6 doesn't respond", async (context) => {
    await using server = await startRawServer((_path, socket) =>
      socket.write("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc"),
    );
    const worker = new Worker(silentListener, { eval: true, workerData: server.port });
    context.after(() => worker.terminate());
    const [told] = (await once(worker, "message")) as [string];
    if (told !== "listening") {
      context.skip(`this machine has no IPv6 (${told})`);
      return;
    }
    const fillers = Array.from({ length: 4 }, () => connect(server.port, "::1").on("error", () => undefined));
    context.after(() => {
      for (const filler of fillers) filler.destroy();
    });
    await new Promise((resolve) => setTimeout(resolve, 100));
    resolving(context, dead, alive);
    const started = performance.now();
    assert.equal(await fetchText(`http://files.example.test:${server.port}/`), "abc");
    const elapsed = performance.now() - started;
    // Without a response, the first attempt would last until the limit for connecting, which is longer.
    assert.ok(elapsed > 900 && elapsed < 10_000, `${elapsed} ms`);
  });
});
