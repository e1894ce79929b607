import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { compileExpression, countMatches, nextMatch } from "../../../../src/table/find/expression.ts";
import { patternExpression } from "../../../../src/table/find/patternExpression.ts";
import type { FindPattern } from "../../../../src/table/tableTypes.ts";

const pattern = (text: string, choices: Partial<FindPattern> = {}): FindPattern => ({
  text,
  regex: false,
  caseSensitive: false,
  wholeWord: false,
  ...choices,
});
const flagsOf = (text: string, choices?: Partial<FindPattern>): string =>
  patternExpression(pattern(text, choices)).regex.flags;

describe("the expression for a pattern", () => {
  it("has every sign of a text that has a meaning escaped", () => {
    const signs = String.raw`\^$.*+?()[]{}|/-,"'`;
    const { regex, source } = patternExpression(pattern(signs));
    assert.equal(countMatches(regex, `${signs} ${signs}`), 2);
    assert.equal(countMatches(new RegExp(source, "gu"), signs), 1);
  });

  it("ignores case unless told otherwise, and knows Unicode where that changes nothing else", () => {
    assert.equal(flagsOf("a"), "gi");
    assert.equal(flagsOf("a", { caseSensitive: true }), "gu");
    assert.equal(flagsOf("a", { wholeWord: true }), "giu");
    assert.equal(flagsOf("a", { regex: true }), "giu");
    assert.equal(flagsOf("a", { regex: true, caseSensitive: true }), "gu");
    assert.equal(flagsOf(String.raw`\-`, { regex: true, caseSensitive: true }), "g");
  });

  it("for whole words keeps its own source", () => {
    const { regex, source } = patternExpression(pattern("a|b", { regex: true, wholeWord: true }));
    assert.equal(source, "a|b");
    assert.equal(countMatches(regex, "a ab b,a_ (b) aé a1 éa"), 3);
  });

  it("for whole words also works without Unicode, for all characters below U+10000", () => {
    const { regex } = patternExpression(pattern(String.raw`a\-`, { regex: true, wholeWord: true }));
    assert.equal(regex.unicode, false);
    for (const [text, count] of [
      ["a-", 1],
      ["xa-", 0],
      ["_a-", 0],
      ["0a-", 0],
      ["日a-", 0],
      ["a-é", 0],
      ["a-ー", 0],
      ["a-\uffdc", 0],
      ["a-!", 1],
      ["`a-", 1],
      ["{a-", 1],
      ["@a-", 1],
      ["/a-:", 1],
    ] as const) {
      assert.equal(countMatches(regex, text), count, text);
    }
  });
});

describe("the matches in a text", () => {
  it("are counted from its beginning, without overlaps and empty ones", () => {
    const regex = /aa/g;
    regex.lastIndex = 3;
    assert.equal(countMatches(regex, "aaaaa"), 2);
    assert.equal(countMatches(/x*/g, "xaxx"), 2);
    assert.equal(countMatches(/x*/gu, "😀x"), 1);
    assert.equal(countMatches(/x*/gu, "\uffffx"), 1);
    assert.equal(countMatches(/(?:)/g, "abc"), 0);
  });

  it("are found from a position on, which moves behind each", () => {
    const regex = /a/g;
    regex.lastIndex = 1;
    assert.equal(nextMatch(regex, "aba")?.index, 2);
    assert.equal(regex.lastIndex, 3);
    assert.equal(nextMatch(regex, "aba"), null);
  });

  it("begin after the compiled expression was tried out", () => {
    const { regex } = compileExpression(pattern("x*", { regex: true }));
    assert.equal(regex.lastIndex, 0);
  });
});

describe("a pattern that can't be searched", () => {
  it("is empty, too long or invalid, and the sentence says which", () => {
    for (const [text, regex, message] of [
      ["", false, /^Enter a text/],
      ["", true, /^Enter a text/],
      ["ab".repeat(50_000), false, /^The text to search for is too long\.$/],
      ["(", true, /^This is not a valid regular expression: Unterminated group$/],
      ["[b-a]", true, /^This is not a valid regular expression: Range out of order in character class$/],
    ] as const) {
      assert.throws(() => compileExpression(pattern(text, { regex })), { code: "invalidRequest", message });
    }
  });
});
