import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { describe, test } from "node:test";
import { type Downloading, failureOf, hastyClock, shortStallMs, startDownloading } from "./downloading.ts";
import { exportBytes, sha256, type StoreExchange } from "./faultyStore.ts";

const name = "Transactions_Export-12345.csv";
const file = exportBytes(3_000_000);

async function assertWhole(downloading: Downloading): Promise<void> {
  assert.deepEqual(await downloading.files(), [name]);
  assert.equal(sha256(await readFile(join(downloading.folder, name))), sha256(file));
}

describe("connections that fail (rows 1 to 9, 18, 19, 42)", () => {
  test("without faults, a file takes one request, and nothing else stays in the folder", async (context) => {
    const downloading = await startDownloading(context, file);
    const { files } = await downloading.run();
    await assertWhole(downloading);
    assert.equal(files[0]?.sha256, sha256(file));
    assert.equal(files[0].verified, "length");
    assert.equal(files[0].requests, 1);
    assert.equal(downloading.store.requests.length, 1);
    assert.equal(downloading.progress.at(-1)?.phase, "done");
  });

  test("the store gets the name of the product and no credentials or cookies", async (context) => {
    const downloading = await startDownloading(context, file);
    await downloading.run();
    const { headers } = downloading.store.requests[0] ?? assert.fail();
    assert.deepEqual(Object.keys(headers).sort(), ["accept-encoding", "connection", "host", "user-agent"]);
    assert.equal(headers["accept-encoding"], "identity");
  });

  test("row 1: after a connection reset, the download resumes where it stopped", async (context) => {
    const downloading = await startDownloading(context, file, ({ turn, response, serve, cut, file: body }) => {
      if (turn > 0) {
        serve();
        return;
      }
      response.writeHead(200, { "content-length": String(body.length), etag: downloading.store.etag });
      response.write(body.subarray(0, 1_000_000), () => cut("reset"));
    });
    const { files } = await downloading.run();
    await assertWhole(downloading);
    assert.equal(files[0]?.resumed, 1);
    assert.match(downloading.store.requests[1]?.headers.range ?? "", /^bytes=[1-9]\d+-$/);
    assert.equal(downloading.store.requests[1]?.headers["if-range"], downloading.store.etag);
    assert.ok(downloading.progress.some(({ resumedFrom = 0 }) => resumedFrom > 0));
  });

  test("row 2: a body shorter than its Content-Length is resumed and never counts as complete", async (context) => {
    const downloading = await startDownloading(context, file, ({ turn, serve, cutAfter }) => {
      if (turn < 5) cutAfter(400_000);
      else serve();
    });
    const { files } = await downloading.run();
    await assertWhole(downloading);
    assert.equal(files[0]?.requests, 6);
    const sent = downloading.store.requests.reduce((sum, request) => sum + request.sent, 0);
    assert.equal(sent, file.length, "no byte is fetched twice");
  });

  test("row 3: a chunked body that ends too early is an error and is resumed", async (context) => {
    const downloading = await startDownloading(context, file, ({ turn, response, serve, cut, file: body, etag }) => {
      if (turn > 0) {
        serve();
        return;
      }
      response.writeHead(200, { etag, "transfer-encoding": "chunked" });
      response.write(body.subarray(0, 1_000_000), () => cut());
    });
    const { files } = await downloading.run();
    await assertWhole(downloading);
    assert.equal(files[0]?.resumed, 1);
  });

  test("row 3: if only the end mark of a chunked body is missing, the store confirms that the file is complete", async (context) => {
    const downloading = await startDownloading(context, file, ({ turn, response, serve, cut, file: body, etag }) => {
      if (turn > 0) {
        serve();
        return;
      }
      response.writeHead(200, { etag, "transfer-encoding": "chunked" });
      response.write(body, () => cut());
    });
    const { files } = await downloading.run();
    await assertWhole(downloading);
    assert.equal(files[0]?.requests, 2);
    assert.equal(files[0].verified, "length");
  });

  test("row 4: a file of unknown length that ends with its connection is kept as unverified", async (context) => {
    const downloading = await startDownloading(context, file, ({ response, file: body }) => {
      response.shouldKeepAlive = false;
      response.useChunkedEncodingByDefault = false;
      response.writeHead(200, { "content-type": "text/csv", connection: "close" });
      response.end(body);
    });
    const { files } = await downloading.run();
    await assertWhole(downloading);
    assert.equal(downloading.store.requests.length, 1);
    assert.equal(files[0]?.verified, "unverified");
  });

  test("row 5: a connection that stops sending is dropped, and the download resumes", async (context) => {
    const downloading = await startDownloading(context, file, ({ turn, response, serve, file: body, etag }) => {
      if (turn > 0) {
        serve();
        return;
      }
      response.writeHead(200, { "content-length": String(body.length), etag });
      response.write(body.subarray(0, 1_000_000));
    });
    const before = performance.now();
    const { files } = await downloading.run();
    assert.ok(performance.now() - before >= shortStallMs);
    await assertWhole(downloading);
    assert.equal(files[0]?.resumed, 1);
  });

  test("row 6: a connection that is too slow for a minute is dropped, and the download resumes with a message", async (context) => {
    let timer: NodeJS.Timeout | undefined;
    context.after(() => clearInterval(timer));
    const downloading = await startDownloading(context, file, ({ turn, response, serve, file: body, etag }) => {
      if (turn > 0) {
        clearInterval(timer);
        serve();
        return;
      }
      let at = 500_000;
      response.writeHead(200, { "content-length": String(body.length), etag });
      response.write(body.subarray(0, at));
      timer = setInterval(() => response.write(body.subarray(at, (at += 10))), 50);
    });
    const { files } = await downloading.run({}, { slowestBytesPerSecond: 100_000, slowWindowMs: 300 });
    await assertWhole(downloading);
    assert.equal(files[0]?.resumed, 1);
    const waiting = downloading.progress.find(({ phase }) => phase === "waiting");
    assert.match(waiting?.reason ?? "", /too slow/);
  });

  test("row 6: a connection that is too slow from the first byte is dropped, too", async (context) => {
    const timers: NodeJS.Timeout[] = [];
    context.after(() => timers.forEach(clearInterval));
    const downloading = await startDownloading(context, file, ({ turn, response, serve, file: body, etag }) => {
      if (turn > 0) {
        serve();
        return;
      }
      let at = 0;
      response.writeHead(200, { "content-length": String(body.length), etag });
      timers.push(setInterval(() => response.write(body.subarray(at, (at += 1))), 50));
    });
    await downloading.run({}, { slowestBytesPerSecond: 100_000, slowWindowMs: 200 });
    await assertWhole(downloading);
  });

  test("row 7: missing headers cost one strike", async (context) => {
    const downloading = await startDownloading(context, file, ({ turn, serve }) => {
      if (turn > 0) serve();
    });
    await downloading.run();
    await assertWhole(downloading);
    assert.equal(downloading.store.requests.length, 2);
  });

  for (const status of [500, 502, 504, 408, 503, 429]) {
    test(`row 8: after status ${status}, the download tries again after a pause`, async (context) => {
      const downloading = await startDownloading(context, file, ({ turn, response, serve }) => {
        if (turn > 1) serve();
        else response.writeHead(status).end("busy");
      });
      await downloading.run();
      await assertWhole(downloading);
      assert.equal(downloading.store.requests.length, 3);
      assert.equal(downloading.resolved, 1, "no fresh link was needed");
    });
  }

  test("row 8: if a host keeps failing, the download fails when the retry budget is used up", async (context) => {
    const downloading = await startDownloading(context, file, ({ response }) =>
      setTimeout(() => response.writeHead(500).end(), 50),
    );
    const failure = await failureOf(downloading.run({}, { retryBudgetMs: 300 }));
    assert.equal(failure.code, "serviceUnavailable");
    assert.equal(failure.details.status, 500);
    assert.ok(downloading.store.requests.length > 2);
    assert.deepEqual(await downloading.files(), []);
  });

  test("progress refills the budget, so a file can be interrupted more often than the budget allows without progress", async (context) => {
    const clock = hastyClock();
    const behave = ({ turn, response, serve, cutAfter }: StoreExchange): void => {
      if (turn > 12) serve();
      else if (turn % 2 === 0) cutAfter(100_000);
      else response.writeHead(503, { "retry-after": "2" }).end();
    };
    const downloading = await startDownloading(context, file, behave, { clock });
    await downloading.run({}, { retryBudgetMs: 3000 });
    await assertWhole(downloading);
    assert.equal(clock.waits.filter((each) => each === 2000).length, 6);
  });

  for (const [form, retryAfter] of [
    ["in seconds", () => "1"],
    ["as a date by the server's clock", () => "Thu, 01 Jan 2015 00:00:01 GMT"],
  ] as const) {
    test(`row 9: the download waits for all of Retry-After ${form} and shows it`, async (context) => {
      const downloading = await startDownloading(context, file, ({ turn, response, serve }) => {
        if (turn > 0) serve();
        else response.writeHead(503, { "retry-after": retryAfter(), date: "Thu, 01 Jan 2015 00:00:00 GMT" }).end();
      });
      const before = performance.now();
      await downloading.run();
      assert.ok(performance.now() - before >= 990);
      await assertWhole(downloading);
      const waiting = downloading.progress.find(({ phase }) => phase === "waiting");
      assert.equal(waiting?.retryInMs, 1000);
      assert.match(waiting.reason ?? "", /asked to wait/);
    });
  }

  test("row 9: a wait longer than the budget fails at once, and the error says when to try again", async (context) => {
    const downloading = await startDownloading(context, file, ({ response }) =>
      response.writeHead(429, { "retry-after": "3600" }).end(),
    );
    const failure = await failureOf(downloading.run());
    assert.equal(failure.code, "tooManyRequests");
    assert.equal(failure.details.retryAfterMs, 3_600_000);
    assert.match(failure.message, /3600 seconds/);
    assert.equal(downloading.store.requests.length, 1);
  });

  test("row 9: the wait can be canceled", async (context) => {
    const downloading = await startDownloading(context, file, ({ response }) =>
      response.writeHead(503, { "retry-after": "600" }).end(),
    );
    const controller = new AbortController();
    const onProgress = ({ phase }: { phase: string }): void => {
      if (phase === "waiting") controller.abort();
    };
    const work = downloading.run({ signal: controller.signal, onProgress }, { retryBudgetMs: 1_000_000 });
    assert.equal((await failureOf(work)).code, "cancelled");
  });

  test("row 19: without a server, the download fails as offline, and the next call succeeds", async (context) => {
    const clock = hastyClock();
    const downloading = await startDownloading(context, file, undefined, { clock });
    const links = (url: string) => () => Promise.resolve([{ index: 0, name, url }]);
    const nobody = await unusedPort();
    const failure = await failureOf(
      downloading
        .run({ resolve: links(`http://127.0.0.1:${nobody}/x.csv?sig=s3cr3t`) }, { retryBudgetMs: 20 })
        .catch(noLeak),
    );
    assert.equal(failure.code, "offline");
    await downloading.run();
    await assertWhole(downloading);
  });

  test("row 19: going offline in the middle keeps the part, and the next call resumes it", async (context) => {
    let online = false;
    const downloading = await startDownloading(context, file, ({ turn, request, serve, cutAfter }) => {
      if (online) serve();
      else if (turn === 0) cutAfter(1_500_000);
      else request.socket.resetAndDestroy();
    });
    const failure = await failureOf(downloading.run({}, { retryBudgetMs: 0 }).catch(noLeak));
    assert.equal(failure.code, "offline");
    const left = await downloading.files();
    assert.equal(left.length, 2);
    assert.ok(
      left.every((each) => /\.part(\.json)?$/.test(each)),
      left.join(),
    );
    online = true;
    const sentBefore = downloading.store.requests.reduce((sum, { sent }) => sum + sent, 0);
    const { files } = await downloading.run();
    await assertWhole(downloading);
    assert.equal(files[0]?.resumed, 1);
    const sent = downloading.store.requests.reduce((sum, request) => sum + request.sent, 0) - sentBefore;
    assert.equal(sent, file.length - 1_500_000 + 1024, "only the overlap is fetched twice");
  });

  test("row 42: after an hour's sleep during a wait, the download gets a new URL and resumes within the budget", async (context) => {
    let now = Date.now();
    const sleepy = {
      now: () => now,
      wait: () => {
        now += 3_600_000;
        return Promise.resolve();
      },
    };
    const downloading = await startDownloading(
      context,
      file,
      ({ turn, request, response, serve, cutAfter }) => {
        if (turn === 0) cutAfter(1_000_000);
        else if (turn === 1) request.socket.resetAndDestroy();
        else if (request.url?.endsWith("sig=2") === true) serve();
        else
          response.writeHead(403).end("<Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>");
      },
      { clock: sleepy },
    );
    const { files } = await downloading.run({
      resolve: () => {
        downloading.resolved += 1;
        const url = `${downloading.store.origin}/file.csv?sig=${downloading.resolved}`;
        return Promise.resolve([{ index: 0, name, url }]);
      },
    });
    await assertWhole(downloading);
    assert.equal(downloading.resolved, 2);
    assert.equal(files[0]?.resumed, 1);
  });
});

/** Lets an error pass on, after a look that no signed query is in it. */
function noLeak(error: unknown): never {
  for (let current = error; current instanceof Error; current = current.cause) {
    assert.doesNotMatch(JSON.stringify([current.message, current.stack, Object.entries(current)]), /s3cr3t|sig=/);
  }
  throw error;
}

async function unusedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
