import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import { setImmediate as settled, setTimeout as pause } from "node:timers/promises";
import type { Row, TableProgress } from "../../../../../src/table/tableTypes.ts";
import { rowNumber, rowPosition } from "../../../../../src/table/view/rowIdentity.ts";
import type { ViewRows, ViewRowsRequest } from "../../../../../src/table/view/rowView.ts";
import { PageCache } from "../../../../../src/webview/table/state/pageCache.ts";
import { RowSource } from "../../../../../src/webview/table/state/rowSource.ts";

interface Asked {
  readonly request: ViewRowsRequest;
  readonly signal: AbortSignal;
  answer(answer: Partial<ViewRows>): Promise<void>;
  refuse(message: string): Promise<void>;
}

const counted: TableProgress = {
  version: 1,
  bytes: 1e9,
  indexedBytes: 1e9,
  indexedRows: 1_000_000,
  rows: 1_000_000,
  exact: true,
  growing: false,
  endsInRecord: false,
};
/** Of about 990,000 rows, 1,000 are known. */
const counting: TableProgress = { ...counted, indexedBytes: 1e6, indexedRows: 1000, rows: 990_000, exact: false };

function rowsFrom(from: number, count: number, word = "row"): Row[] {
  return Array.from({ length: count }, (_, n) => ({ cells: [`${word} ${from + n}`] }));
}

/** A source whose requests the test answers. */
function sourceOf(columns: number, progress: TableProgress, isFileOrder = true) {
  const asked: Asked[] = [];
  const told = { rows: 0, refused: "" };
  const source = new RowSource({
    fetch: (request, signal) =>
      new Promise((resolve, reject) =>
        asked.push({
          request,
          signal,
          answer: async (answer) => {
            const from = rowPosition(request.from === "last" ? progress.rows - request.count : request.from);
            const rows = rowsFrom(from, request.count);
            const numbers = rows.map((_, index) => rowNumber(from + index));
            resolve({ version: 1, from, numbers, provisional: false, atEnd: false, rows, ...answer });
            await settled();
          },
          refuse: async (message) => {
            reject(new Error(message));
            await settled();
          },
        }),
      ),
    onRows: () => {
      told.rows += 1;
    },
    onRefused: (message) => {
      told.refused = message;
    },
  });
  source.reset(columns, progress, isFileOrder);
  return { source, asked, told, froms: () => asked.map(({ request }) => request.from) };
}

function first(asked: readonly Asked[]): Asked {
  const [one] = asked;
  assert.ok(one);
  return one;
}

