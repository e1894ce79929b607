import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import Papa from "papaparse";
import { takeRows } from "../../../../src/table/take/takeRows.ts";
import type { TakeRequest } from "../../../../src/table/take/writtenRows.ts";
import type { Column, Row } from "../../../../src/table/tableTypes.ts";
import { codeOf } from "./codeOf.ts";
import { arrayTable } from "./arrayTable.ts";

const text = (name: string): Column => ({ name, type: "text" });
const columns = [text("id"), text("note"), text("amount")];
const rows: Row[] = [
  { cells: ["1", 'say "hi", twice', "2.50"] },
  { cells: ["2", "two\nlines", "-1"] },
  { cells: ["3"] },
  { cells: ["4", "tab\there", "", "one too many"] },
  { cells: ["5", '"begins', "7"] },
];
const all = { from: 0, count: rows.length };

async function taken(
  request: Partial<TakeRequest>,
  table = arrayTable(columns, rows),
  signal = new AbortController().signal,
): Promise<string> {
  const whole = { rows: all, columns: [0, 1, 2], withHeader: true, format: "csv", ...request } as const;
  const answer = await takeRows(table.reader, table.shape, whole, { signal });
  return answer.kind === "taken" ? answer.text : assert.fail("it should have fitted");
}

describe("Copied rows", () => {
  it("are CSV with commas and RFC 4180's quotes, whatever delimiter the file has", async () => {
    assert.equal(
      await taken({}),
      'id,note,amount\n1,"say ""hi"", twice",2.50\n2,"two\nlines",-1\n3,,\n4,tab\there,\n5,"""begins",7',
    );
  });

  it("are CSV with quotes around values with a carriage return", async () => {
    const table = arrayTable([text("a")], [{ cells: ["1\r2"] }]);
    assert.equal(await taken({ rows: { from: 0, count: 1 }, columns: [0] }, table), 'a\n"1\r2"');
  });

  it("are TSV, quoted only if a spreadsheet would misread the value", async () => {
    assert.equal(
      await taken({ format: "tsv", withHeader: false }),
      '1\tsay "hi", twice\t2.50\n2\t"two\nlines"\t-1\n3\t\t\n4\t"tab\there"\t\n5\t"""begins"\t7',
    );
  });

  it("are CSV that quotes an empty value if it is a row's only one, because many programs skip empty lines", async () => {
    const table = arrayTable([text("a")], [{ cells: ["1"] }, { cells: [""] }, { cells: [] }]);
    assert.equal(await taken({ rows: { from: 0, count: 3 }, columns: [0] }, table), 'a\n1\n""\n""');
  });

  it("are a Markdown table that keeps pipes, backslashes and line breaks inside their cells", async () => {
    const table = arrayTable([text("a|b"), text("c")], [{ cells: [String.raw`x\|y`, "1\r\n2\n3"] }]);
    assert.equal(
      await taken({ rows: { from: 0, count: 1 }, columns: [0, 1], format: "markdown" }, table),
      String.raw`| a\|b | c |` + "\n| --- | --- |\n" + String.raw`| x\\\|y | 1<br>2<br>3 |`,
    );
  });

  it("are a Markdown table in which values that look like markup stay text", async () => {
    const values = ["*a* _b_ user_id", "<b>&amp; & co", "`c` ~~d~~ [e](f)"];
    const table = arrayTable(columns, [{ cells: values }]);
    const lines = (await taken({ rows: { from: 0, count: 1 }, format: "markdown" }, table)).split("\n");
    assert.equal(lines[2], String.raw`| \*a\* \_b\_ user_id | \<b>\&amp; & co | ${"\\`c\\`"} \~\~d\~\~ \[e\](f) |`);
  });

  it("are JSON in which every value of a CSV file is a string, whatever it looks like", async () => {
    const cells = ["007", "12345678901234567890", "true"];
    const table = arrayTable(
      [
        { name: "a", type: "number" },
        { name: "b", type: "number" },
        { name: "c", type: "boolean" },
      ],
      [{ cells }, { cells: ["", "null"] }],
    );
    assert.deepEqual(JSON.parse(await taken({ format: "json", rows: { from: 0, count: 2 } }, table)), [
      { a: "007", b: "12345678901234567890", c: "true" },
      { a: "", b: "null" },
    ]);
  });

  it("are JSON with numbered keys if column names repeat", async () => {
    const table = arrayTable([text("id"), text("id"), text("id (2)"), text("id")], [{ cells: ["a", "b", "c", "d"] }]);
    const objects: unknown = JSON.parse(
      await taken({ format: "json", rows: { from: 0, count: 1 }, columns: [0, 1, 2, 3] }, table),
    );
    assert.deepEqual(objects, [{ id: "a", "id (2)": "b", "id (2) (2)": "c", "id (3)": "d" }]);
  });

  it("are JSON in which a row without any of the values is an empty object", async () => {
    const table = arrayTable(columns, [{ cells: [] }]);
    assert.equal(await taken({ format: "json", rows: { from: 0, count: 1 } }, table), "[\n  {}\n]");
  });

  it("are the plain text of the cell if it is a single one", async () => {
    const request = { rows: { from: 4, count: 1 }, columns: [1], withHeader: false, format: "text" } as const;
    assert.equal(await taken(request), '"begins');
  });

  it("have the columns in the order in which they are shown", async () => {
    assert.equal(await taken({ columns: [2, 0], rows: { from: 0, count: 1 } }), "amount,id\n2.50,1");
  });

  it("are CSV from which another program reads the same values", async () => {
    const cell = fc.string({ unit: fc.constantFrom('"', ",", "\n", "\r", "\t", " ", "a", "ü", "😀"), maxLength: 6 });
    const tables = fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 12 });
    await fc.assert(
      fc.asyncProperty(tables, async (cells) => {
        const table = arrayTable(
          columns,
          cells.map((each) => ({ cells: each })),
        );
        const csv = await taken({ rows: { from: 0, count: cells.length } }, table);
        const parsed = Papa.parse<string[]>(csv, { delimiter: ",", newline: "\n" });
        assert.deepEqual(parsed.data.slice(1), cells);
      }),
    );
  });
});

