import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { spansNear } from "../../../../src/table/index/spansNear.ts";
import { createPlainScanner } from "../../../../src/table/scan/plainScanner.ts";
import type { Grammar } from "../../../../src/table/scan/scanner.ts";
import { rowsOf } from "../scan/slowReference.ts";
import { bytesOf, fileOf, TextSource, type Width } from "./textSource.ts";

const scanner = createPlainScanner();
const commas: Grammar = { kind: "delimited", delimiter: 44, quote: 34, newline: 10 };
const lines: Grammar = { kind: "delimited", delimiter: 0, quote: undefined, newline: 10 };
const json: Grammar = { kind: "jsonArray" };
const begin = 2;

const records = Array.from({ length: 6_000 }, (_, place) => ({
  id: place,
  name: `name "${place % 7}", or ${"\\".repeat(place % 3)}`,
  tags: [{ a: place }, { a: "},{" }],
  none: [],
}));
const values = Array.from({ length: 40_000 }, (_, place) => (place * 7919) % 100_003);
/** One row in three has a field with rows of its own in it. */
const csv = values
  .map((value) => `${value},${value % 3 === 0 ? `"some ""text""\nand, more\nx,y,z,${value}\n"` : "text"},x,"q"\n`)
  .join("");
/** Strings with no quote in them: who takes their inside for their outside never notices. */
const paths = values
  .slice(0, 10_000)
  .map((value) => ({ id: value, name: `C:\\${value}\\`, tags: [{ a: "b" }, { a: "c" }] }));
/** Newlines between quotes and delimiters, which could be turned inside out. */
const newlines = values.map((value) => `${value},"\n\n\n\n\n\n",b\n`).join("");
const rareQuotes = values.map((value, place) => `${value},text,${place % 20_000 === 0 ? '"a\nb"' : "c"}\n`).join("");
/** Fields that are longer than what is read in front of the rows. */
const longFields = values
  .slice(0, 40)
  .map((value) => `${value},"${"a line, and\n".repeat(8_000)}",x,"q"\n`)
  .join("");
const unquoted = values.map((value) => `${value},text,5" pipe,q\r\n`).join("");

const files: { name: string; grammar: Grammar; text: string; expectedColumns: number; width: Width }[] = [
  { name: "quoted newlines", grammar: commas, text: csv, expectedColumns: 4, width: "one" },
  { name: "long quoted fields", grammar: commas, text: longFields, expectedColumns: 4, width: "one" },
  { name: "quoted newlines alone", grammar: commas, text: newlines, expectedColumns: 3, width: "one" },
  { name: "rare quotes", grammar: commas, text: rareQuotes, expectedColumns: 3, width: "one" },
  {
    name: "a JSON array of paths",
    grammar: json,
    text: JSON.stringify(paths).slice(1),
    expectedColumns: 3,
    width: "one",
  },
  { name: "stray quotes", grammar: commas, text: unquoted, expectedColumns: 4, width: "one" },
  { name: "no newline at the end", grammar: commas, text: csv + "1,2,3,4", expectedColumns: 4, width: "one" },
  { name: "two bytes a character", grammar: commas, text: csv.slice(0, 500_000), expectedColumns: 4, width: "little" },
  {
    name: "lines of JSON",
    grammar: lines,
    text: records.map((each) => JSON.stringify(each)).join("\n"),
    expectedColumns: 4,
    width: "one",
  },
  { name: "a JSON array", grammar: json, text: JSON.stringify(records).slice(1), expectedColumns: 4, width: "one" },
  {
    name: "a formatted JSON array",
    grammar: json,
    text: JSON.stringify(records, null, 2).slice(1) + "\n}\n",
    expectedColumns: 4,
    width: "one",
  },
  {
    name: "a JSON array of numbers",
    grammar: json,
    text: JSON.stringify(values).slice(1),
    expectedColumns: 1,
    width: "big",
  },
];

