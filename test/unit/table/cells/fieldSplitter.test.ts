import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type QuotingOptions, splitFields } from "../../../../src/table/cells/fieldSplitter.ts";

const fields = (row: string, options?: QuotingOptions, delimiter = ","): unknown[] => {
  const { cells, malformed } = splitFields(row, delimiter, '"', options);
  return malformed ? [...cells, "(malformed)"] : [...cells];
};

describe("the fields of a row", () => {
  for (const [row, expected] of [
    ["", [""]],
    ["a,b,", ["a", "b", ""]],
    ['"a,b",c', ["a,b", "c"]],
    ['"a""b"', ['a"b']],
    ['""', [""]],
    ['"",""', ["", ""]],
    ['""""', ['"']],
    ['a"b,c"', ['a"b', 'c"']],
    ['"a"b,c', ["ab", "c", "(malformed)"]],
    ['"a" ,c', ["a ", "c", "(malformed)"]],
    ['"a,b', ["a,b", "(malformed)"]],
    ['"a""', ['a"', "(malformed)"]],
    ['"', ["", "(malformed)"]],
    ['a,"', ["a", "", "(malformed)"]],
    ['"a",', ["a", ""]],
    [' "a,b"', [' "a', 'b"']],
    [String.raw`"a\",b"`, [String.raw`a\ `.trim(), 'b"']],
  ] as const) {
    it(`are ${JSON.stringify(expected)} of ${row}`, () => assert.deepEqual(fields(row), expected));
  }

  it("are divided by a delimiter of several characters", () => {
    assert.deepEqual(fields('a||"b||c"||', {}, "||"), ["a", "b||c", ""]);
    assert.deepEqual(fields('"a"|b', {}, "||"), ["a|b", "(malformed)"]);
  });
});

describe("the fields of a row with backslashes", () => {
  for (const [row, expected] of [
    [String.raw`"a\"b",c`, ['a"b', "c"]],
    [String.raw`"a\\",c`, ["a\\", "c"]],
    [String.raw`"a\nb"`, [String.raw`a\nb`]],
    [String.raw`"a""b"`, ['a"b']],
    [String.raw`"a\"`, ['a"', "(malformed)"]],
    [String.raw`"a\\\"b"`, [String.raw`a\"b`]],
    [String.raw`a\"b,c`, [String.raw`a\"b`, "c"]],
    ['""', [""]],
    ['"a\\', ["a\\", "(malformed)"]],
  ] as const) {
    it(`are ${JSON.stringify(expected)} of ${row}`, () => assert.deepEqual(fields(row, { escapes: true }), expected));
  }
});

describe("the fields of a row with spaces before quotes", () => {
  for (const [row, expected] of [
    ['a,  "b,c"', ["a", "b,c"]],
    ['  "a",b', ["a", "b"]],
    ["  a, b", ["  a", " b"]],
    ["  ", ["  "]],
    ['\t"a,b"', ['\t"a', 'b"']],
  ] as const) {
    it(`are ${JSON.stringify(expected)} of ${JSON.stringify(row)}`, () =>
      assert.deepEqual(fields(row, { skipsSpaces: true }), expected));
  }
});
