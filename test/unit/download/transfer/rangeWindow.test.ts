import assert from "node:assert/strict";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { describe, test } from "node:test";
import { findParts } from "../../../../src/download/part/parts.ts";
import { isWorthRanges } from "../../../../src/download/transfer/rangeWindow.ts";
import { type Downloading, failureOf, longStallMs, startDownloading, until } from "../downloading.ts";
import { exportBytes, sha256, type StoreExchange } from "../faultyStore.ts";
import type { WrittenBytes } from "../../../../src/download/writtenBytes.ts";
import { killAfter, outputOf, startChild } from "../killedDownloads.ts";

const name = "Transactions_Export-12345.csv";
const mebibyte = 1024 * 1024;
const file = exportBytes(40 * mebibyte);
const fileSha256 = sha256(file);
const fourRanges = { parallelRanges: 4 };

async function assertWhole(downloading: Downloading, bytes = file): Promise<void> {
  assert.deepEqual(await downloading.files(), [name]);
  assert.ok(bytes.equals(await readFile(join(downloading.folder, name))));
}

/** First and last byte of a range with two ends. */
function rangeOf({ request }: StoreExchange): [number, number] | undefined {
  const [, first, last] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? "") ?? [];
  return first === undefined || last === undefined ? undefined : [Number(first), Number(last)];
}

/** Answers a range with two ends as a good store does. */
function servePart({ response, file: body, etag }: StoreExchange, [first, last]: [number, number]): void {
  response.writeHead(206, {
    "content-length": String(last - first + 1),
    "content-range": `bytes ${first}-${last}/${body.length}`,
    etag,
  });
  response.end(body.subarray(first, last + 1));
}

/** A store that knows ranges with two ends, and misbehaves with the one that begins as told. */
function withRanges(misbehave?: (exchange: StoreExchange, range: [number, number], turn: number) => boolean) {
  let ranges = 0;
  return (exchange: StoreExchange): void => {
    const range = rangeOf(exchange);
    if (range === undefined) {
      exchange.serve();
      return;
    }
    ranges += 1;
    if (misbehave?.(exchange, range, ranges) !== true) servePart(exchange, range);
  };
}

function rangedRequests({ store }: Downloading): number {
  return store.requests.filter(({ headers }) => /^bytes=\d+-\d+$/.test(headers.range ?? "")).length;
}

