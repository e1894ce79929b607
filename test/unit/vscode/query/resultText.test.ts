import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { QueryResult } from "../../../../src/model/queryContract.ts";
import { resultText } from "../../../../src/vscode/query/resultText.ts";
import { sessionEntry, sessionMarkdown } from "../../../../src/vscode/query/sessionMarkdown.ts";

async function textOf(result: Pick<QueryResult, "columns" | "rows">): Promise<string> {
  let text = "";
  for await (const piece of resultText({ ...result, truncated: false, elapsedMs: 1 })) text += piece;
  return text;
}
const column = (name: string, type = "VARCHAR"): { name: string; type: string } => ({ name, type });

describe("the file of a result", () => {
  it("has numbers with all their digits, null, true and text", async () => {
    const columns = [
      column("id", "HUGEINT"),
      column("price", "DECIMAL(38,4)"),
      column("text"),
      column("is", "BOOLEAN"),
    ];
    const rows = [
      ["123456789012345678901234567890", "1.2500", "007", true],
      [1, "-0.5000", null, null],
    ];
    assert.equal(
      await textOf({ columns, rows }),
      '[\n  { "id": 123456789012345678901234567890, "price": 1.2500, "text": "007", "is": true },\n' +
        '  { "id": 1, "price": -0.5000, "text": null, "is": null }\n]\n',
    );
  });

  it("has numbers that JSON can't express as text", async () => {
    assert.deepEqual(
      JSON.parse(
        await textOf({ columns: [column("d", "DOUBLE")], rows: [[Infinity], [Number.NaN], ["inf"], [1e300]] }),
      ),
      [{ d: "Infinity" }, { d: "NaN" }, { d: "inf" }, { d: 1e300 }],
    );
  });

  it("keeps the order of columns that look like numbers, and numbers columns of the same name", async () => {
    const columns = ["2024", "id", "1", "id", "__proto__"].map((name) => column(name));
    const text = await textOf({ columns, rows: [["a", "b", "c", "d", "e"]] });
    assert.equal(text, '[\n  { "2024": "a", "id": "b", "1": "c", "id (2)": "d", "__proto__": "e" }\n]\n');
  });

  it("has the columns of a result without rows", async () => {
    assert.equal(await textOf({ columns: [column('a";b'), column("1")], rows: [] }), '"a"";b","1"\n');
  });

  it("is valid JSON for more rows than are written at once", async () => {
    const rows = Array.from({ length: 2500 }, (_, row) => [row]);
    const parsed: unknown = JSON.parse(await textOf({ columns: [column("n", "BIGINT")], rows }));
    assert.deepEqual(
      parsed,
      rows.map(([n]) => ({ n })),
    );
  });
});

describe("a session as Markdown", () => {
  it("has each statement with its number of rows, its time and its first rows", () => {
    const rows = Array.from({ length: 30 }, (_, row) => [`a|${row}`]);
    const result = { columns: [column("x")], rows, truncated: true, elapsedMs: 1234 };
    const entry = { ...sessionEntry("SELECT '```' AS x", result), at: "2024-05-06T07:08:09.000Z" };
    const text = sessionMarkdown("a_b.csv", [entry], "en");
    assert.match(text, /^# a\\_b\.csv\n\n## Statement 1\n\n````sql\nSELECT '```' AS x\n````\n\n/);
    assert.match(text, /the first 30 rows in 1\.2 s · 2024-05-06T07:08:09\.000Z\n\n\| x \|\n\| --- \|\n\| a\\\|0 \|\n/);
    assert.equal(text.match(/^\| a/gm)?.length, 20);
    assert.match(text, /Only the first 20 rows are shown here\.\n$/);
  });
});
