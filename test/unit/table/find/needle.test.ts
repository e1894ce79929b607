import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { exactNeedle, longestNeedleOf, type NeedleRules, wholeNeedle } from "../../../../src/table/find/needle.ts";
import type { Needle } from "../../../../src/table/scan/scanner.ts";
import { csvReading } from "../csvReading.ts";
import type { Reading } from "../../../../src/table/tableTypes.ts";

const rules = (reading: Partial<Reading> = {}, more: Partial<NeedleRules> = {}): NeedleRules => ({
  reading: { ...csvReading, ...reading },
  foldsCase: false,
  ...more,
});
const shown = (needle: Needle | undefined): string | undefined =>
  needle && `${Buffer.from(needle.bytes).toString("latin1")}${needle.foldsCase ? " (any case)" : ""}`;
const whole = (text: string, given = rules()): string | undefined => shown(wholeNeedle(text, given));
const longest = (pieces: readonly string[], given = rules()): string | undefined =>
  shown(longestNeedleOf(pieces, given));

describe("a text that is searched in the bytes of a file", () => {
  it("is the whole text, if the file can't write it in another way", () => {
    assert.equal(whole("Ab 1\\"), "Ab 1\\");
    for (const text of ["a,b", 'a"b', "a\nb", "a\rb", ""]) assert.equal(whole(text), undefined, text);
    assert.equal(whole("a,b", rules({ delimiter: ";" })), "a,b");
    assert.equal(whole('a"b', rules({ quote: "'" })), 'a"b');
    assert.equal(whole("a\\b", rules({ escape: "backslash" })), undefined);
  });

  it("has up to 4,096 characters", () => {
    assert.equal(whole("a".repeat(4096))?.length, 4096);
    assert.equal(whole("a".repeat(4097)), undefined);
  });

  it("in JSON has only letters, digits, spaces, dashes and underscores", () => {
    const json = rules({ kind: "jsonLines" });
    assert.equal(whole("aZ 09_-", json), "aZ 09_-");
    for (const sign of ["/", "é", "\\", ".", ",", "{"]) assert.equal(whole(`a${sign}`, json), undefined, sign);
  });

  it("has the bytes of the encoding, if that has them", () => {
    assert.equal(whole("é"), "\xc3\xa9");
    assert.equal(whole("é", rules({ encoding: "windows-1252" })), "\xe9");
    assert.equal(whole("日", rules({ encoding: "windows-1252" })), undefined);
    assert.equal(whole("é", rules({ encoding: "utf-16le" })), undefined);
    assert.equal(whole("a\u007f", rules({ encoding: "utf-16le" })), "a\u007f");
    assert.equal(whole("é", rules({ encoding: "windows-1250" })), undefined);
    for (const text of ["\ufffd", "\ud800"]) assert.equal(whole(text), undefined);
  });

  it("ignores the case of the letters from A to Z only", () => {
    const anyCase = rules({}, { foldsCase: true });
    assert.equal(whole("AbZ@[", anyCase), "abz@[ (any case)");
    assert.equal(whole("12", anyCase), "12");
    assert.equal(whole("é", anyCase), undefined);
    assert.equal(whole("日", anyCase), "\xe6\x97\xa5");
    assert.deepEqual(
      [whole("a", anyCase), whole("z", anyCase), whole("A1", anyCase)],
      ["a (any case)", "z (any case)", "a1 (any case)"],
    );
  });

  it("lacks characters that it must not have", () => {
    const without = rules({}, { without: /[sk]/i });
    assert.equal(whole("desk", without), undefined);
    assert.equal(longest(["deskbar"], without), "bar");
  });

  it("is exactly a text, if that is wanted", () => {
    assert.deepEqual([shown(exactNeedle("Ab")), shown(exactNeedle("Ab", true))], ["Ab", "Ab (any case)"]);
  });
});

describe("the longest part of some texts that can be searched", () => {
  for (const [pieces, expected] of [
    [["ab,cde,f"], "cde"],
    [["ab", "cde", "fgh"], "cde"],
    [[",", '"'], undefined],
    [[], undefined],
    [[""], undefined],
    [[",ab"], "ab"],
    [["ab,"], "ab"],
    [["éé", "abc"], "\xc3\xa9\xc3\xa9"],
  ] as const) {
    it(`is ${JSON.stringify(expected)} of ${JSON.stringify(pieces)}`, () => assert.equal(longest(pieces), expected));
  }

  it("has at most 64 characters, none of them cut in two", () => {
    assert.equal(longest(["a".repeat(65)]), "a".repeat(64));
    assert.equal(longest([`${"a".repeat(63)}😀`]), `${"a".repeat(63)}\xef\xbf\xbd`);
  });
});
