import assert from "node:assert/strict";
import { mkdtemp, rm, truncate, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { describe, it, type TestContext } from "node:test";
import { setImmediate as nextTurn } from "node:timers/promises";
import { writeLargeCsv } from "../../../../sandbox/sampleData/largeCsv.ts";
import { IndexedTable } from "../../../../src/table/document/indexedTable.ts";
import { openText } from "../../../../src/table/document/openText.ts";
import { Landmarks } from "../../../../src/table/find/landmarks.ts";
import { createPlainScanner } from "../../../../src/table/scan/plainScanner.ts";
import type { FindProgress } from "../../../../src/table/tableTypes.ts";
import type { CountedMatches } from "../../../../src/table/worker/tableMessages.ts";
import { countBackwards } from "../../../../src/table/worker/countBackwards.ts";
import { MatchStream, RunningSearch, type StartHelper } from "../../../../src/table/worker/runningSearch.ts";

const never = new AbortController().signal;
const absent = { text: "not in the file", regex: false, caseSensitive: true, wholeWord: false };
const fileBytes = 16 * 1024 ** 2;
const lastRow = { row: Number.MAX_SAFE_INTEGER, column: 0 };

async function startSearch(test: TestContext, startHelper?: StartHelper) {
  const folder = await mkdtemp(path.join(os.tmpdir(), "task-exports-search-"));
  const file = path.join(folder, "large.csv");
  writeLargeCsv(file, fileBytes);
  const scanner = createPlainScanner();
  const opened = openText({ path: file, growing: false, readAs: {} }, scanner);
  if (opened.kind !== "text") assert.fail("It is a table.");
  const table = new IndexedTable(opened.text, opened.head, { version: 1, growing: false });
  while (table.step(fileBytes));
  const { landmarks } = table;
  const told: FindProgress[] = [];
  const division = { ...opened.text.division, columns: table.shape.columns };
  const searched = { path: file, division, landmarks };
  const onProgress = (progress: FindProgress) => told.push(progress);
  const search = new RunningSearch(searched, absent, { scanner, search: 1, onProgress, startHelper });
  test.after(async () => {
    search.end();
    table.close();
    await rm(folder, { recursive: true });
  });
  return { search, searched, file, told, intervals: new Landmarks(landmarks).intervals };
}

describe("A caller that waits for the next match", () => {
  it("gets the error that the file changed if it gets shorter, and so does the progress", async (test) => {
    const { search, file, told } = await startSearch(test);
    const running = search.run();
    const waiting = assert.rejects(search.next(lastRow, "previous", never), { code: "fileChanged" });
    await truncate(file, 1024);
    await Promise.all([running, waiting]);
    assert.deepEqual([told.at(-1)?.done, told.at(-1)?.stopped], [false, true]);
  });

  it("gets that error if a growing file is shorter than was announced", async (test) => {
    const { search, file } = await startSearch(test);
    await truncate(file, 1024);
    assert.throws(() => search.grew({ growing: true }), { code: "fileChanged" });
    await assert.rejects(search.next(lastRow, "previous", never), { code: "fileChanged" });
  });

  it("gets the answer that the search ended if another one begins", async (test) => {
    const { search } = await startSearch(test);
    const waiting = assert.rejects(search.next(lastRow, "previous", never), { code: "cancelled" });
    search.end();
    await waiting;
  });
});

describe("A thread that helps to search a file", () => {
  it("counts from the end, and what it counted is not searched again", async (test) => {
    let ended = 0;
    const helped = await startSearch(test, (onCounted) => {
      onCounted({ from: helped.intervals - 40, matches: Array.from({ length: 40 }, () => 7) });
      return { end: () => ended++ };
    });
    await helped.search.run();
    const { matches, done, stopped } = helped.search.progress;
    assert.deepEqual([matches, done, stopped], [280, true, undefined]);
    assert.equal(ended, 1);
  });

  it("is ended with the search", async (test) => {
    let ended = 0;
    const { search } = await startSearch(test, () => ({ end: () => ended++ }));
    const running = search.run();
    await nextTurn();
    assert.equal(ended, 0);
    search.end();
    assert.equal(ended, 1);
    await running;
  });

  it("is ended when the file can't be searched any further", async (test) => {
    let ended = 0;
    const { search, file } = await startSearch(test, () => ({ end: () => ended++ }));
    await truncate(file, 1024);
    await search.run();
    assert.equal(ended, 1);
  });

  it("reports the intervals from the last one to the first, and stops when it is canceled", async (test) => {
    const { searched, intervals } = await startSearch(test);
    const thanks = { ...absent, text: "thanks" };
    const scanner = createPlainScanner();
    const all: CountedMatches[] = [];
    await countBackwards(searched, thanks, { scanner, signal: never, onCounted: (counted) => all.push(counted) });
    assert.deepEqual(all.at(-1)?.from, 0);
    assert.equal((all[0]?.from ?? 0) + (all[0]?.matches.length ?? 0), intervals);
    const inOrder = all.toReversed().flatMap(({ matches }) => matches);
    assert.equal(inOrder.length, intervals);
    assert.ok(inOrder.every((count) => count !== undefined && count > 5));
    const stop = new AbortController();
    const some: CountedMatches[] = [];
    const onCounted = (counted: CountedMatches): void => {
      some.push(counted);
      if (some.length === 2) stop.abort();
    };
    await assert.rejects(countBackwards(searched, thanks, { scanner, signal: stop.signal, onCounted }), {
      code: "cancelled",
    });
    assert.deepEqual(some, all.slice(0, 2));
  });
});

describe("All matches of a file", () => {
  async function written(test: TestContext, name: string, text: string): Promise<MatchStream> {
    const folder = await mkdtemp(path.join(os.tmpdir(), "task-exports-matches-"));
    const file = path.join(folder, name);
    await writeFile(file, text);
    const scanner = createPlainScanner();
    const opened = openText({ path: file, growing: false, readAs: {} }, scanner);
    if (opened.kind !== "text") assert.fail("It is a table.");
    opened.text.source.close();
    const { division } = opened.text;
    const stream = new MatchStream(
      { path: file, division, landmarks: new Float64Array(0) },
      { ...absent, text: "foo" },
      scanner,
    );
    test.after(async () => {
      stream.end();
      await rm(folder, { recursive: true });
    });
    return stream;
  }

  it("are in batches in file order, of which only the last one is smaller", async (test) => {
    const rows = 400_000;
    const stream = await written(test, "export.csv", `id,name\n${"1,foo\n".repeat(rows)}`);
    const found: number[] = [];
    const sizes: number[] = [];
    for (let done = false; !done;) {
      const batch = await stream.take(never);
      ({ done } = batch);
      sizes.push(batch.matches.length);
      for (const { row, column } of batch.matches) if (column === 1) found.push(row);
      assert.deepEqual(batch.columns, []);
    }
    assert.ok(sizes.length > 1 && sizes.slice(0, -1).every((size) => size >= 10_000), String(sizes));
    assert.equal(found.length, rows);
    assert.ok(found.every((row, index) => row === index));
  });

  it("come with the names of the columns of JSON, and can be none", async (test) => {
    const some = await written(test, "export.ndjson", '{"id":1}\n{"id":2,"name":"foo"}\n');
    assert.deepEqual(await some.take(never), { matches: [{ row: 1, column: 1 }], columns: ["id", "name"], done: true });
    const none = await written(test, "export.csv", "id,name\n1,bar\n");
    assert.deepEqual(await none.take(never), { matches: [], columns: [], done: true });
  });

  it("are no longer searched if nobody waits for them", async (test) => {
    const stream = await written(test, "export.csv", `id,name\n${"1,bar\n".repeat(400_000)}`);
    await assert.rejects(stream.take(AbortSignal.abort()), { code: "cancelled" });
  });
});
