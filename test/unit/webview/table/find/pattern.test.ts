import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { compileExpression } from "../../../../../src/table/find/expression.ts";
import type { FindPattern } from "../../../../../src/table/tableTypes.ts";
import { matchSpans, patternRegex } from "../../../../../src/webview/table/find/pattern.ts";

const plain: FindPattern = { text: "", regex: false, caseSensitive: false, wholeWord: false };

function marked(pattern: Partial<FindPattern>, text: string): string[] {
  const regex = patternRegex({ ...plain, ...pattern });
  return regex === undefined ? [] : matchSpans(text, regex).map(([from, to]) => text.slice(from, to));
}

describe("The marked text in cells", () => {
  it("is the text that the host's search finds", () => {
    const texts = fc.string({
      unit: fc.constantFrom("a", "b", "\u212a", "k", "ſ", "s", "é", "_", ".", "-", "(", "😀", " ", "1"),
    });
    fc.assert(
      fc.property(
        texts,
        texts.filter((text) => text !== ""),
        fc.boolean(),
        fc.boolean(),
        (text, wanted, caseSensitive, wholeWord) => {
          const pattern = { text: wanted, regex: false, caseSensitive, wholeWord };
          const { regex } = compileExpression(pattern);
          assert.deepEqual(marked(pattern, text), text.match(regex) ?? []);
        },
      ),
    );
  });

  it("consists of whole words if required, even next to letters that are not ASCII", () =>
    assert.deepEqual(marked({ text: "é", wholeWord: true }, "é été é_ (É)"), ["é", "É"]));

  it("follows regular expressions, with and without the flag u", () => {
    assert.deepEqual(marked({ text: String.raw`\d+`, regex: true }, "a1 b22"), ["1", "22"]);
    assert.deepEqual(marked({ text: String.raw`\p{Lu}`, regex: true, caseSensitive: true }, "aÉ"), ["É"]);
    assert.deepEqual(marked({ text: String.raw`a\-b`, regex: true }, "a-b"), ["a-b"]);
    assert.deepEqual(marked({ text: String.raw`a\-b`, regex: true, wholeWord: true }, "a-b éa-b a-b_"), ["a-b"]);
  });

  it("is empty for an empty text, an invalid expression and empty matches", () => {
    assert.equal(patternRegex(plain), undefined);
    assert.equal(patternRegex({ ...plain, text: "(", regex: true }), undefined);
    assert.deepEqual(marked({ text: "x*", regex: true }, "ab"), []);
  });

  it("has at most 50 matches per cell", () => assert.equal(marked({ text: "a" }, "a".repeat(1000)).length, 50));
});
