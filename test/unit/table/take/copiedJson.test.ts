import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { createCells } from "../../../../src/table/cells/createCells.ts";
import { shownRow } from "../../../../src/table/cells/shownRow.ts";
import { takeRows } from "../../../../src/table/take/takeRows.ts";
import type { Reading } from "../../../../src/table/tableTypes.ts";
import { anySpace, anyString, anyWritten, listed } from "../cells/anyJson.ts";
import { arrayTable } from "./arrayTable.ts";
import { csvReading } from "../csvReading.ts";

const reading: Reading = { ...csvReading, kind: "jsonArray" };

/** All columns of these records, copied as JSON. */
async function copied(records: readonly string[]): Promise<string> {
  const cells = createCells({ reading, newline: 10, rows: [] });
  const part = { from: 0, count: Infinity, longest: Infinity };
  const rows = records.map((record) => shownRow(cells.read(Buffer.from(record), false, true), part));
  const table = arrayTable(cells.columns, rows);
  const columns = [...cells.columns.keys()];
  const request = { rows: { from: 0, count: rows.length }, columns, withHeader: true, format: "json" } as const;
  const answer = await takeRows(table.reader, table.shape, request, { signal: new AbortController().signal });
  return answer.kind === "taken" ? answer.text : assert.fail("it should have fitted");
}

const parse = (text: string): unknown => JSON.parse(text);

/** The numbers of a JSON text, digit for digit. */
function numbersIn(json: string): string[] {
  return (json.replaceAll(/"(?:[^"\\]|\\.)*"/g, "").match(/-?\d[\d.eE+-]*/g) ?? []).toSorted();
}

describe("A JSON file's records that are copied as JSON", () => {
  it("have the same values as in the file, and keep the digits of their numbers", async () => {
    const keys = fc.uniqueArray(anyString, { maxLength: 5, selector: (key) => String(parse(key)) });
    const record = fc
      .tuple(keys, anySpace)
      .chain(([names, spaces]) =>
        fc
          .tuple(...names.map((name) => fc.tuple(fc.constant(name), anyWritten)))
          .map((members) => listed(members, spaces, ["{", "}"]).text.toWellFormed()),
      );
    await fc.assert(
      fc.asyncProperty(fc.array(record, { maxLength: 6 }), async (records) => {
        const json = await copied(records);
        assert.deepEqual(parse(json), records.map(parse));
        // Column names that come from data may hold digits, too, but only inside of quotes.
        assert.deepEqual(numbersIn(json), numbersIn(records.join("\n")));
      }),
    );
  });

  it("distinguish null from the text null, and a missing key from an empty text", async () => {
    const records = [
      '{"a":null,"b":"","c":1}',
      '{"a":"null","c":"1"}',
      '{"b":false}',
      '{"c":12345678901234567890}',
      "{}",
    ];
    assert.equal(
      await copied(records),
      `[
  { "a": null, "b": "", "c": 1 },
  { "a": "null", "c": "1" },
  { "b": false },
  { "c": 12345678901234567890 },
  {}
]`,
    );
  });

  for (const [what, record, value] of [
    ["number", '{"a": 1, "b": -', "-"],
    ["boolean", '{"a": 1, "b": tr', "tr"],
    ["null", '{"a": 1, "b": nu', "nu"],
    ["object", '{"a": 1, "b": {"c": [1, ', '{"c":[1,'],
    ["string", '{"a": 1, "b": "x', "x"],
  ] as const) {
    it(`hold what is there of a ${what} in which the file ends as text, so that the copy is valid JSON`, async () =>
      assert.deepEqual(parse(await copied([record])), [{ a: 1, b: value }]));
  }

  it("lack a value if the file ends before it", async () =>
    assert.deepEqual(parse(await copied(['{"a": 1, "b": '])), [{ a: 1 }]));

  it("are text where the record is not JSON", async () =>
    assert.deepEqual(parse(await copied(['{"a": nan}'])), [{ value: '{"a": nan}' }]));

  it("are copied byte for byte: escapes, digits, spaces in nested values, and what only Python reads", async () => {
    const record = String.raw`{"a" : "\u00e9\/","b":{ "c": [1.0,  2] },"d":1e3,  "e":NaN}`;
    assert.equal(
      await copied([record]),
      String.raw`[
  { "a": "\u00e9\/", "b": { "c": [1.0,  2] }, "d": 1e3, "e": NaN }
]`,
    );
  });
});
