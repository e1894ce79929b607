import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { layOutJson } from "../../../../src/table/detect/jsonLayout.ts";

/** The text laid out, with `…` if it is cut. */
function laidOut(text: string, longest = 1000): string {
  const { text: shown, cut } = layOutJson(text, longest);
  return shown + (cut ? "…" : "");
}

describe("JSON that is laid out", () => {
  for (const [text, expected] of [
    ["", ""],
    ["1", "1"],
    [" 1 ", "1"],
    ["{}", "{}"],
    ["[]", "[]"],
    ["{ }", "{}"],
    ["[1]", "[\n  1\n]"],
    ["[1,2]", "[\n  1,\n  2\n]"],
    ['{"a":1}', '{\n  "a": 1\n}'],
    ['{ "a" : 1 , "b" : [ ] }', '{\n  "a": 1,\n  "b": []\n}'],
    ["[[1]]", "[\n  [\n    1\n  ]\n]"],
    ['"a, {b}: [c]"', '"a, {b}: [c]"'],
    [String.raw`["a\",",1]`, String.raw`[` + "\n  " + String.raw`"a\",",` + "\n  1\n]"],
    ["[1.50, 12345678901234567890]", "[\n  1.50,\n  12345678901234567890\n]"],
    ['{"a":1', '{\n  "a": 1'],
    ['["open', '[\n  "open'],
    ["]", "\n]"],
    ["}}1", "\n}\n}1"],
    ["[1 2]", "[\n  1 2\n]"],
    ['["a"  "b"c]', '[\n  "a" "b"c\n]'],
    ['[nul"a"l]', '[\n  nul"a"l\n]'],
    ["[tru\te]", "[\n  tru e\n]"],
  ] as const) {
    it(`is ${JSON.stringify(expected)} for ${text}`, () => assert.equal(laidOut(text), expected));
  }

  it("is indented up to forty levels", () => {
    const brackets = "[".repeat(42);
    const lines = laidOut(`${brackets}1`, 10_000).split("\n");
    assert.deepEqual(
      lines.map((line) => line.search(/\S/)),
      Array.from({ length: 43 }, (_, depth) => 2 * Math.min(depth, 40)),
    );
  });

  it("is cut at a length", () => {
    assert.equal(laidOut('{"a":1}', 12), '{\n  "a": 1\n}');
    assert.equal(laidOut('{"a":1}', 11), '{\n  "a": 1\n…');
    assert.equal(laidOut('{"a":1}', 10), '{\n  "a": 1…');
    assert.equal(laidOut('{"a":1}', 9), '{\n  "a": …');
    assert.equal(laidOut('"long text"', 5), '"long…');
    assert.equal(laidOut("1 ", 1), "1…", "white space may be all that is left");
  });
});
