import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type JsonRecord, placeOf, type RecordPlace, recordOf } from "../../../../src/table/cells/jsonRecord.ts";
import type { Reading } from "../../../../src/table/tableTypes.ts";
import { csvReading } from "../csvReading.ts";

const plain: Reading = { ...csvReading, kind: "jsonLines" };

describe("the place of records", () => {
  for (const [changes, place] of [
    [{}, "line"],
    [{ layout: "joined" }, "joined"],
    [{ kind: "jsonArray" }, "wholeArray"],
    [{ kind: "jsonArray", textBehind: true }, "wholeArray"],
    [{ kind: "jsonArray", arrayPath: ["a"] }, "innerArray"],
    [{ kind: "jsonArray", arrayPath: ["a"], textBehind: true }, "innerArrayBeforeText"],
  ] as const) {
    it(`is ${place} for ${JSON.stringify(changes)}`, () => assert.equal(placeOf({ ...plain, ...changes }), place));
  }
});

describe("a record without what is around it", () => {
  const found = (row: string, place: RecordPlace): string => {
    const { text, cut, damaged, hasMore }: JsonRecord = recordOf(row, place);
    return `${text}${cut ? " (cut)" : ""}${damaged ? " (damaged)" : ""}${hasMore ? " (more)" : ""}`;
  };

  for (const [place, row, expected] of [
    ["line", "", ""],
    ["line", " \t\r\n", ""],
    ["line", ' {"a":1} \r\n', '{"a":1}'],
    ["line", '\u001e{"a":1}\n\u001e', '{"a":1}'],
    ["line", "\u001e\u001e", ""],
    ["line", '{"a":1},', '{"a":1}, (damaged)'],
    ["line", '{"a":1}]', '{"a":1}] (damaged)'],
    ["line", "]", "] (damaged)"],
    ["line", ",1", ",1 (damaged)"],
    ["line", '{"a":1} x ', '{"a":1} x (damaged)'],
    ["line", '{"a":', '{"a": (cut)'],
    ["line", "{a:1}", "{a:1} (damaged)"],
    ["line", "oops ", "oops (damaged)"],
    ["joined", ' , {"a":1}', '{"a":1}'],
    ["joined", ',\u001e,{"a":1}', '{"a":1}'],
    ["joined", '{"a":1},', '{"a":1}, (damaged)'],
    ["joined", ",", ""],
    ["wholeArray", ' {"a":1} , ', '{"a":1}'],
    ["wholeArray", '{"a":1}]', '{"a":1}'],
    ["wholeArray", '{"a":1} ]\n', '{"a":1}'],
    ["wholeArray", '{"a":1}]\n[ ', '{"a":1}'],
    ["wholeArray", '{"a":1}] x', '{"a":1} (more)'],
    ["wholeArray", '{"a":1}],', '{"a":1} (more)'],
    ["wholeArray", " ] ", ""],
    ["wholeArray", "] [", ""],
    ["wholeArray", "] x ", "x (damaged)"],
    ["wholeArray", '{"a":1} {"b":2}', '{"a":1} {"b":2} (damaged)'],
    ["wholeArray", ',{"a":1}', ',{"a":1} (damaged)'],
    ["wholeArray", "[1", "[1 (cut)"],
    ["innerArray", '{"a":1}],"b":2}', '{"a":1}'],
    ["innerArray", '],"b":2}', ""],
    ["innerArray", '{"a":1},', '{"a":1}'],
    ["innerArrayBeforeText", '{"a":1},', '{"a":1}'],
    ["innerArrayBeforeText", '{"a":1}]} x', '{"a":1} (more)'],
    ["innerArrayBeforeText", '{"a":1}', '{"a":1} (more)'],
    ["innerArrayBeforeText", '{"a":1} x', '{"a":1} x (damaged)'],
    ["innerArrayBeforeText", "]} x", ""],
  ] as const) {
    it(`is ${JSON.stringify(expected)} of ${JSON.stringify(row)} (${place})`, () =>
      assert.equal(found(row, place), expected));
  }
});
