import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { saveFormatOf, savedText } from "../../../../src/table/take/savedText.ts";
import type { TakeFormat } from "../../../../src/table/take/takeFormats.ts";
import type { Column, Row } from "../../../../src/table/tableTypes.ts";
import { arrayTable } from "./arrayTable.ts";

const columns: Column[] = ["id", "name"].map((name) => ({ name, type: "text" }));
const rows: Row[] = [{ cells: ["1", "Ada"] }, { cells: ["2"] }, { cells: ["3", "C,y"] }, { cells: ["4", "Di"] }];

async function saved(
  format: TakeFormat,
  {
    count = rows.length,
    table = arrayTable(columns, rows),
    signal = new AbortController().signal,
    withHeader = true,
  } = {},
): Promise<{ text: string; told: number[] }> {
  const told: number[] = [];
  const request = { rows: { from: 0, count }, columns: [0, 1], withHeader, format };
  let text = "";
  for await (const piece of savedText(table.reader, table.shape, request, {
    signal,
    onRows: (all) => told.push(all),
  })) {
    text += piece;
  }
  return { text, told };
}

describe("A selection that is saved", () => {
  it("is complete in each format, and ends with a line break", async () => {
    assert.equal((await saved("csv")).text, 'id,name\n1,Ada\n2,\n3,"C,y"\n4,Di\n');
    assert.equal((await saved("tsv", { withHeader: false })).text, "1\tAda\n2\t\n3\tC,y\n4\tDi\n");
    assert.equal(
      (await saved("jsonLines")).text,
      '{ "id": "1", "name": "Ada" }\n{ "id": "2" }\n{ "id": "3", "name": "C,y" }\n{ "id": "4", "name": "Di" }\n',
    );
    assert.deepEqual(JSON.parse((await saved("json")).text), [
      { id: "1", name: "Ada" },
      { id: "2" },
      { id: "3", name: "C,y" },
      { id: "4", name: "Di" },
    ]);
    assert.match((await saved("json")).text, /\n\]\n$/);
  });

  it("reports how many rows are written so far", async () => assert.deepEqual((await saved("csv")).told, [3, 4]));

  it("of no rows is an empty file, or the column names, or an empty list", async () => {
    assert.equal((await saved("csv", { count: 0, withHeader: false })).text, "");
    assert.equal((await saved("jsonLines", { count: 0 })).text, "");
    assert.equal((await saved("csv", { count: 0 })).text, "id,name\n");
    assert.deepEqual(JSON.parse((await saved("json", { count: 0 })).text), []);
  });

  it("is rejected if a value can't be read completely, because no value is ever cut", async () => {
    const table = arrayTable(columns, [{ cells: ["1", "a"] }, { cells: ["2", "b"], cut: [1] }]);
    await assert.rejects(saved("csv", { table }), { code: "invalidRequest", message: /^Row 2 / });
  });

  it("ends when it is canceled, and when the file was read again", async () => {
    const stop = new AbortController();
    stop.abort();
    await assert.rejects(saved("csv", { signal: stop.signal }), { code: "cancelled" });
    const table = arrayTable(columns, rows);
    table.version = 2;
    await assert.rejects(saved("csv", { table }), { code: "fileChanged" });
  });
});

describe("The format of a saved selection", () => {
  for (const [name, format] of [
    ["a.csv", "csv"],
    ["a.TSV", "tsv"],
    ["a.tab", "tsv"],
    ["a.json", "json"],
    ["b.csv.jsonl", "jsonLines"],
    ["a.ndjson", "jsonLines"],
    ["a.md", "markdown"],
    ["a.xlsx", "csv"],
    ["folder.json/a", "csv"],
    ["constructor", "csv"],
  ] as const) {
    it(`is ${format} for ${name}`, () => assert.equal(saveFormatOf(name), format));
  }
});
