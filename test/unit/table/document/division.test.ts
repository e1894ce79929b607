import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { grammarOf, isPlainlyDivided, unitsOf } from "../../../../src/table/document/division.ts";
import type { Reading } from "../../../../src/table/tableTypes.ts";
import { csvReading } from "../csvReading.ts";

const csv: Reading = { ...csvReading, header: true };

describe("how a scanner divides a file", () => {
  for (const [what, reading, newline, grammar] of [
    ["commas", {}, 10, { kind: "delimited", delimiter: 44, quote: 34, newline: 10 }],
    ["CR", {}, 13, { kind: "delimited", delimiter: 44, quote: 34, newline: 13 }],
    ["no quotes", { quote: "" }, 10, { kind: "delimited", delimiter: 44, quote: undefined, newline: 10 }],
    [
      "backslashes",
      { escape: "backslash" },
      10,
      { kind: "delimited", delimiter: 44, quote: 34, newline: 10, escapes: true },
    ],
    [
      "backslashes without quotes",
      { escape: "backslash", quote: "" },
      10,
      { kind: "delimited", delimiter: 44, quote: undefined, newline: 10 },
    ],
    [
      "spaces before quotes",
      { skipsSpaces: true },
      10,
      { kind: "delimited", delimiter: 44, quote: 34, newline: 10, skipsSpaces: true },
    ],
    [
      "spaces without quotes",
      { skipsSpaces: true, quote: "" },
      10,
      { kind: "delimited", delimiter: 44, quote: undefined, newline: 10 },
    ],
    [
      "a delimiter of several characters",
      { delimiter: "~|" },
      10,
      { kind: "delimited", delimiter: 124, quote: 34, newline: 10 },
    ],
    [
      "a delimiter of one byte above 127",
      { delimiter: "¦", encoding: "windows-1252" },
      10,
      { kind: "delimited", delimiter: 0xa6, quote: 34, newline: 10 },
    ],
    [
      "a delimiter of several bytes",
      { delimiter: "¦" },
      10,
      { kind: "delimited", delimiter: 0xa6, quote: 34, newline: 10 },
    ],
    [
      "a delimiter above 127 in UTF-16",
      { delimiter: "¦", encoding: "utf-16le" },
      10,
      { kind: "delimited", delimiter: 255, quote: 34, newline: 10 },
    ],
    [
      "a delimiter that the encoding doesn't have",
      { delimiter: "§", encoding: "shift_jis" },
      10,
      { kind: "delimited", delimiter: 0, quote: 34, newline: 10 },
    ],
    [
      "JSON lines",
      { kind: "jsonLines" },
      30,
      { kind: "delimited", delimiter: 0, quote: undefined, newline: 30, skipsBlank: true },
    ],
    ["JSON values without lines", { kind: "jsonLines", layout: "joined" }, 10, { kind: "jsonValues" }],
    ["a JSON array that is the file", { kind: "jsonArray" }, 10, { kind: "jsonArray", reopens: true }],
    ["a JSON array in an object", { kind: "jsonArray", arrayPath: ["a"] }, 10, { kind: "jsonArray" }],
  ] as const) {
    it(`by ${what}`, () => assert.deepEqual(grammarOf({ reading: { ...csv, ...reading }, newline }), grammar));
  }
});

describe("whether each field can be found in the bytes", () => {
  for (const [isPlain, reading] of [
    [true, {}],
    [true, { quote: "", encoding: "utf-16le" }],
    [true, { delimiter: "\u007f" }],
    [false, { delimiter: "\u0080" }],
    [false, { delimiter: "||" }],
    [false, { escape: "backslash" }],
    [false, { skipsSpaces: true }],
    [false, { encoding: "shift_jis" }],
    [false, { kind: "jsonLines" }],
  ] as const) {
    it(`${isPlain ? "yes" : "no"}: ${JSON.stringify(reading)}`, () =>
      assert.equal(isPlainlyDivided({ ...csv, ...reading }), isPlain));
  }

  it("depends on the size of a character", () => {
    assert.deepEqual(unitsOf("utf-8"), { bytesPerCharacter: 1, littleEndian: false });
    assert.deepEqual(unitsOf("utf-16le"), { bytesPerCharacter: 2, littleEndian: true });
    assert.deepEqual(unitsOf("utf-16be"), { bytesPerCharacter: 2, littleEndian: false });
    assert.deepEqual(unitsOf("gbk"), { bytesPerCharacter: 1, littleEndian: false, mixed: "gbk" });
  });
});
