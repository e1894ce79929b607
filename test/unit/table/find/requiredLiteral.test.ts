import { RegExpParser } from "@eslint-community/regexpp";
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { isCellSafe } from "../../../../src/table/find/cellSafe.ts";
import { withoutAssertions } from "../../../../src/table/find/relaxedSource.ts";
import { requiredLiterals } from "../../../../src/table/find/requiredLiteral.ts";

const parse = (source: string) => new RegExpParser().parsePattern(source, 0, source.length, { unicode: true });

describe("the texts that are in every match", () => {
  for (const [source, expected] of [
    ["abc", ["abc"]],
    ["a+bc", ["a", "abc"]],
    ["a{2}b", ["aab"]],
    ["a{2,3}b", ["aa", "aab"]],
    ["a{2,}b", ["aa", "aab"]],
    ["a?b", ["", "b"]],
    ["a*b", ["", "b"]],
    ["a{0,2}b", ["", "b"]],
    ["ab.cd", ["ab", "cd"]],
    ["ab\\dcd", ["ab", "cd"]],
    ["a[b]c", ["abc"]],
    ["a[bc]d", ["a", "d"]],
    ["a[^b]d", ["a", "d"]],
    ["a[b-c]d", ["a", "d"]],
    ["^a\\bb(?=c)$", ["ab"]],
    ["(?:ab)c", ["abc"]],
    ["(ab)c", ["abc"]],
    ["(?:ab|ab)c", ["abc"]],
    ["(?:ab|cd)e", ["", "e"]],
    ["(?:abc|xabcy)e", ["", "abc", "e"]],
    ["(?:ab){2}c", ["ababc"]],
    ["(?:ab)+c", ["ab", "ab", "abc"]],
    ["(?:a+b)+c", ["a", "a", "ab", "abc"]],
    ["a|b", []],
    ["ab|abc", ["ab"]],
    ["(a)\\1b", ["a", "b"]],
    ["(?i:a)b", ["", "b"]],
    ["(?:)b", ["b"]],
    ["\\u{1f600}a", ["😀a"]],
  ] as const) {
    it(`are ${JSON.stringify(expected)} for ${source}`, () =>
      assert.deepEqual([...new Set(requiredLiterals(parse(source)))].sort(), [...new Set<string>(expected)].sort()));
  }

  it("are repeated up to 256 characters", () => {
    const longest = (source: string): number =>
      Math.max(...requiredLiterals(parse(source)).map(({ length }) => length));
    assert.deepEqual(
      [longest("a{256}"), longest("a{257}"), longest("(?:abc){100}"), longest(`${"a".repeat(300)}{2}`)],
      [256, 256, 255, 301],
    );
    assert.equal(longest(`(?:${"a".repeat(300)}){2}`), 300);
  });
});

describe("an expression without what has no length", () => {
  for (const [source, relaxed] of [
    ["abc", "abc"],
    ["^a$", "(?:)a(?:)"],
    ["\\ba\\B", "(?:)a(?:)"],
    ["a(?=b)c", "a(?:)c"],
    ["(?<!a(?=b))c", "(?:)c"],
    ["(a)\\1", undefined],
  ] as const) {
    it(`is ${relaxed ?? "none"} for ${source}`, () => assert.equal(withoutAssertions(parse(source), source), relaxed));
  }
});

describe("an expression whose matches can't leave a cell", () => {
  const isSafe = (source: string): boolean =>
    isCellSafe(parse(source), (code) => code < 128 && !',"\r\n'.includes(String.fromCharCode(code)));

  for (const source of [
    "abc",
    "a|b",
    "[abc]",
    "[a-z0-9]",
    "\\d\\w",
    "[\\d_]",
    "(?:a|b)+",
    "(a)",
    "a{2,}",
    "\\ba\\B",
    "[ -!]",
    "",
  ]) {
    it(`is ${source || "the empty one"}`, () => assert.equal(isSafe(source), true));
  }

  for (const source of [
    ".",
    "a,",
    "[^a]",
    "[ -~]",
    "é",
    "[a-é]",
    "\\D",
    "\\W",
    "\\s",
    "[\\s]",
    "[\\D]",
    "^a",
    "a$",
    "(?=a)",
    "(?:a|,)",
    "(,)",
    "(a)\\1",
    "(?i:a)",
    "a|,",
    "\\p{L}",
    ",+",
    "[,]",
  ]) {
    it(`is not ${source}`, () => assert.equal(isSafe(source), false));
  }

  it("has each digit, letter and underscore as a safe character", () => {
    const without = (sign: string): boolean[] =>
      ["\\d", "\\w"].map((source) => isCellSafe(parse(source), (code) => code !== sign.charCodeAt(0)));
    for (const digit of ["0", "9"]) assert.deepEqual(without(digit), [false, false], digit);
    for (const letter of ["A", "Z", "a", "z", "_"]) assert.deepEqual(without(letter), [true, false], letter);
    for (const other of ["/", ":", "@", "[", "`", "{"]) assert.deepEqual(without(other), [true, true], other);
  });
});