describe("a file in parallel ranges", () => {
  test("is complete, and fetched in several ranges of 4 MiB at once", async (context) => {
    const held: (() => void)[] = [];
    let mostHeld = 0;
    const downloading = await startDownloading(
      context,
      file,
      withRanges((exchange, range, turn) => {
        if (turn > 5) return false;
        held.push(() => servePart(exchange, range));
        mostHeld = Math.max(mostHeld, held.length);
        // The first four are answered together, a moment later: a fifth would have to come before.
        if (turn === 4) setTimeout(() => held.splice(0).forEach((answer) => answer()), 100);
        if (turn === 5) held.splice(0).forEach((answer) => answer());
        return true;
      }),
      { stallTimeoutMs: longStallMs },
    );
    const { files } = await downloading.run({}, { ...fourRanges, stallTimeoutMs: longStallMs });
    await assertWhole(downloading);
    assert.equal(files[0]?.sha256, fileSha256);
    assert.equal(files[0].verified, "length");
    assert.equal(mostHeld, 4);
    assert.equal(rangedRequests(downloading), 10);
    assert.equal(files[0].requests, 11);
    for (const { headers } of downloading.store.requests.slice(1)) {
      assert.equal(headers["if-range"], downloading.store.etag);
      assert.equal(headers["accept-encoding"], "identity");
    }
  });

  for (const [what, limits, headers] of [
    ["the setting allows only one range, which is the default", {}, {}],
    ["the ETag is weak", fourRanges, { etag: 'W/"1"' }],
  ] as const) {
    test(`is fetched over one connection if ${what}`, async (context) => {
      const downloading = await startDownloading(context, file, ({ serve }) => serve(headers));
      await downloading.run({}, limits);
      await assertWhole(downloading);
      assert.equal(downloading.store.requests.length, 1);
    });
  }

  test("is fetched over one connection if little is left, or if the store sends no ETag or no Accept-Ranges", () => {
    const headers = { etag: '"1"', "accept-ranges": "bytes" };
    assert.equal(isWorthRanges(headers, 32 * mebibyte), true);
    assert.equal(isWorthRanges(headers, 32 * mebibyte - 1), false);
    assert.equal(isWorthRanges({ "accept-ranges": "bytes" }, 64 * mebibyte), false);
    assert.equal(isWorthRanges({ etag: '"1"' }, 64 * mebibyte), false);
    assert.equal(isWorthRanges({ etag: '"1"', "accept-ranges": "none" }, 64 * mebibyte), false);
  });

  test("is also resumed in parallel ranges, after the bytes received before", async (context) => {
    const large = exportBytes(50 * mebibyte);
    const downloading = await startDownloading(context, large, ({ turn, request, cutAfter }) => {
      if (turn === 0) cutAfter(10 * mebibyte);
      else request.socket.resetAndDestroy();
    });
    await failureOf(downloading.run({}, { retryBudgetMs: 0 }));
    downloading.store.behave = withRanges();
    const { files } = await downloading.run({}, fourRanges);
    await assertWhole(downloading, large);
    assert.equal(files[0]?.resumed, 1);
    assert.ok(rangedRequests(downloading) >= 9);
  });

  const third = 3;
  for (const [what, misbehave] of [
    ["is reset", ({ request }: StoreExchange) => request.socket.resetAndDestroy()],
    ["is refused", ({ response }: StoreExchange) => response.writeHead(503).end()],
    ["gets no response", () => undefined],
    [
      "is cut off",
      ({ response, request, file: body, etag }: StoreExchange, [first, last]: [number, number]) => {
        const range = { "content-range": `bytes ${first}-${last}/${body.length}`, etag };
        response.writeHead(206, { ...range, "content-length": String(last - first + 1) });
        response.write(body.subarray(first, first + 500_000), () => setTimeout(() => request.socket.destroy(), 20));
      },
    ],
    [
      "is another one than requested",
      (exchange: StoreExchange, [first, last]: [number, number]) => servePart(exchange, [first + 1, last]),
    ],
    [
      "ends earlier than requested",
      (exchange: StoreExchange, [first, last]: [number, number]) => servePart(exchange, [first, last - 1]),
    ],
    [
      "has fewer bytes than it says",
      ({ response, file: body, etag }: StoreExchange, [first, last]: [number, number]) => {
        response.writeHead(206, { "content-range": `bytes ${first}-${last}/${body.length}`, etag });
        response.end(body.subarray(first, last - 1000));
      },
    ],
    [
      "has more bytes than it says",
      ({ response, file: body, etag }: StoreExchange, [first, last]: [number, number]) => {
        response.writeHead(206, { "content-range": `bytes ${first}-${last}/${body.length}`, etag });
        response.end(body.subarray(first, last + 1001));
      },
    ],
    [
      "has other bytes, and more than its range",
      ({ response, file: body, etag }: StoreExchange, [first, last]: [number, number]) => {
        response.writeHead(206, { "content-range": `bytes ${first}-${last}/${body.length}`, etag });
        response.end(body.subarray(0, 2 * (last - first + 1)));
      },
    ],
    [
      "has other bytes, and fewer than its range",
      ({ response, file: body, etag }: StoreExchange, [first, last]: [number, number]) => {
        response.writeHead(206, { "content-range": `bytes ${first}-${last}/${body.length}`, etag });
        response.end(body.subarray(0, last - first));
      },
    ],
    [
      "names another version",
      ({ response, file: body }: StoreExchange, [first, last]: [number, number]) => {
        response.writeHead(206, { "content-range": `bytes ${first}-${last}/${body.length}`, etag: '"other"' });
        response.end(Buffer.alloc(last - first + 1));
      },
    ],
    [
      "names no version",
      ({ response, file: body }: StoreExchange, [first, last]: [number, number]) => {
        response.writeHead(206, { "content-range": `bytes ${first}-${last}/${body.length}` });
        response.end(Buffer.alloc(last - first + 1));
      },
    ],
    ["is the whole file", ({ serve }: StoreExchange) => serve()],
  ] as const) {
    test(`is continued over one connection if one range ${what}`, async (context) => {
      const downloading = await startDownloading(
        context,
        file,
        withRanges((exchange, range, turn) => {
          if (turn === third) misbehave(exchange, range);
          return turn === third;
        }),
      );
      const { files } = await downloading.run({}, fourRanges);
      await assertWhole(downloading);
      assert.equal(files[0]?.sha256, fileSha256);
      const last = downloading.store.requests.at(-1);
      const from = Number(/^bytes=(\d+)-$/.exec(last?.headers.range ?? "")?.[1]);
      assert.ok(from >= 8 * mebibyte, `carried on from ${from}`);
      assert.ok(rangedRequests(downloading) <= 8, "no further range once one failed");
    });
  }

  test("is continued in ranges with a new URL if the URL expires in the middle", async (context) => {
    const large = exportBytes(64 * mebibyte);
    const downloading = await startDownloading(context, large);
    let current = 1;
    const ranges = withRanges((_exchange, _range, turn) => {
      if (turn === 5) current = 2;
      return false;
    });
    downloading.store.behave = (exchange) => {
      const isOver = exchange.request.url?.endsWith(`sig=${current}`) !== true;
      if (isOver)
        exchange.response.writeHead(403).end("<Code>AccessDenied</Code><Message>Request has expired</Message>");
      else ranges(exchange);
    };
    const resolve = (): Promise<{ index: number; name: string; url: string }[]> =>
      Promise.resolve([{ index: 0, name, url: `${downloading.store.origin}/x.csv?sig=${current}` }]);
    const { files } = await downloading.run({ resolve }, fourRanges);
    await assertWhole(downloading, large);
    assert.equal(files[0]?.resumed, 1);
    const fresh = downloading.store.requests.filter(({ url }) => url.endsWith("sig=2"));
    assert.ok(fresh.filter(({ headers }) => /-\d+$/.test(headers.range ?? "")).length > 4);
  });

  test("is continued over one connection if all ranges together are too slow", async (context) => {
    const downloading = await startDownloading(
      context,
      file,
      withRanges(({ response, etag, file: body }, [first, last]) => {
        response.writeHead(206, { "content-range": `bytes ${first}-${last}/${body.length}`, etag });
        let at = first;
        const timer = setInterval(() => response.write(body.subarray(at, ++at)), 50);
        response.on("close", () => clearInterval(timer));
        return true;
      }),
    );
    await downloading.run({}, { ...fourRanges, slowestBytesPerSecond: 100_000, slowWindowMs: 300 });
    await assertWhole(downloading);
  });

  test("stops at once if it is canceled, keeps a part that is the beginning of the file, and can be resumed", async (context) => {
    const controller = new AbortController();
    const downloading = await startDownloading(
      context,
      file,
      // The fifth and later ranges are never answered.
      withRanges((_exchange, _range, turn) => turn > 4),
      { stallTimeoutMs: longStallMs },
    );
    const failing = failureOf(downloading.run({ signal: controller.signal }, fourRanges));
    await until(
      async () => rangedRequests(downloading) > 4 && ((await findParts(downloading.folder))[0]?.bytes ?? 0) > 512,
    );
    controller.abort();
    assert.equal((await failing).code, "cancelled");
    const [part] = await findParts(downloading.folder);
    const kept = await readFile(part?.paths.part ?? "");
    assert.ok(kept.length > 512 && kept.equals(file.subarray(0, kept.length)));
    downloading.store.behave = withRanges();
    await downloading.run({}, fourRanges);
    await assertWhole(downloading);
  });

  test("has a part that is the beginning of the file if the process is killed, and can be resumed", async (context) => {
    const downloading = await startDownloading(
      context,
      file,
      withRanges((exchange, [first, last]) => {
        setTimeout(() => servePart(exchange, [first, last]), 400);
        return true;
      }),
    );
    const { store, folder } = downloading;
    for (const moment of [300, 600]) {
      const child = startChild(store, folder, "wait", 4);
      const asked = store.requests.length;
      while (store.requests.length === asked && child.exitCode === null)
        await new Promise((resolve) => setTimeout(resolve, 2));
      assert.equal((await killAfter(child, moment, folder, file)).finalIsRight, undefined);
      const [part] = await findParts(folder);
      const kept = await readFile(part?.paths.part ?? "");
      assert.ok(kept.equals(file.subarray(0, kept.length)));
    }
    assert.match(await outputOf(startChild(store, folder, "wait", 4)), /"verified":"length"/);
    await assertWhole(downloading);
    assert.ok(rangedRequests(downloading) > 0);
    await rm(join(folder, name));
  });
});

