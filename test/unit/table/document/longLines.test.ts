import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { describe, it, type TestContext } from "node:test";
import { IndexedTable } from "../../../../src/table/document/indexedTable.ts";
import { openText } from "../../../../src/table/document/openText.ts";
import { createPlainScanner } from "../../../../src/table/scan/plainScanner.ts";
import { longestCell, shownCellLength } from "../../../../src/table/tableTypes.ts";

const manyColumns = 200_000;
const mebibyte = 1024 ** 2;

async function tableOf(test: TestContext, content: string): Promise<IndexedTable> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "task-exports-long-"));
  const file = path.join(folder, "long.csv");
  await writeFile(file, content);
  const opened = openText({ path: file, growing: false, readAs: {} }, createPlainScanner());
  if (opened.kind === "problem") assert.fail(opened.problem.kind);
  const table = new IndexedTable(opened.text, opened.head, { version: 1, growing: false });
  test.after(async () => {
    table.close();
    await rm(folder, { recursive: true });
  });
  while (table.step(mebibyte));
  return table;
}

describe("A line that is longer than the beginning of the file that is looked at", () => {
  it("is a header row without cut names if it is the first line", async (test) => {
    const names = Array.from({ length: manyColumns }, (_, place) => `column${place}`).join(",");
    const table = await tableOf(test, `${names}\n1,2\n3,4\n`);
    assert.equal(table.shape.reading.header, false);
    assert.equal(table.progress.rows, 3);
    const { rows } = table.rows({ from: 0, count: 3 });
    assert.deepEqual([rows[0]?.cells[1], rows[1]?.cells[1], rows[2]?.cells[1]], ["column1", "2", "4"]);
    const last = table.cell({ row: 0, column: table.shape.columns.length - 1 });
    assert.equal(last.text, `column${table.shape.columns.length - 1}`);
  });

  it("has values whose full length is known if the row was read to its end", async (test) => {
    const long = "x".repeat(longestCell + 10);
    const table = await tableOf(test, `id,text\n1,${long}\n2,short\n`);
    const value = table.cell({ row: 0, column: 1 });
    assert.deepEqual([value.text.length, value.fullLength], [longestCell, longestCell + 10]);
    assert.deepEqual(table.cell({ row: 1, column: 1 }), { text: "short" });
  });

  it("has values of unknown length if the row is too long to be read completely", async (test) => {
    const table = await tableOf(test, `id,text\n1,${"x".repeat(longestCell * 3)}\n`);
    const value = table.cell({ row: 0, column: 1 });
    assert.deepEqual([value.text.length, value.fullLength], [longestCell, "unknown"]);
  });

  it("shows the cells after a value of several MiB", async (test) => {
    const table = await tableOf(test, `id,text,after\n1,${"x".repeat(3 * mebibyte)},here\n`);
    const [row] = table.rows({ from: 0, count: 1 }).rows;
    assert.deepEqual([row?.cells[0], row?.cells[1]?.length, row?.cells[2]], ["1", shownCellLength, "here"]);
    assert.deepEqual([row?.cut, row?.unreadFrom], [[1], undefined]);
  });

  it("says from which column on it was not read if it is too long to be read completely", async (test) => {
    const long = "x".repeat(longestCell * 3);
    const table = await tableOf(test, `id,text,after\n1,${long},here\n2,short,there\n`);
    const [row, next] = table.rows({ from: 0, count: 2 }).rows;
    assert.deepEqual([row?.cells.length, row?.cut, row?.unreadFrom, row?.malformed], [2, [1], 2, undefined]);
    assert.deepEqual(next?.cells, ["2", "short", "there"]);
    assert.deepEqual(table.rows({ from: 0, count: 1, columns: { from: 2, count: 1 } }).rows, [
      { cells: [], unreadFrom: 2 },
    ]);
    assert.deepEqual(table.cell({ row: 0, column: 0 }), { text: "1" });
    assert.deepEqual(table.cell({ row: 0, column: 2 }), { text: "", fullLength: "unknown" });
  });

  it("says which key of a JSON record was cut if the record is too long", async (test) => {
    const table = await tableOf(test, `{"a":2,"c":3}\n{"a":1,"b":null,"c":"${"x".repeat(longestCell * 3)}","d":2}\n`);
    const [before, row] = table.rows({ from: 0, count: 2 }).rows;
    assert.deepEqual([before?.kinds, before?.unreadFrom], ["nn", undefined]);
    assert.deepEqual([row?.kinds, row?.cut, row?.unreadFrom, row?.malformed], ["ns0", [1], 3, undefined]);
  });

  it("is not always read to its end if there are several in view, so that scrolling stays fast", async (test) => {
    const table = await tableOf(test, `id,text,after\n${`1,${"x".repeat(3 * mebibyte)},here\n`.repeat(20)}`);
    const { rows } = table.rows({ from: 0, count: 20 });
    const read = rows.filter(({ cells }) => cells[2] === "here").length;
    assert.deepEqual([rows.length, read, rows.at(-1)?.unreadFrom], [20, 3, 2]);
  });
});
