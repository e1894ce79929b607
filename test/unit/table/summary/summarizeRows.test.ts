import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { summarizeRows, type SummarizedRows, type SummaryLimits } from "../../../../src/table/summary/summarizeRows.ts";
import type { Row, SummaryAnswer } from "../../../../src/table/tableTypes.ts";

const limits: SummaryLimits = { cells: 10_000, ms: 1_000 };

/** A table in memory that answers three rows at a time, and counts how often it was asked. */
function tableOf(rows: readonly Row[]): SummarizedRows & { asked: number } {
  const table = {
    asked: 0,
    rows: ({ from, count, columns = { from: 0, count: Infinity } }: Parameters<SummarizedRows["rows"]>[0]) => {
      table.asked++;
      const page = rows.slice(from, from + Math.min(count, 3));
      return {
        rows: page.map((row) => ({ ...row, cells: row.cells.slice(columns.from, columns.from + columns.count) })),
      };
    },
  };
  return table;
}

const rows = Array.from({ length: 10 }, (_, row) => ({
  cells: [`r${row}`, `${row}.5`, "", "7"].slice(0, row === 9 ? 2 : 4),
}));
const paused = () => Promise.resolve();

function summaryOf(
  from: number,
  count: number,
  columns: readonly number[],
  { table = tableOf(rows), ...options }: { table?: SummarizedRows; now?: () => number; limits?: SummaryLimits } = {},
): Promise<SummaryAnswer> {
  return summarizeRows(table, { rows: { from, count }, columns }, paused, { limits, ...options });
}

describe("The summary of a selection", () => {
  it("has the cells of these rows and columns, and no others", async () => {
    assert.deepEqual(await summaryOf(2, 4, [1]), { cells: 4, empty: 0, numbers: 4, sum: "16", average: "4" });
    assert.deepEqual(await summaryOf(0, 2, [3, 0]), { cells: 4, empty: 0, numbers: 2, sum: "14", average: "7" });
  });

  it("counts the cells that a short row lacks as empty", async () => {
    assert.deepEqual(await summaryOf(8, 2, [2, 3]), { cells: 4, empty: 3, numbers: 1, sum: "7", average: "7" });
  });

  it("ends where the table does", async () => {
    assert.deepEqual(await summaryOf(9, 100, [1]), { cells: 1, empty: 0, numbers: 1, sum: "9.5", average: "9.5" });
    assert.deepEqual(await summaryOf(50, 1, [1]), { cells: 0, empty: 0, numbers: 0 });
  });

  it("is too large for more cells than the limit, without a row being read", async () => {
    const table = tableOf(rows);
    assert.deepEqual(await summaryOf(0, 11, [0, 1], { table, limits: { cells: 21, ms: 1_000 } }), { tooLarge: true });
    assert.equal(table.asked, 0);
    assert.ok("cells" in (await summaryOf(0, 10, [0, 1], { table, limits: { cells: 20, ms: 1_000 } })));
  });

  it("is too large when it takes too long", async () => {
    let time = 0;
    const table = tableOf(rows);
    assert.deepEqual(await summaryOf(0, 10, [0], { table, now: () => (time += 400) }), { tooLarge: true });
    assert.equal(table.asked, 2);
  });

  it("is read in steps of 4096 cells, in the columns from the first one to the last one", async () => {
    for (const [columns, count] of [
      [[1], 4096],
      [[4, 1], 1024],
      [[0, 5000], 1],
      [[], 4096],
    ] as const) {
      const asked: Parameters<SummarizedRows["rows"]>[0][] = [];
      const table: SummarizedRows = {
        rows(request) {
          asked.push(request);
          return { rows: Array.from({ length: request.count }, () => ({ cells: [] })) };
        },
      };
      await summaryOf(3, 4097, columns, { table, limits: { cells: 100_000, ms: 1_000 }, now: () => 0 });
      const [first = 0] = columns.toSorted((a, b) => a - b);
      const span = { from: first, count: columns.length === 0 ? 0 : Math.max(...columns) - first + 1 };
      assert.deepEqual(asked[0], { from: 3, count, columns: span, longest: 1024 });
      assert.equal(asked[1]?.from, 3 + count);
      assert.equal(
        asked.reduce((sum, request) => sum + request.count, 0),
        4097,
      );
    }
  });

  it("is not given if a row was not read as far as the wanted column, because the sum would lack a number", async () => {
    const table = tableOf([{ cells: ["1"], unreadFrom: 1 }]);
    assert.deepEqual(await summaryOf(0, 1, [0, 1], { table }), { tooLarge: true });
    assert.ok("cells" in (await summaryOf(0, 1, [0], { table })));
  });

  it("stops if it is canceled", async () => {
    let pauses = 0;
    const pause = () => (++pauses === 3 ? Promise.reject(new Error("stopped")) : Promise.resolve());
    const table = tableOf(rows);
    await assert.rejects(summarizeRows(table, { rows: { from: 0, count: 10 }, columns: [0] }, pause), /stopped/);
    assert.equal(table.asked, 2);
  });
});