describe("Copying rows", () => {
  it("stops at the size limit", async () => {
    const many = Array.from({ length: 1000 }, () => ({ cells: ["x".repeat(100), "", ""] }));
    const table = arrayTable(columns, many, { longestPage: 10 });
    const request = { rows: { from: 0, count: 1000 }, columns: [0], withHeader: false, format: "csv" } as const;
    const { signal } = new AbortController();
    const answer = await takeRows(table.reader, table.shape, request, { signal, limitBytes: 1500 });
    assert.deepEqual(answer, { kind: "tooLarge", limitBytes: 1500 });
    assert.equal(table.asked.length, 2);
  });

  it("allows a text of exactly the limit, in bytes of UTF-8", async () => {
    const table = arrayTable([text("n")], [{ cells: ["ü"] }, { cells: ["ü"] }]);
    const request = { rows: { from: 0, count: 2 }, columns: [0], withHeader: false, format: "tsv" } as const;
    const { signal } = new AbortController();
    const fits = await takeRows(table.reader, table.shape, request, { signal, limitBytes: 5 });
    assert.deepEqual(fits, { kind: "taken", text: "ü\nü", rows: 2, cells: 2 });
    assert.equal((await takeRows(table.reader, table.shape, request, { signal, limitBytes: 4 })).kind, "tooLarge");
  });

  it("reads no row after the one that exceeds the limit", async () => {
    let read = 0;
    const row = {
      get cells() {
        read++;
        return ["x".repeat(100), "", ""];
      },
    };
    const reader = {
      ...arrayTable(columns, []).reader,
      rows: () => Promise.resolve({ version: 1, from: 0, provisional: false, atEnd: false, rows: Array(50).fill(row) }),
    };
    const request = { rows: { from: 0, count: 50 }, columns: [0], withHeader: false, format: "csv" } as const;
    const { signal } = new AbortController();
    const { shape } = arrayTable(columns, []);
    assert.equal((await takeRows(reader, shape, request, { signal, limitBytes: 1500 })).kind, "tooLarge");
    assert.equal(read, 15);
  });

  it("never returns a value that was cut or not read", async () => {
    const { signal } = new AbortController();
    const kindOf = async (row: Row, wanted: number[]): Promise<string> => {
      const request = { rows: { from: 0, count: 1 }, columns: wanted, withHeader: false, format: "csv" } as const;
      const table = arrayTable(columns, [row]);
      return (await takeRows(table.reader, table.shape, request, { signal })).kind;
    };
    const cut = { cells: ["1", "cut", "3"], cut: [1] };
    assert.deepEqual([await kindOf(cut, [0, 1]), await kindOf(cut, [0])], ["tooLarge", "taken"]);
    const unread = { cells: ["1"], unreadFrom: 1 };
    assert.deepEqual([await kindOf(unread, [0, 1]), await kindOf(unread, [0])], ["tooLarge", "taken"]);
    const record = { cells: ["", "2"], kinds: "-n", unreadFrom: 2 };
    assert.deepEqual([await kindOf(record, [0]), await kindOf(record, [1])], ["tooLarge", "taken"]);
  });

  it("ends if it is canceled or the file is read again", async () => {
    const stop = new AbortController();
    stop.abort();
    assert.equal(await codeOf(taken({}, arrayTable(columns, rows), stop.signal)), "cancelled");
    const table = arrayTable(columns, rows);
    table.version = 2;
    assert.equal(await codeOf(taken({}, table)), "fileChanged");
  });

  it("returns nothing for no rows", async () => {
    assert.equal(await taken({ rows: { from: 0, count: 0 }, format: "json" }), "[\n\n]");
    assert.equal(await taken({ rows: { from: 0, count: 0 } }), "id,note,amount\n");
  });
});
