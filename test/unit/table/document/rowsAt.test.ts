import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import fc from "fast-check";
import { IndexedTable } from "../../../../src/table/document/indexedTable.ts";
import { openText } from "../../../../src/table/document/openText.ts";
import { createPlainScanner } from "../../../../src/table/scan/plainScanner.ts";
import { mostRowsAtOnce } from "../../../../src/table/tableTypes.ts";

const rowCount = 20_000;
const allRows = Array.from({ length: rowCount }, (_, row) => row);
const longNote = "a long note ".repeat(20_000);
/** Some rows have newlines, some are longer than the distance of two anchors. */
const note = (row: number): string => (row % 4999 === 7 ? longNote : row % 5 === 0 ? `two\nlines of ${row}` : `${row}`);

const files = {
  "rows.csv": ["id,note", ...allRows.map((row) => `${row},"${note(row)}"`), ""].join("\n"),
  "rows.json": JSON.stringify(allRows.map((id) => ({ id, note: note(id) }))),
  "rows.jsonl": allRows.map((id) => JSON.stringify({ id, note: note(id) })).join("\n"),
};

describe("Rows by their numbers", () => {
  const tables: IndexedTable[] = [];
  let folder: string;

  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), "task-exports-rows-at-"));
    for (const [name, text] of Object.entries(files)) {
      await writeFile(path.join(folder, name), text);
      const opened = openText({ path: path.join(folder, name), growing: false, readAs: {} }, createPlainScanner());
      if (opened.kind === "problem") assert.fail(opened.problem.kind);
      const table = new IndexedTable(opened.text, opened.head, { version: 1, growing: false });
      while (table.step(1 << 24));
      tables.push(table);
    }
  });

  after(async () => {
    for (const table of tables) table.close();
    await rm(folder, { recursive: true });
  });

  it("are the same rows as those that are read one by one, in the order of the request", () => {
    const numbers = fc.array(fc.nat({ max: rowCount - 1 }), { maxLength: 40 });
    const nearby = fc
      .tuple(fc.nat({ max: rowCount - 200 }), fc.array(fc.nat({ max: 199 }), { maxLength: 40 }))
      .map(([from, offsets]) => offsets.map((offset) => from + offset));
    const longest = fc.constantFrom(undefined, 10, 1_000_000);
    fc.assert(
      fc.property(fc.constantFrom(...tables), fc.oneof(numbers, nearby), longest, (table, rows, length) => {
        const request = { columns: { from: 0, count: 2 }, ...(length !== undefined && { longest: length }) };
        const single = rows.map((from) => table.rows({ ...request, from, count: 1 }).rows[0]);
        assert.deepEqual(table.rowsAt({ ...request, rows }), { version: 1, rows: single });
      }),
      { numRuns: 60, examples: [[tables[0] ?? assert.fail(), [19_999, 0, 5006, 7, 5006, 8], undefined]] },
    );
  });

  it("are at most a thousand at once", () => {
    const answer = tables[0]?.rowsAt({ rows: allRows.toReversed() });
    assert.equal(answer?.rows.length, mostRowsAtOnce);
    assert.deepEqual([answer.rows[0]?.cells[0], answer.rows.at(-1)?.cells[0]], ["19999", "19000"]);
  });

  it("are not answered if one of them doesn't exist", () => {
    for (const table of tables) assert.equal(table.rowsAt({ rows: [3, rowCount] }), undefined);
  });
});
