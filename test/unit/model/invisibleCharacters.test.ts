import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import {
  hasInvisibles,
  splitAtInvisibles,
  withoutBlanks,
  withoutInvisibles,
} from "../../../src/model/invisibleCharacters.ts";

/** Every kind of character without a shape, with one example each. */
const kinds = {
  "a control": "\u0001",
  "a soft hyphen": "\u00ad",
  "a combining grapheme joiner": "\u034f",
  "an Arabic letter mark": "\u061c",
  "a Hangul filler": "\u3164",
  "a Khmer inherent vowel": "\u17b5",
  "a Mongolian vowel separator": "\u180e",
  "a zero-width space": "\u200b",
  "a zero-width joiner": "\u200d",
  "a right-to-left override": "\u202e",
  "a first strong isolate": "\u2068",
  "a line separator": "\u2028",
  "an invisible plus": "\u2064",
  "a word joiner": "\u2060",
  "a variation selector": "\ufe0f",
  "a byte order mark": "\ufeff",
  "an annotation mark": "\ufffa",
  "a musical symbol control": "\u{1d173}",
  "a tag": "\u{e0041}",
  "a further variation selector": "\u{e0100}",
  "a code point that is reserved for more": "\u{e0fff}",
};

describe("a character that can't be seen", () => {
  for (const [kind, character] of Object.entries(kinds)) {
    it(`is found everywhere between letters: ${kind}`, () => {
      const text = `pay${character}pal`;
      assert.equal(hasInvisibles(text), true);
      assert.equal(withoutInvisibles(text), "paypal");
      assert.equal(withoutBlanks(`p ay${character}\u00a0\u2800pal`), "paypal");
      assert.deepEqual(splitAtInvisibles(text), [
        { part: "pay", isInvisible: false },
        { part: character, isInvisible: true },
        { part: "pal", isInvisible: false },
      ]);
    });
  }

  it("makes no empty parts where it begins or ends a text, or follows another one", () => {
    const [one, other] = [kinds["a control"], kinds["a tag"]];
    assert.deepEqual(
      splitAtInvisibles(`${one}${other}a${one}`).map(({ part }) => part),
      [one, other, "a", one],
    );
    assert.deepEqual(splitAtInvisibles(""), []);
    assert.deepEqual(splitAtInvisibles("abc"), [{ part: "abc", isInvisible: false }]);
  });

  it("is part of an emoji or a letter that is written with it", () => {
    for (const text of ["👩‍👩‍👧", "👩🏽‍🚀", "می‌خواهم", "क्‍ष", "❤️‍🔥", "❤️", "1️⃣", "葛\u{e0100}", "ᠠ\u180b"]) {
      assert.equal(hasInvisibles(text), false, text);
      assert.equal(withoutInvisibles(text), text);
    }
  });

  it("is found behind an emoji that is written with one, because text can be hidden in more of them", () => {
    const hidden = "😀\ufe0f\ufe01\u{e0155}\u{e0156}";
    assert.equal(withoutInvisibles(hidden), "😀\ufe0f");
  });

  it("is never left in a text without them, and nothing else is lost", () =>
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const parts = splitAtInvisibles(text);
        assert.equal(parts.map(({ part }) => part).join(""), text);
        assert.equal(
          parts.flatMap(({ part, isInvisible }) => (isInvisible ? [] : [part])).join(""),
          withoutInvisibles(text),
        );
      }),
    ));

  it("is not a letter, a space or a sign", () => {
    assert.equal(hasInvisibles("Müller, 12 € – “ok” 日本語 עברית ۝ \u00a0"), false);
  });
});
