import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { bestQuoting } from "../../../../src/table/detect/quoting.ts";
import { hasEvidence, hasMuchEvidence, tryDialect } from "../../../../src/table/detect/trial.ts";
import type { ReadAs } from "../../../../src/table/tableTypes.ts";

const doubled = { quote: '"', escape: "double", skipsSpaces: false } as const;

function trial(text: string, { delimiter = ",", whole = true } = {}) {
  return tryDialect({ text, whole, newline: "\n" }, delimiter, doubled);
}

/** The quoting in short: the quote, and what is special about it. */
function quoting(
  text: string,
  { readAs = {}, delimiter = ",", whole = true }: { readAs?: ReadAs; delimiter?: string; whole?: boolean } = {},
): string {
  const { quote, escape, skipsSpaces } = bestQuoting({ text, whole, newline: "\n" }, delimiter, readAs).quoting;
  return `${quote || "none"}${escape === "backslash" ? " backslash" : ""}${skipsSpaces ? " spaces" : ""}`;
}

describe("a trial of a delimiter", () => {
  it("knows how many columns most rows have, and how many rows are even", () => {
    for (const [text, columns, evenness] of [
      ["a,b\nc,d\n", 2, 1],
      ["a,b\nc,d\ne\n", 2, 2 / 3],
      ["a,b,c\nd,e\nf,g\n", 2, 1 / 3],
      ["a\nb\n", 1, 1],
      ["", 1, 0],
      ["a,b\n\nc,d\n", 2, 1],
      ['a,b\n"c"x,d\n', 2, 0.5],
      ["a,b\nc,d,e\n", 2, 0.5],
    ] as const) {
      const found = trial(text);
      assert.deepEqual([found.columns, found.evenness], [columns, evenness], JSON.stringify(text));
    }
  });

  it("counts a title less than a row", () => {
    const { titles, start, evenness } = trial("Sales\na,b\nc,d\ne,f\ng,h\n");
    assert.deepEqual([titles, start, evenness], [1, 1, 4 / 4.25]);
  });

  it("has no titles before rows that are no evidence", () => {
    const { titles, start } = trial("Sales\n1,5\n2,6\n");
    assert.deepEqual([titles, start], [0, 0]);
  });

  it("looks at 100 rows", () => assert.equal(trial("a,b\n".repeat(101)).rows.length, 100));

  it("counts quotes, and those that don't match", () => {
    const { quotedRows, damagedRows, quotedCells, strayCells } = trial('"a","b"\nc,d"\n"e"x,f\ng,h\n');
    assert.deepEqual([quotedRows, damagedRows, quotedCells, strayCells], [2, 1, 3, 1]);
  });

  it("is evidence if the delimiter isn't only in numbers and sentences", () => {
    for (const [text, has, hasMuch] of [
      ["a,b\nc,d\n", true, true],
      ["1,5\n2,6\n", false, false],
      ["a, b\nc, d\n", false, false],
      ["1,5\n2,6\na,b\n", true, false],
      ["1,5\na,b\n", true, false],
      ["1,5\na,b\nc,d\n", true, true],
      ["1,5,a\n2,6,b\n", false, false],
      ["1,5,a,b\n2,6,c,d\n", true, true],
      ["a\nb\n", false, false],
    ] as const) {
      assert.deepEqual([hasEvidence(trial(text)), hasMuchEvidence(trial(text))], [has, hasMuch], JSON.stringify(text));
    }
  });
});

describe("the quotes of a text", () => {
  for (const [text, expected] of [
    ["a,b\n", '"'],
    ['"a","b"\n', '"'],
    ["'a,b','c'\n'd','e'\n", "'"],
    ["'tis,a\n", '"'],
    ["'a',\"b\"\n'c',\"d\"\n", '"'],
    [String.raw`"a\"b","c"` + "\n" + String.raw`"d\",e","f"` + "\n", '" backslash'],
    [String.raw`"C:\","b"` + "\n" + String.raw`"D:\","c"` + "\n", '"'],
    ['a, "b,c"\nd, "e,f"\n', '" spaces'],
    ['a, b"c\nd, e\n', '"'],
    ['a\t"b\nc\td"\ne\tf\n', '"'],
  ] as const) {
    it(`are ${expected} in ${JSON.stringify(text)}`, () => assert.equal(quoting(text), expected));
  }

  it("are those that were chosen", () => {
    assert.equal(quoting('"a,b"\n', { readAs: { quote: "" } }), "none");
    assert.equal(quoting("'a,b'\n", { readAs: { quote: '"' } }), '"');
    assert.equal(quoting("'a,b'\n", { readAs: { quote: "'" } }), "'");
    assert.equal(quoting("a,b\n", { readAs: { quote: '"', escape: "backslash" } }), '" backslash');
    assert.equal(quoting("a,b\n", { readAs: { escape: "backslash" } }), '" backslash');
    assert.equal(quoting(String.raw`'a\'b','c'` + "\n", { readAs: { quote: "'" } }), "' backslash");
    assert.equal(quoting(String.raw`'a\'b','c'` + "\n", { readAs: { quote: "'", escape: "double" } }), "'");
    assert.equal(quoting("a, 'b,c'\n", { readAs: { quote: "'" } }), "' spaces");
  });

  it("are none if hardly any of them match, and the rows are even without them", () => {
    assert.equal(quoting('1\t"a\n2\tb\n3\t"c" d\n', { delimiter: "\t" }), "none");
    assert.equal(quoting('1,"a"x\n2,"b"y\n3,c\n'), "none");
    assert.equal(quoting('1,"a"x\n2,"b"\n3,"c"\n'), '"', "one of three is damaged");
    assert.equal(quoting('1,"a\n2,b\n3,c\n', { whole: false }), "none", "an open quote takes in three lines");
    assert.equal(quoting('1,"a\n2,b\n3,c', { whole: false }), '"', "two lines and the beginning of a third");
  });
});
