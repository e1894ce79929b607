import assert from "node:assert/strict";
import { appendFile, mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { describe, it, type TestContext } from "node:test";
import { IndexedTable } from "../../../../src/table/document/indexedTable.ts";
import { openText } from "../../../../src/table/document/openText.ts";
import { createPlainScanner } from "../../../../src/table/scan/plainScanner.ts";

const mebibyte = 1024 ** 2;

async function growingTable(test: TestContext, content: string): Promise<{ table: IndexedTable; file: string }> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "task-exports-indexed-"));
  const file = path.join(folder, "growing.csv");
  await writeFile(file, content);
  const opened = openText({ path: file, growing: true, readAs: {} }, createPlainScanner());
  if (opened.kind === "problem") assert.fail(opened.problem.kind);
  const table = new IndexedTable(opened.text, opened.head, { version: 1, growing: true });
  test.after(async () => {
    table.close();
    await rm(folder, { recursive: true });
  });
  return { table, file };
}

describe("The rows of a file that grows", () => {
  it("are indexed up to the new end after the growth was reported", async (test) => {
    const { table, file } = await growingTable(test, "id,name\n1,Ada\n");
    assert.equal(table.step(mebibyte), false, "all bytes are indexed");
    const more = "2,Bo\n3,Cy\n";
    await appendFile(file, more);
    table.grew({ growing: false });
    assert.deepEqual([table.progress.exact, table.progress.growing], [false, false]);
    assert.equal(table.step(mebibyte), false, "all bytes are indexed again");
    const { rows, exact, bytes } = table.progress;
    assert.deepEqual({ rows, exact, bytes }, { rows: 3, exact: true, bytes: 14 + more.length });
    assert.deepEqual(
      table.rows({ from: 0, count: 5 }).rows.map(({ cells }) => cells[1]),
      ["Ada", "Bo", "Cy"],
    );
  });
});