describe("The rows near a byte, which are found without an index", () => {
  for (const { name, grammar, text, expectedColumns, width } of files) {
    const source = new TextSource(bytesOf(text, width, begin));
    const file = { ...fileOf(source, scanner, grammar, width), begin };
    const rows = rowsOf(text, grammar).map(({ start, end }) => ({
      start: begin + start * file.bytesPerCharacter,
      end: begin + end * file.bytesPerCharacter,
    }));

    it(`${name}: are the same as with the whole text, from any byte on`, () =>
      fc.assert(
        fc.property(fc.nat({ max: source.size }), fc.integer({ min: 1, max: 60 }), (byte, count) => {
          const first = rows.findIndex(({ start }) => start >= byte);
          const spans = spansNear(file, { byte, count, direction: "after", expectedColumns });
          assert.deepEqual(spans, first === -1 ? [] : rows.slice(first, first + count));
        }),
        { numRuns: 12 },
      ));

    it(`${name}: are the same as with the whole text, up to any byte`, () =>
      fc.assert(
        fc.property(fc.nat({ max: source.size }), fc.integer({ min: 1, max: 60 }), (byte, count) => {
          // Without the bracket behind it nobody knows that the last record ends there.
          const whole = byte - (Math.max(0, byte - begin) % file.bytesPerCharacter);
          const last = whole < source.size ? rows.at(-1) : undefined;
          const behind = rows.findIndex((row) => row.end > whole || (row === last && row.end === whole));
          const until = behind === -1 ? rows.length : behind;
          const spans = spansNear(file, { byte, count, direction: "before", expectedColumns });
          assert.deepEqual(spans, rows.slice(Math.max(0, until - count), until));
        }),
        // Between the two bytes of the bracket that closes the array.
        { numRuns: 12, examples: [[source.size - 1, 1]] },
      ));

    it(`${name}: are the last ones at the file's end`, () => {
      const spans = spansNear(file, { byte: source.size, count: 100, direction: "before", expectedColumns });
      assert.deepEqual(spans, rows.slice(-100));
    });
  }

  it("are the same if bytes of letters look like quotes and delimiters", () => {
    // In Shift JIS, the second byte of 表 is a backslash and that of ポ a pipe.
    const pipes: Grammar = { ...commas, delimiter: 0x7c, escapes: true };
    const letters = values.map((value) => `${value}|"\x95\\"|\x83|\x95\\\n`).join("");
    const source = new TextSource(bytesOf(letters, "one", 0));
    const file = { ...fileOf(source, scanner, pipes), mixed: "shift_jis", begin: 0 } as const;
    const rows = rowsOf(letters.replaceAll(/(?<=[\x83\x95])./gs, "x"), pipes);
    for (const byte of [0, 300_000, 300_001, 300_002, source.size]) {
      const after = spansNear(file, { byte, count: 3, direction: "after", expectedColumns: 3 });
      const first = rows.findIndex(({ start }) => start >= byte);
      assert.deepEqual(after, first === -1 ? [] : rows.slice(first, first + 3));
      const before = spansNear(file, { byte, count: 3, direction: "before", expectedColumns: 3 });
      assert.deepEqual(before, rows.filter(({ end }) => end <= byte).slice(-3));
    }
  });

  it("are right if the bytes that are read begin within an escape", () => {
    const text = JSON.stringify(paths).slice(1);
    const source = new TextSource(bytesOf(text, "one", 0));
    const file = { ...fileOf(source, scanner, json), begin: 0 };
    const byte = text.indexOf('\\"', 100_000) + (1 << 18);
    const spans = spansNear(file, { byte, count: 5, direction: "before", expectedColumns: 3 });
    const ended = rowsOf(text, json).filter(({ end }) => end <= byte);
    assert.deepEqual(spans, ended.slice(-5));
  });

  it("need more bytes if they are long, and are not found if they are too long", () => {
    const row = `${"x".repeat(100_000)},y\n`;
    const source = new TextSource(bytesOf(row.repeat(40), "one", begin));
    const file = { ...fileOf(source, scanner, commas), begin };
    const request = { byte: source.size, count: 20, direction: "before" as const, expectedColumns: 2 };
    assert.equal(spansNear(file, request).length, 20);
    const endless = new TextSource(new Uint8Array(9 << 20).fill(0x61));
    assert.deepEqual(spansNear({ ...file, source: endless }, { ...request, byte: endless.size }), []);
    assert.ok(endless.bytesRead < 8 << 20);
  });
});
