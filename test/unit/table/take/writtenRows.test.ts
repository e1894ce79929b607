import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type TakeRequest, writtenRows } from "../../../../src/table/take/writtenRows.ts";
import type { RowPages } from "../../../../src/table/tableReader.ts";
import type { Row, RowsRequest } from "../../../../src/table/tableTypes.ts";
import { arrayTable, type ArrayTable } from "./arrayTable.ts";

const columns = ["a", "b", "c"].map((name) => ({ name, type: "text" as const }));
const longest = 77;

/** What a table is asked for while its rows are written, and what is written. */
async function written(table: ArrayTable, request: Partial<TakeRequest>) {
  const asked: RowsRequest[] = [];
  const pages: Pick<RowPages, "rows"> = {
    rows(wanted, signal) {
      asked.push(wanted);
      return table.reader.rows(wanted, signal);
    },
  };
  const whole: TakeRequest = {
    rows: { from: 0, count: 1 },
    columns: [0, 1, 2],
    withHeader: false,
    format: "csv",
    ...request,
  };
  const rows: (string | undefined)[] = [];
  const { signal } = new AbortController();
  for await (const page of writtenRows(pages, table.shape, whole, { signal, longest })) rows.push(...page);
  return { asked, rows };
}

const rowsOf = (count: number, cell: string): Row[] => Array.from({ length: count }, () => ({ cells: [cell] }));

async function pageSizes(count: number, cell: string): Promise<number[]> {
  const table = arrayTable(columns, rowsOf(count, cell), { longestPage: count });
  return (await written(table, { rows: { from: 0, count }, columns: [0] })).asked.map((page) => page.count);
}

describe("the pages of rows that are written", () => {
  it("contain the columns from the first one to the last one, and values up to a length", async () => {
    const table = arrayTable(columns, [{ cells: ["1", "2", "3"] }, { cells: ["4", "5", "6"] }]);
    const { asked, rows } = await written(table, { rows: { from: 1, count: 1 }, columns: [2, 1] });
    assert.deepEqual(asked, [{ from: 1, count: 1, columns: { from: 1, count: 2 }, longest, withRaw: false }]);
    assert.deepEqual(rows, ["6,5"]);
  });

  it("contain the text of the file for JSON alone", async () => {
    const table = arrayTable(columns, [{ cells: ["1", "2", "3"] }]);
    for (const [format, withRaw] of [
      ["json", true],
      ["jsonLines", true],
      ["csv", false],
      ["tsv", false],
      ["text", false],
      ["markdown", false],
    ] as const) {
      assert.equal((await written(table, { format })).asked[0]?.withRaw, withRaw, format);
    }
  });

  it("have 16 rows at first, and then about a mebibyte of text, but at most 4096 rows", async () => {
    assert.deepEqual(await pageSizes(16, "a"), [16]);
    assert.deepEqual(await pageSizes(5000, "a"), [16, 4096, 5000 - 16 - 4096]);
    assert.deepEqual(await pageSizes(300, "x".repeat(16 * 1024 - 1)), [16, 64, 64, 64, 64, 28]);
    assert.deepEqual(await pageSizes(20, "x".repeat(1024 * 1024)), [16, 1, 1, 1, 1]);
  });

  it("end with the table", async () => {
    const { asked, rows } = await written(arrayTable(columns, rowsOf(4, "a")), {
      rows: { from: 0, count: 10 },
      columns: [0],
    });
    assert.deepEqual(rows, ["a", "a", "a", "a"]);
    assert.deepEqual(
      asked.map(({ from }) => from),
      [0, 3, 4],
    );
  });
});

describe("a row that is written", () => {
  it("has empty values in columns that it lacks", async () => {
    assert.deepEqual((await written(arrayTable(columns, [{ cells: ["1"] }]), {})).rows, ["1,,"]);
    const record = arrayTable(columns, [{ cells: ["1", "", ""], kinds: "n-s" }], { kind: "jsonLines" });
    assert.deepEqual((await written(record, { format: "jsonLines" })).rows, ['{ "a": 1, "c": "" }']);
  });

  it("is left out if one of its wanted values wasn't read completely", async () => {
    for (const [row, wanted, isWritten] of [
      [{ cells: ["1", "2", "3"], cut: [1] }, [0, 1], false],
      [{ cells: ["1", "2", "3"], cut: [2] }, [0, 1], true],
      [{ cells: ["1", "2", "3"], unreadFrom: 2 }, [0, 1], true],
      [{ cells: ["1", "2", "3"], unreadFrom: 1 }, [0, 1], false],
      [{ cells: ["1", "", "3"], kinds: "n-n", unreadFrom: 3 }, [1, 2], false],
      [{ cells: ["1", "", "3"], kinds: "n-n", unreadFrom: 3 }, [0, 2], true],
      [{ cells: ["1", "", "3"], kinds: "n-n" }, [1, 2], true],
    ] as const) {
      const { rows } = await written(arrayTable(columns, [row]), { columns: wanted });
      assert.equal(rows[0] !== undefined, isWritten, JSON.stringify([row, wanted]));
    }
  });
});
