import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { delimiterCandidates, delimiterKind } from "../../../../src/table/detect/delimiterCandidates.ts";
import { longDelimiter } from "../../../../src/table/detect/longDelimiter.ts";
import { delimiters } from "../../../../src/table/tableTypes.ts";

describe("the kind of a character as a delimiter", () => {
  for (const [kind, characters] of [
    ["usual", delimiters],
    ["control", ["\u0001", "\u0008", "\u000e", "\u0019", "\u001b", "\u001f"]],
    ["symbol", Array.from("~^¦§¤¬·•¶†‡þÞÿ!#$%&*=?")],
    ["common", Array.from(" :/\\+@.-_")],
    [
      undefined,
      ["\u0000", "\u0009x", "\n", "\u000b", "\r", "\u001a", "a", "Z", "0", "(", "[", "{", "<", '"', "'", "ä"],
    ],
  ] as const) {
    it(`is ${kind ?? "none"} for ${JSON.stringify(characters.join(""))}`, () => {
      for (const character of characters)
        if (character.length === 1) assert.equal(delimiterKind(character), kind, character);
    });
  }
});

describe("the characters that may divide a text", () => {
  const unusual = (text: string, newline = "\n"): string[] =>
    delimiterCandidates(text, newline).slice(delimiters.length);

  it("are the usual ones first, in any case", () => {
    assert.deepEqual(delimiterCandidates("", "\n"), [...delimiters]);
    assert.deepEqual(delimiterCandidates("a~b\nc~d\n", "\n"), [...delimiters, "~"]);
  });

  it("are those that four of five lines contain equally often", () => {
    assert.deepEqual(unusual("a~b\nc~d\ne~f\ng~h\nij\n"), ["~"]);
    assert.deepEqual(unusual("a~b\nc~d\ne~f\nij\n"), []);
    assert.deepEqual(unusual("a~b~\nc~d~\ne~f~\ng~h~\ni~j\n"), ["~"]);
    assert.deepEqual(unusual("a~b~\nc~d~\ne~f\ng~h\n"), []);
    assert.deepEqual(unusual("a~b:c\nd~e:f\n"), ["~", ":"]);
  });

  it("are none of one line, and blank lines don't count", () => {
    assert.deepEqual(unusual("a~b\n"), []);
    assert.deepEqual(unusual("a~b\n \n\nc~d\n"), ["~"]);
    assert.deepEqual(unusual("a~b\rc~d\r", "\r"), ["~"]);
  });

  it("are not those in quotes, letters, digits, brackets and quotes themselves", () => {
    assert.deepEqual(unusual('"a~b":1\n"c~d":2\n'), [":"]);
    assert.deepEqual(unusual("a(1)'`b\nc(2)'`d\n"), []);
    assert.deepEqual(unusual("aþb\ncþd\n"), ["þ"]);
    assert.deepEqual(unusual("aÞb\ncÞd\n"), ["Þ"]);
    assert.deepEqual(unusual("aÿb\ncÿd\n"), ["ÿ"]);
  });

  it("are looked for in 50 lines and 8,192 characters", () => {
    const lines = (divided: number, others: number): string => "a~b\n".repeat(divided) + "ab\n".repeat(others);
    assert.deepEqual(unusual(lines(40, 100)), ["~"]);
    assert.deepEqual(unusual(lines(39, 100)), []);
    const long = `a~b\n${"x".repeat(8192 - 9)}\n`;
    assert.deepEqual(unusual(`${long}~~~~~~~`), []);
    assert.deepEqual(unusual(`a~b${"x".repeat(4000)}\na~${"x".repeat(4200)}\n:::\n:::\n:::\n`), ["~"]);
  });
});

describe("a delimiter of several characters", () => {
  for (const [text, delimiter] of [
    ["a||b||c\nd||e||f\n", "||"],
    ["a||b\nc||d\n", "||"],
    ["a::b::c\nd::e::f\n", "::"],
    ["a::b\nc::d\n", "::"],
    ["a~|~b\nc~|~d\n", "~|~"],
    ["a||||b\nc||||d\n", "||||"],
    ["a|||||b\nc|||||d\n", undefined],
    ["a|b\nc|d\n", undefined],
    ["a,,b\nc,,d\n", undefined],
    ["a,,b,,c\nd,,e,,f\n", ",,"],
    ["a;;b\nc;;d\n", undefined],
    ["a||b||||c\nd||e||||f\n", "||"],
    ["a||b|c\nd||e|f\n", undefined],
    ["a||b\nc||d\ne||f\ng||h\nij\n", "||"],
    ["a||b\nc||d\ne||f\nij\n", undefined],
    ["a||b\n", undefined],
    ["a||b\n\n \nc||d\n", "||"],
    ['"a||b"::c\n"d"::e\n', "::"],
    ["ab\nc||d\ne||f\ng||h\ni||j\n", "||"],
    ["ab\ncd\ne||f\ng||h\n", undefined],
  ] as const) {
    it(`is ${delimiter ?? "none"} in ${JSON.stringify(text)}`, () =>
      assert.equal(longDelimiter(text, "\n"), delimiter));
  }

  it("is looked for in 50 lines and 8,192 characters", () => {
    const lines = (divided: number, others: number): string => "a||b\n".repeat(divided) + "ab\n".repeat(others);
    assert.equal(longDelimiter(lines(40, 100), "\n"), "||");
    assert.equal(longDelimiter(lines(39, 100), "\n"), undefined);
    assert.equal(longDelimiter(`a||b\nc||d${"x".repeat(8190)}\n${"|\n".repeat(9)}`, "\n"), "||");
    assert.equal(longDelimiter("a||b\rc||d\r", "\r"), "||");
  });
});
