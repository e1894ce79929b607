import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type Quoting, type SampleRow, sampleRows } from "../../../../src/table/detect/sampleRows.ts";

const doubled: Quoting = { quote: '"', escape: "double", skipsSpaces: false };
const none: Quoting = { ...doubled, quote: "" };
const backslash: Quoting = { ...doubled, escape: "backslash" };
const spaced: Quoting = { ...doubled, skipsSpaces: true };

interface Options {
  readonly delimiter?: string;
  readonly quoting?: Quoting;
  readonly newline?: "\n" | "\r";
  readonly whole?: boolean;
  readonly most?: number;
}

function sample(
  text: string,
  { delimiter = ",", quoting = doubled, newline = "\n", whole = true, most = 100 }: Options = {},
) {
  return sampleRows(text, { delimiter, quoting, newline }, whole, most);
}

const cellsOf = (text: string, options?: Options): unknown => sample(text, options).rows.map(({ cells }) => cells);

function only(text: string, options?: Options): SampleRow {
  const [row, ...others] = sample(text, options).rows;
  assert.ok(row);
  assert.deepEqual(others, []);
  return row;
}

describe("the rows of a sample", () => {
  it("are divided at the delimiter and the newline, and know where they begin", () => {
    const { rows, rest } = sample("a,b\n\nc,,d\n");
    assert.deepEqual(
      rows.map(({ cells, from }) => [from, ...cells]),
      [
        [0, "a", "b"],
        [4, ""],
        [5, "c", "", "d"],
      ],
    );
    assert.equal(rest, "");
  });

  it("are divided at a delimiter of several characters, and at CR alone", () => {
    assert.deepEqual(cellsOf("a||b|c\rd||\r", { delimiter: "||", newline: "\r" }), [
      ["a", "b|c"],
      ["d", ""],
    ]);
  });

  it("don't end in the other character of a line ending, however often it is there", () => {
    assert.deepEqual(cellsOf("a,b\r\r\nc\r,d\n"), [
      ["a", "b"],
      ["c\r", "d"],
    ]);
    assert.deepEqual(cellsOf("a,b\n\rc\n\n\r", { newline: "\r" }), [["a", "b"], ["c"]]);
  });

  it("leave out the last one if the text goes on, and give its text", () => {
    assert.deepEqual(sample("a,b\nc,d", { whole: false }).rest, "c,d");
    assert.deepEqual(cellsOf("a,b\nc,d", { whole: false }), [["a", "b"]]);
    assert.deepEqual(cellsOf("a,b\nc,d"), [
      ["a", "b"],
      ["c", "d"],
    ]);
    assert.equal(sample("a,b\nc,d").rest, "c,d");
    assert.deepEqual(cellsOf("a,b\n", { whole: false }), [["a", "b"]]);
  });

  it("are no more than wanted", () => {
    assert.deepEqual(cellsOf("a\nb\nc\n", { most: 2 }), [["a"], ["b"]]);
    assert.equal(sample("a\nb\nc\n", { most: 2 }).rest, "");
    assert.deepEqual(cellsOf(""), []);
  });
});

describe("a quoted cell of a sample", () => {
  for (const [what, text, cells, options] of [
    ["contains delimiters and newlines", '"a,\nb",c\n', ["a,\nb", "c"], {}],
    ["contains doubled quotes", '"a""b",c\n', ['a""b', "c"], {}],
    ["ends at a single quote", '"a"b"c,d\n', ['ab"c', "d"], {}],
    ["contains a quote after a backslash", String.raw`"a\",b",c`, [String.raw`a\",b`, "c"], { quoting: backslash }],
    ["ends after two backslashes", String.raw`"a\\",c`, [String.raw`a\\`, "c"], { quoting: backslash }],
    ["doesn't know backslashes unless told", String.raw`"a\",c`, [String.raw`a\ `.trim(), "c"], {}],
    ["may follow spaces if told", '  "a,b",c\n', ["a,b", "c"], { quoting: spaced }],
    ["may not follow spaces otherwise", ' "a,b",c\n', [' "a', 'b"', "c"], {}],
    ["has other quotes if told", "'a,b',\"c\"\n", ["a,b", '"c"'], { quoting: { ...doubled, quote: "'" } }],
    ["is none without quotes", '"a,b"\n', ['"a', 'b"'], { quoting: none }],
    ["keeps spaces of a cell that isn't quoted", "  a, b\n", ["  a", " b"], { quoting: spaced }],
    ["may be empty", '"",""\n', ["", ""], {}],
  ] as const) {
    it(what, () => assert.deepEqual(only(text, options).cells, cells));
  }

  it("is counted", () => {
    assert.deepEqual(
      [only('"a",b,"c"\n').quoted, only("a,b\n").quoted, only('"a,b"\n', { quoting: none }).quoted],
      [2, 0, 0],
    );
  });

  it("is damaged if something follows its end, except spaces and line ends", () => {
    for (const [text, isDamaged] of [
      ['"a"b,c\n', true],
      ['"a" ,c\n', false],
      ['"a"\r\n', false],
      ['"a"\t,c\n', true],
      ['"a",b\n', false],
      ['b"a",c\n', false],
    ] as const) {
      assert.equal(only(text).damaged, isDamaged, text);
    }
  });

  it("is damaged if it never ends, and takes in everything", () => {
    const { rows, rest } = sample('a,b\n"c,d\ne,f\n');
    assert.deepEqual(
      rows.map(({ cells, damaged }) => [damaged, ...cells]),
      [
        [false, "a", "b"],
        [true, "c,d\ne,f\n"],
      ],
    );
    assert.equal(rest, '"c,d\ne,f\n');
    assert.equal(sample('"c', { whole: false }).rows.length, 0);
    assert.equal(only(String.raw`"c\"`, { quoting: backslash }).damaged, true);
  });

  it("is stray if a quote is somewhere in a cell that isn't quoted", () => {
    assert.deepEqual([only('a"b,c"\n').stray, only('"a""b"\n').stray, only("a,b\n").stray], [2, 0, 0]);
    assert.equal(only('a"b\n', { quoting: none }).stray, 0);
  });
});

describe("a doubtful delimiter", () => {
  for (const [text, doubtful, delimiter] of [
    ["1,5\n", 1, ","],
    ["1,a\n", 0, ","],
    ["a,5\n", 0, ","],
    ["9,0,9\n", 2, ","],
    ["a, b\n", 1, ","],
    ["a,b\n", 0, ","],
    ["a, b, c,d\n", 2, ","],
    ["1;5\n", 0, ";"],
    ["a; b\n", 0, ";"],
    ["a| b\n", 0, "|"],
    ["a\t b\n", 0, "\t"],
    ["a: b\n", 1, ":"],
    ['a,"b"\n', 0, ","],
    [" a,b\n", 0, ","],
    ["/,:\n", 0, ","],
  ] as const) {
    it(`can belong to a number or a sentence: ${doubtful} in ${JSON.stringify(text)}`, () => {
      assert.equal(only(text, { delimiter }).doubtful, doubtful);
    });
  }
});