/** A clock that moves only with the bytes that a download has written, so fast or slow as a test says. */
function clockOfBytes(msPerMebibyte: number) {
  let [now, before] = [0, 0];
  const moving = {
    msPerMebibyte,
    clock: { now: () => now, wait: () => Promise.resolve() },
    onWritten: ({ bytes }: WrittenBytes): void => {
      now += Math.max(0, bytes - before) * (moving.msPerMebibyte / mebibyte);
      before = bytes;
    },
  };
  return moving;
}

describe("A file for which the extension chooses between one connection and ranges", () => {
  const automatic = { parallelRanges: "auto" } as const;

  test("is fetched in ranges to its end if these are faster", async (context) => {
    const moving = clockOfBytes(1000);
    const store = withRanges(() => {
      moving.msPerMebibyte = 250;
      return false;
    });
    const downloading = await startDownloading(context, file, store, { clock: moving.clock });
    const { files } = await downloading.run({ onWritten: moving.onWritten }, automatic);
    await assertWhole(downloading);
    assert.equal(files[0]?.sha256, fileSha256);
    assert.ok(rangedRequests(downloading) >= 35, `${rangedRequests(downloading)} ranges`);
    assert.equal(downloading.store.requests.length, rangedRequests(downloading) + 1);
  });

  test("is fetched over one connection again if ranges are not faster, and nothing is fetched twice", async (context) => {
    const moving = clockOfBytes(1000);
    const downloading = await startDownloading(context, file, withRanges(), { clock: moving.clock });
    await downloading.run({ onWritten: moving.onWritten }, automatic);
    await assertWhole(downloading);
    const ranges = downloading.store.requests.map(({ headers }) => headers.range ?? "");
    assert.equal(ranges[0], "");
    const tried = ranges.slice(1, -1).map((range) => /^bytes=(\d+)-(\d+)$/.exec(range)?.slice(1).map(Number) ?? []);
    assert.ok(tried.length >= 4 && tried.length <= 8, `${tried.length} ranges`);
    const end = Math.max(...tried.map(([, last = 0]) => last));
    assert.equal(ranges.at(-1), `bytes=${end + 1}-`);
  });
});
