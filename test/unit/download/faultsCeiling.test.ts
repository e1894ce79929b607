import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, test } from "node:test";
import { createFakeClock } from "../http/fakeClock.ts";
import { type Downloading, failureOf, startDownloading } from "./downloading.ts";
import { exportBytes, sha256, type StoreExchange } from "./faultyStore.ts";

const file = exportBytes(3_000_000);

async function assertWhole(downloading: Downloading): Promise<void> {
  const [name = "", ...others] = await downloading.files();
  assert.deepEqual(others, []);
  assert.equal(sha256(await readFile(join(downloading.folder, name))), sha256(file));
}

describe("the ceiling of requests to a host", () => {
  test("a store that keeps failing gets no requests for a while, this is shown, and the download continues afterwards", async (context) => {
    const clock = createFakeClock();
    const busy = ({ turn, serve, response }: StoreExchange) => (turn < 2 ? response.writeHead(503).end() : serve());
    const downloading = await startDownloading(context, file, busy, { clock, ceiling: { failuresPerMinute: 2 } });
    await downloading.run({}, { retryBudgetMs: 120_000 });
    await assertWhole(downloading);
    assert.equal(downloading.store.requests.length, 3);
    assert.deepEqual(
      clock.waits.filter((wait) => wait > 0),
      [60_000],
    );
    const waiting = downloading.progress.find(({ retryInMs }) => retryInMs === 60_000);
    assert.match(waiting?.reason ?? "", /^Too many requests to 127\.0\.0\.1:\d+ within a minute\./);
  });

  test("row 1: a host that breaks off each time is asked no more often than a failing one, and the download still ends", async (context) => {
    const clock = createFakeClock();
    const since = clock.now();
    const perMinute: number[] = [];
    const breakOff = ({ cutAfter }: StoreExchange): void => {
      const minute = Math.floor((clock.now() - since) / 60_000);
      perMinute[minute] = (perMinute[minute] ?? 0) + 1;
      cutAfter(300_000);
    };
    const downloading = await startDownloading(context, file, breakOff, { clock, ceiling: { failuresPerMinute: 3 } });
    // A wait is longer than the budget, but the budget is for attempts without progress.
    await downloading.run({}, { retryBudgetMs: 10_000 });
    await assertWhole(downloading);
    assert.ok(perMinute.length > 2, perMinute.join(" "));
    assert.ok(
      perMinute.every((count) => count <= 3),
      perMinute.join(" "),
    );
  });

  test("row 1: a host that breaks off without progress is given up when it would have to wait too long", async (context) => {
    const clock = createFakeClock();
    const behave = ({ turn, cutAfter }: StoreExchange): void => cutAfter(turn === 0 ? 300_000 : 0);
    const downloading = await startDownloading(context, file, behave, { clock, ceiling: { failuresPerMinute: 3 } });
    const failure = await failureOf(downloading.run({}, { retryBudgetMs: 50_000 }));
    assert.equal(failure.code, "tooManyRequests");
    assert.ok(downloading.store.requests.length <= 6, `${downloading.store.requests.length} requests`);
  });
});