describe("The rows in view", () => {
  it("are requested in blocks, those in view first, each only once", async () => {
    const { source, asked, told, froms } = sourceOf(3, counted);
    source.need({ from: 100, to: 140, columns: [0, 1] });
    source.need({ from: 101, to: 141, columns: [0, 1] });
    assert.deepEqual(froms(), [64, 128, 192, 0]);
    assert.equal(source.row(100, 0), undefined);
    await first(asked).answer({});
    assert.deepEqual(source.row(100, 0)?.cells, ["row 100"]);
    assert.equal(told.rows, 1);
    source.need({ from: 101, to: 141, columns: [0, 1] });
    assert.equal(asked.length, 4);
  });

  it("are requested with only some columns if there are many", () => {
    const { source, asked } = sourceOf(2000, counted);
    source.need({ from: 0, to: 30, columns: [30, 31, 32, 1999] });
    const spans = asked.slice(0, 3).map(({ request }) => request.columns);
    assert.deepEqual(spans, [
      { from: 0, count: 32 },
      { from: 32, count: 32 },
      { from: 1984, count: 16 },
    ]);
    assert.equal(source.indexIn(33), 1);
  });

  it("are no longer requested after they are scrolled out of view, and their answers are ignored", async () => {
    const { source, asked, told } = sourceOf(3, counted);
    source.need({ from: 0, to: 30, columns: [0] });
    const [one] = asked;
    assert.ok(one);
    source.need({ from: 5000, to: 5030, columns: [0] });
    assert.ok(one.signal.aborted);
    await one.answer({});
    assert.equal(told.rows, 0);
    assert.equal(source.row(0, 0), undefined);
  });

  it("are not requested during fast scrolling, but when the view stops", (context: TestContext) => {
    context.mock.timers.enable({ apis: ["setTimeout"] });
    const { source, asked } = sourceOf(3, counted);
    for (let frame = 0; frame < 20; frame += 1) {
      source.need({ from: frame * 1000, to: frame * 1000 + 40, columns: [0] });
    }
    assert.deepEqual(
      asked.map(({ request }) => request.from),
      [0, 64],
      "the first at once, then none",
    );
    context.mock.timers.tick(39);
    assert.equal(asked.length, 2);
    context.mock.timers.tick(1);
    assert.equal(asked[2]?.request.from, Math.floor(19_000 / 64) * 64);
  });

  it("are estimated beyond the index, shown at once, and corrected when the index reaches them", async () => {
    const { source, asked } = sourceOf(3, counting);
    source.need({ from: 500_000, to: 500_030, columns: [0] });
    const block = Math.floor(500_000 / 64) * 64;
    await first(asked).answer({ provisional: true, rows: rowsFrom(block, 64, "guess") });
    assert.ok(source.isProvisional(500_000));
    assert.deepEqual(source.row(500_000, 0)?.cells, ["guess 500000"]);
    const before = asked.length;
    source.update({ ...counting, indexedRows: 400_000 });
    source.need({ from: 500_000, to: 500_030, columns: [0] });
    assert.equal(asked.length, before, "not asked for again before the index is there");
    source.update({ ...counting, indexedRows: 600_000 });
    source.need({ from: 500_000, to: 500_030, columns: [0] });
    assert.deepEqual(source.row(500_000, 0)?.cells, ["guess 500000"], "shown until the right ones come");
    await asked[before]?.answer({});
    assert.deepEqual(source.row(500_000, 0)?.cells, ["row 500000"]);
    assert.ok(!source.isProvisional(500_000));
  });

  it("are identified by their distance from the end until all rows are counted", async () => {
    const { source, asked } = sourceOf(3, counting);
    source.need({ from: 989_970, to: 990_000, columns: [0] });
    assert.equal(first(asked).request.from, "last");
    assert.equal(asked.length, 1);
    await first(asked).answer({ provisional: true, atEnd: true, rows: rowsFrom(0, 94, "last") });
    assert.deepEqual(source.row(989_999, 0)?.cells, ["last 93"]);
    source.update({ ...counting, rows: 1_010_000 });
    assert.deepEqual(source.row(1_009_999, 0)?.cells, ["last 93"]);
    source.update(counted);
    assert.deepEqual(source.row(999_999, 0)?.cells, ["last 93"], "its number is right now");
    assert.ok(!source.isProvisional(999_999));
    source.need({ from: 999_970, to: 1_000_000, columns: [0] });
    await pause(100);
    assert.equal(asked[1]?.request.from, 999_936, "and from here on it is asked for by number");
  });

  it("are the last rows of the file at the end, not rows with estimated numbers", async () => {
    const { source, asked } = sourceOf(3, counting);
    source.need({ from: 989_930, to: 989_960, columns: [0] });
    for (const block of asked.slice(0, 4)) await block.answer({ provisional: true, rows: rowsFrom(0, 64, "guess") });
    assert.deepEqual(source.row(989_959, 0)?.cells[0]?.split(" ")[0], "guess");
    source.need({ from: 989_940, to: 990_000, columns: [0] });
    const end = asked.find(({ request }) => request.from === "last");
    await end?.answer({ provisional: true, atEnd: true, rows: rowsFrom(0, 124, "last") });
    assert.deepEqual(source.row(989_959, 0)?.cells[0]?.split(" ")[0], "last");
  });

  it("are requested again at the end of a file that has grown", async () => {
    const { source, asked } = sourceOf(3, { ...counted, indexedRows: 70, rows: 70, growing: true });
    source.need({ from: 40, to: 70, columns: [0] });
    await asked[1]?.answer({ rows: rowsFrom(64, 6) });
    source.need({ from: 40, to: 70, columns: [0] });
    assert.equal(asked.length, 2);
    source.update({ ...counted, indexedRows: 90, rows: 90, growing: true });
    source.need({ from: 60, to: 90, columns: [0] });
    assert.equal(asked[2]?.request.from, 64);
    assert.deepEqual(source.row(69, 0)?.cells, ["row 69"], "shown meanwhile");
  });

  it("are not shown if they are of another version", async () => {
    const { source, asked, told } = sourceOf(3, counted);
    source.need({ from: 0, to: 30, columns: [0] });
    await first(asked).answer({ version: 2 });
    assert.equal(source.row(0, 0), undefined);
    assert.equal(told.rows, 0);
  });

  it("stay visible when columns are added, and are requested again with them", async () => {
    const { source, asked } = sourceOf(3, counted);
    source.need({ from: 0, to: 30, columns: [0] });
    await first(asked).answer({});
    const before = asked.length;
    source.extend(4);
    assert.deepEqual(source.row(0, 0)?.cells, ["row 0"]);
    source.need({ from: 0, to: 30, columns: [0, 3] });
    await asked[before]?.answer({ rows: [{ cells: ["row 0", "", "", "more"] }] });
    assert.equal(source.row(0, 3)?.cells[3], "more");
    source.need({ from: 0, to: 30, columns: [0, 3] });
    assert.equal(asked.length, before + 1);
    source.extend(70);
    assert.equal(source.row(0, 0), undefined, "windows are divided in another way");
  });

  it("are reported if they are refused, and not requested again at once", async () => {
    const { source, asked, told } = sourceOf(3, counted);
    source.need({ from: 0, to: 30, columns: [0] });
    await first(asked).refuse("The file has changed.");
    assert.equal(told.refused, "The file has changed.");
    const before = asked.length;
    source.need({ from: 0, to: 30, columns: [0] });
    assert.equal(asked.length, before);
  });
});

