import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { FindPattern, FindProgress, FoundMatch } from "../../../../src/table/tableTypes.ts";
import { joined } from "./joinedParts.ts";

const never = new AbortController().signal;
const pattern: FindPattern = { text: "x", regex: false, caseSensitive: true, wholeWord: false };
const contents = {
  "a.csv": "id,n\nx,1\n2,x\n",
  "b.csv": "id,n\n3,3\n",
  "c.csv": "n,id\nx,x\n5,5\n",
  "gone.csv": undefined,
};

async function searched(files: Readonly<Record<string, string | undefined>>, wanted: Partial<FindPattern> = {}) {
  const { files: table } = joined(files);
  await table.opened;
  const told: FindProgress[] = [];
  const search = table.startSearch((progress) => told.push(progress));
  await search.begin({ ...pattern, ...wanted });
  const next = (row: number, column: number, direction: "next" | "previous" = "next") =>
    search.next({ row, column }, direction, never);
  return { search, told, next };
}

const placeOf = (match: FoundMatch | undefined) => match && [match.row, match.column, match.ordinal, match.wrapped];

describe("A search in several files", () => {
  it("goes from match to match, starts over at the end, and numbers matches across files", async () => {
    const { next } = await searched(contents);
    const places = [];
    for (let at = { row: -1, column: -1 }, step = 0; step < 6; step++) {
      const match = (await next(at.row, at.column)) ?? assert.fail("there should be a match");
      places.push(placeOf(match));
      at = match;
    }
    assert.deepEqual(places, [
      [0, 1, 0, false],
      [1, 2, 1, false],
      [3, 2, 2, false],
      [3, 1, 3, false],
      [0, 1, 0, true],
      [1, 2, 1, false],
    ]);
  });

  it("goes backwards, and starts over at the beginning", async () => {
    const { next } = await searched(contents);
    assert.deepEqual(placeOf(await next(3, 2, "previous")), [1, 2, 1, false]);
    assert.deepEqual(placeOf(await next(0, 1, "previous")), [3, 1, 3, true]);
    assert.deepEqual(placeOf(await next(4, 0, "previous")), [3, 1, 3, false]);
    assert.deepEqual(placeOf(await next(-1, -1, "previous")), [3, 1, 3, true]);
  });

  it("comes back to the only match", async () => {
    const { next } = await searched({ "a.csv": "n\n1\n", "b.csv": "n\nx\n", "c.csv": "n\n1\n" });
    assert.deepEqual(placeOf(await next(1, 1)), [1, 1, 0, true]);
    assert.deepEqual(placeOf(await next(1, 1, "previous")), [1, 1, 0, true]);
    assert.deepEqual(placeOf(await next(2, 1)), [1, 1, 0, true]);
    assert.deepEqual(placeOf(await next(0, 1)), [1, 1, 0, false]);
  });

  it("counts the matches of all files", async () => {
    const { told, next } = await searched(contents);
    await next(3, 1);
    const last = told.at(-1);
    assert.deepEqual([last?.matches, last?.done, last?.searchedBytes], [4, true, last?.bytes]);
    assert.equal(last?.bytes, Object.values(contents).join("").length);
  });

  it("counts nothing of a file before it is searched", async () => {
    const { files } = joined(contents);
    await files.opened;
    const search = files.startSearch(() => undefined);
    const { searchedBytes, matches, done } = await search.begin(pattern);
    const firstHeader = "id,n\n".length;
    assert.deepEqual({ searchedBytes, matches, done }, { searchedBytes: firstHeader, matches: 0, done: false });
    search.dispose();
  });

  it("finds a column's matches only in files that have the column", async () => {
    const { next, told } = await searched({ ...contents, "b.csv": "other\nx\n" }, { column: 3 });
    assert.deepEqual(placeOf(await next(-1, -1)), [2, 3, 0, false]);
    assert.deepEqual(placeOf(await next(2, 3)), [2, 3, 0, true]);
    const last = told.at(-1);
    assert.deepEqual([last?.matches, last?.done, last?.searchedBytes], [1, true, last?.bytes]);
  });

  it("finds nothing if there is nothing, and nothing in the column of file names", async () => {
    const none = await searched(contents, { text: "nowhere" });
    assert.equal(await none.next(0, 0), undefined);
    assert.equal(await none.next(0, 0, "previous"), undefined);
    const names = await searched(contents, { text: "csv", column: 0 });
    assert.equal(await names.next(0, 0), undefined);
    const nothing = await searched({});
    assert.equal(await nothing.next(0, 0), undefined);
  });

  it("refuses a broken regular expression", async () => {
    await assert.rejects(searched(contents, { text: "(", regex: true }), { code: "invalidRequest" });
  });

  it("ends if another one begins or a file is read in another way", async () => {
    const { files, parts } = joined(contents);
    await files.opened;
    const search = files.startSearch(() => undefined);
    const first = await search.begin(pattern);
    const second = await search.begin({ ...pattern, text: "5" });
    assert.ok(second.search > first.search);
    assert.equal((await search.next({ row: -1, column: -1 }, "next", never))?.row, 4);
    parts[0]?.reread({ header: false });
    assert.equal(await search.next({ row: -1, column: -1 }, "next", never), undefined);
    search.dispose();
  });

  it("continues with the other files if one is missing", async () => {
    const { files, parts } = joined(contents);
    await files.opened;
    parts[1]?.failSearch();
    const search = files.startSearch(() => undefined);
    await search.begin(pattern);
    assert.deepEqual(placeOf(await search.next({ row: 1, column: 2 }, "next", never)), [3, 2, 2, false]);
  });

  it("stops waiting if it is canceled", async () => {
    const { search } = await searched(contents);
    const stop = new AbortController();
    stop.abort();
    await assert.rejects(search.next({ row: -1, column: -1 }, "next", stop.signal), { code: "cancelled" });
  });
});

describe("All matches of joined files", () => {
  it("are listed in the order of the rows, with the joined columns", async () => {
    const { files } = joined({ "a.csv": "id,name\n1,x\n2,y\n", "b.csv": "name,age\nx,x\n", "c.csv": "" });
    const search = files.startSearch(() => undefined);
    await files.opened;
    const matches: unknown[] = [];
    const pattern = { text: "x", regex: false, caseSensitive: true, wholeWord: false };
    for await (const batch of search.all(pattern, new AbortController().signal)) matches.push(...batch);
    assert.deepEqual(matches, [
      { row: 0, column: 2 },
      { row: 2, column: 2 },
      { row: 2, column: 3 },
    ]);
    search.dispose();
  });
});
