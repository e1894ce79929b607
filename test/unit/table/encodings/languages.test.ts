import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type Language, writtenIn } from "../../../../src/table/encodings/languages.ts";
import { decodeText } from "../../../../src/table/source/textDecoding.ts";
import type { Encoding } from "../../../../src/table/tableTypes.ts";

/** How many letters and pairs each language has, so that no line of them gets lost. */
const sizes: readonly (readonly [Encoding, string])[] = [
  ["windows-1252", "4 99, 15 162, 7 170, 12 183, 6 80, 6 36, 4 54, 4 82, 6 52, 5 56, 10 187, 10 169"],
  ["windows-1250", "9 189, 15 202, 17 198, 9 206, 5 71, 5 76, 3 73"],
  ["windows-1254", "9 166"],
  ["windows-1251", "33 260, 33 260, 30 260"],
  ["windows-1253", "36 260"],
  ["windows-1257", "9 131, 11 182, 6 93"],
  ["windows-1255", "27 260"],
  ["windows-1256", "36 260"],
];

const byEncoding = new Map(writtenIn);
const eachLanguage = writtenIn.flatMap(([encoding, languages]) =>
  languages.map((language) => [encoding, language] as const),
);

/** What an encoding has beyond ASCII, in small letters. */
function lettersOf(encoding: Encoding): ReadonlySet<string> {
  const bytes = Uint8Array.from({ length: 128 }, (_, at) => at + 128);
  return new Set(decodeText(bytes, encoding).toLowerCase());
}

function sizeOf({ letters, pairs }: Language): string {
  return `${letters.size} ${pairs.size}`;
}

describe("the languages of an encoding", () => {
  for (const [encoding, expected] of sizes) {
    it(`have all their letters and pairs: ${encoding}`, () =>
      assert.equal(byEncoding.get(encoding)?.map(sizeOf).join(", "), expected));
  }

  it("are those of its region in each encoding of the same letters", () => {
    for (const [encoding, same] of [
      ["iso-8859-2", "windows-1250"],
      ["iso-8859-7", "windows-1253"],
      ["koi8-r", "windows-1251"],
      ["iso-8859-5", "windows-1251"],
      ["ibm866", "windows-1251"],
      ["x-mac-cyrillic", "windows-1251"],
    ] as const) {
      assert.equal(byEncoding.get(encoding), byEncoding.get(same), encoding);
    }
    assert.equal(writtenIn.length, sizes.length + 6);
  });

  it("have small letters of one of their encodings alone", () => {
    for (const [, languages] of writtenIn) {
      const encodings = writtenIn.filter(([, others]) => others === languages).map(([encoding]) => lettersOf(encoding));
      for (const { letters } of languages) {
        const missing = [...letters].filter((letter) => !encodings.some((has) => has.has(letter)));
        assert.deepEqual(missing, []);
      }
    }
  });

  it("have pairs of which one is such a letter, and the other one too, or a letter of ASCII, or a word's end", () => {
    for (const [encoding, { letters, pairs }] of eachLanguage) {
      for (const pair of pairs.keys()) {
        const isPair = /^[ a-z]?[^\0-\u007f]{1,2}[ a-z]?$/.test(pair) && pair.length === 2;
        assert.ok(
          isPair && Array.from(pair).every((each) => /[ a-z]/.test(each) || letters.has(each)),
          `${encoding}: ${pair}`,
        );
      }
    }
  });

  it("have each pair once, in order", () => {
    for (const [, { pairs }] of eachLanguage) {
      assert.deepEqual(
        [...pairs.values()],
        Array.from({ length: pairs.size }, (_, place) => place),
      );
    }
  });
});
