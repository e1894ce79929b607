import assert from "node:assert/strict";
import { mkdtemp, rm, truncate } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { describe, it, type TestContext } from "node:test";
import { writeLargeCsv } from "../../../../sandbox/sampleData/largeCsv.ts";
import { IndexedTable } from "../../../../src/table/document/indexedTable.ts";
import { openText } from "../../../../src/table/document/openText.ts";
import { createPlainScanner } from "../../../../src/table/scan/plainScanner.ts";
import type { FindProgress } from "../../../../src/table/tableTypes.ts";
import { RunningSearch } from "../../../../src/table/worker/runningSearch.ts";

const never = new AbortController().signal;
const absent = { text: "not in the file", regex: false, caseSensitive: true, wholeWord: false };
const fileBytes = 16 * 1024 ** 2;
const lastRow = { row: Number.MAX_SAFE_INTEGER, column: 0 };

async function startSearch(test: TestContext) {
  const folder = await mkdtemp(path.join(os.tmpdir(), "task-exports-search-"));
  const file = path.join(folder, "large.csv");
  writeLargeCsv(file, fileBytes);
  const scanner = createPlainScanner();
  const opened = openText({ path: file, growing: false, readAs: {} }, scanner);
  if (opened.kind !== "text") assert.fail("It is a table.");
  const table = new IndexedTable(opened.text, opened.head, { version: 1, growing: false });
  const told: FindProgress[] = [];
  const search = new RunningSearch(
    { path: file, division: { ...opened.text.division, columns: table.shape.columns } },
    absent,
    {
      scanner,
      search: 1,
      onProgress: (progress) => told.push(progress),
    },
  );
  test.after(async () => {
    search.end();
    table.close();
    await rm(folder, { recursive: true });
  });
  return { search, file, told };
}

describe("A caller that waits for the next match", () => {
  it("is told that the file changed when it gets shorter, and so is whoever looks at the progress", async (test) => {
    const { search, file, told } = await startSearch(test);
    const running = search.run();
    const waiting = assert.rejects(search.next(lastRow, "previous", never), { code: "fileChanged" });
    await truncate(file, 1024);
    await Promise.all([running, waiting]);
    assert.deepEqual([told.at(-1)?.done, told.at(-1)?.stopped], [false, true]);
  });

  it("is told so when a growing file is shorter than what was announced before", async (test) => {
    const { search, file } = await startSearch(test);
    await truncate(file, 1024);
    assert.throws(() => search.grew({ growing: true }), { code: "fileChanged" });
    await assert.rejects(search.next(lastRow, "previous", never), { code: "fileChanged" });
  });

  it("is told that the search ended when another one begins", async (test) => {
    const { search } = await startSearch(test);
    const waiting = assert.rejects(search.next(lastRow, "previous", never), { code: "cancelled" });
    search.end();
    await waiting;
  });
});
