import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { describe, it, type TestContext } from "node:test";
import { ParallelRanges, type RangeSetting } from "../../../../src/download/transfer/parallelRanges.ts";
import type { FollowedAnswer } from "../../../../src/download/transfer/redirects.ts";
import { createFakeClock } from "../../http/fakeClock.ts";
import { partWith } from "../part/openPart.ts";

const mebibyte = 1024 * 1024;
const gibibyte = 1024 * mebibyte;
const headers = { etag: '"v1"', "accept-ranges": "bytes" };

function rangesFor(setting: RangeSetting) {
  const clock = createFakeClock();
  return { clock, ranges: new ParallelRanges(() => setting, clock) };
}

interface Answers {
  /** From this byte on, the store says that the file is longer. */
  readonly goodUntil?: number;
  readonly onAsk?: () => void;
}

/** A store that sends ranges of zeros, and misbehaves from a byte on. */
async function window(context: TestContext, total: number, { goodUntil = total, onAsk }: Answers = {}) {
  const part = await partWith(context, 0);
  const asked: string[] = [];
  const ask = ({ range = "" }: Readonly<Record<string, string>>): Promise<FollowedAnswer> => {
    asked.push(range);
    onAsk?.();
    const [first = 0, last = 0] = range.replace("bytes=", "").split("-").map(Number);
    const contentRange = `bytes ${first}-${last}/${first < goodUntil ? total : total + 1}`;
    const body = Readable.from([Buffer.alloc(last - first + 1)]);
    return Promise.resolve({ status: 206, headers: { etag: '"v1"', "content-range": contentRange }, body, host: "h" });
  };
  const speed = { slowestBytesPerSecond: 0, windowMs: 60_000 };
  const { signal } = new AbortController();
  const known = { etag: '"v1"', total };
  return { part, asked, window: { part, known, total, speed, signal, ask, onWritten: () => undefined } };
}

describe("whether a file is fetched in parallel ranges", () => {
  it("depends on the number in the settings", () => {
    assert.equal(rangesFor(1).ranges.isPreferred, false);
    assert.equal(rangesFor(2).ranges.isPreferred, true);
  });

  it("is open with `auto`, until one connection was measured", () => {
    const { clock, ranges } = rangesFor("auto");
    assert.equal(ranges.isPreferred, false);
    ranges.beginSingle(0);
    clock.advance(299);
    assert.equal(ranges.replaceSingle(3 * mebibyte, gibibyte), false);
    clock.advance(1);
    assert.equal(ranges.replaceSingle(3 * mebibyte, gibibyte), true);
    assert.equal(ranges.isPreferred, true);
  });

  it("is never decided by a measurement if a number is set", () => {
    const { clock, ranges } = rangesFor(1);
    ranges.beginSingle(0);
    clock.advance(300);
    assert.equal(ranges.replaceSingle(3 * mebibyte, gibibyte), false);
    assert.equal(ranges.isPreferred, false);
  });

  it("depends on the store and on how much is left", () => {
    const { ranges } = rangesFor(4);
    assert.equal(ranges.mayHelp(headers, 32 * mebibyte), true);
    assert.equal(ranges.mayHelp(headers, 32 * mebibyte - 1), false);
    assert.equal(ranges.mayHelp({ etag: '"v1"' }, gibibyte), false);
  });
});

describe("fetching a file in parallel ranges", () => {
  it("takes as many at once as set, of 4 MiB each", async (context) => {
    const { ranges } = rangesFor(3);
    const { part, asked, window: rest } = await window(context, 9 * mebibyte);
    await ranges.receive(rest);
    assert.equal(part.length, 9 * mebibyte);
    assert.deepEqual(asked, ["bytes=0-4194303", "bytes=4194304-8388607", "bytes=8388608-9437183"]);
    assert.equal(ranges.mayHelp(headers, gibibyte), true);
  });

  it("is given up for this file if ranges don't bring it to its end, until its link is renewed", async (context) => {
    const { ranges } = rangesFor(2);
    const { part, window: rest } = await window(context, 12 * mebibyte, { goodUntil: 4 * mebibyte });
    await ranges.receive(rest);
    assert.equal(part.length, 4 * mebibyte);
    assert.equal(ranges.mayHelp(headers, gibibyte), false);
    ranges.linkRenewed();
    assert.equal(ranges.mayHelp(headers, gibibyte), true);
  });

  it("is tried with four ranges that fit the speed of one connection, and ends if they are slower", async (context) => {
    const { clock, ranges } = rangesFor("auto");
    ranges.beginSingle(0);
    clock.advance(300);
    assert.equal(ranges.replaceSingle(0.3 * mebibyte, gibibyte), true);
    const { part, asked, window: rest } = await window(context, 40 * mebibyte, { onAsk: () => clock.advance(600) });
    await ranges.receive(rest);
    assert.deepEqual(asked.slice(0, 2), ["bytes=0-1048575", "bytes=1048576-2097151"]);
    assert.equal(asked.length, 4, "no range is requested after they turned out to be slow");
    assert.equal(part.length, 4 * mebibyte);
    assert.equal(ranges.isPreferred, false);
  });

  it("is measured from the length at which it begins", async (context) => {
    const { clock, ranges } = rangesFor("auto");
    ranges.beginSingle(0);
    clock.advance(300);
    ranges.replaceSingle(3 * mebibyte, gibibyte);
    clock.advance(600_000);
    const { part, window: rest } = await window(context, 40 * mebibyte, { onAsk: () => clock.advance(100) });
    await ranges.receive(rest);
    assert.equal(part.length, 40 * mebibyte);
    assert.equal(ranges.isPreferred, true);
  });

  it("is not limited by time if a number is set", async (context) => {
    const { clock, ranges } = rangesFor(2);
    const { part, window: rest } = await window(context, 12 * mebibyte, { onAsk: () => clock.advance(600_000) });
    await ranges.receive(rest);
    assert.equal(part.length, 12 * mebibyte);
  });
});