describe("The number of a row", () => {
  const never = new AbortController().signal;

  it("is the same as its position in file order, even before the row arrives", () => {
    const { source } = sourceOf(3, counted);
    assert.equal(source.numberAt(700), 700);
  });

  it("arrives with the row in every other order", async () => {
    const { source, asked } = sourceOf(3, counted, false);
    source.need({ from: 0, to: 30, columns: [0] });
    assert.equal(source.numberAt(7), undefined);
    const numbers = Array.from({ length: 64 }, (_, index) => rowNumber(999_999 - index));
    await first(asked).answer({ numbers });
    assert.equal(source.numberAt(7), 999_992);
    assert.equal(await source.numberOf(7, never), 999_992);
  });

  it("is requested if the row hasn't arrived", async () => {
    const { source, asked } = sourceOf(2000, counted, false);
    const number = source.numberOf(500, never);
    assert.deepEqual(first(asked).request, { from: 500, count: 1, columns: { from: 0, count: 1 } });
    await first(asked).answer({ numbers: [rowNumber(12)] });
    assert.equal(await number, 12);
  });
});

describe("The blocks of rows in memory", () => {
  const page = (bytes: number) => ({
    rows: [{ cells: ["x".repeat((bytes - 88) / 2)] }],
    numbers: [rowNumber(0)],
    provisional: false,
    indexedRows: 0,
    columns: 1,
  });

  it("have a total limit, and the block that was used longest ago is removed first", () => {
    const cache = new PageCache(1000);
    cache.put(1, page(400));
    cache.put(2, page(400));
    cache.touch(1);
    cache.put(3, page(400));
    assert.deepEqual(
      [cache.get(1), cache.get(2), cache.get(3)].map((kept) => kept !== undefined),
      [true, false, true],
    );
    assert.equal(cache.bytes, 800);
    cache.put(3, page(200));
    assert.equal(cache.bytes, 600);
  });

  it("include a block that is larger than the limit, but then no other", () => {
    const cache = new PageCache(1000);
    cache.put(1, page(400));
    cache.put(2, page(5000));
    assert.equal(cache.get(1), undefined);
    assert.equal(cache.bytes, 5000);
  });
});
