import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { narrowUtf16 } from "../../../../src/table/source/narrow.ts";
import { decodeText, encodeText } from "../../../../src/table/source/textDecoding.ts";
import type { Encoding } from "../../../../src/table/tableTypes.ts";

describe("UTF-16 that is reduced to one byte per unit for searching", () => {
  it("keeps ASCII and turns everything else into 0xFF, in both byte orders and in the same buffer", () =>
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.nat(0xff), fc.nat(0xffff))),
        fc.boolean(),
        fc.boolean(),
        (units, littleEndian, odd) => {
          const from = Buffer.from(Uint16Array.from(units).buffer);
          if (!littleEndian) from.swap16();
          const bytes = odd ? Buffer.concat([from, Buffer.from([0x41])]) : from;
          const expected = units.map((unit) => (unit < 128 ? unit : 0xff));
          const to = new Uint8Array(units.length + 1).fill(7);
          assert.equal(narrowUtf16(bytes, to, littleEndian), units.length);
          assert.deepEqual([...to], [...expected, 7]);
          assert.equal(narrowUtf16(bytes, bytes, littleEndian), units.length);
          assert.deepEqual([...bytes.subarray(0, units.length)], expected);
        },
      ),
    ));

  it("stops at the end of the buffer", () => {
    const to = new Uint8Array(1);
    assert.equal(narrowUtf16(Buffer.from("ab", "utf16le"), to, true), 1);
  });
});

describe("Decoded text", () => {
  it("has for each byte of windows-1252 the character that the web's standard says", () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);
    assert.equal(decodeText(bytes, "windows-1252"), new TextDecoder("windows-1252").decode(bytes));
    assert.equal(decodeText(Uint8Array.of(0x80, 0x93, 0xe9), "windows-1252"), "€“é");
  });

  it("keeps U+FEFF, because it is a byte order mark only at the start of the file", () => {
    assert.equal(decodeText(Buffer.from("\ufeffa"), "utf-8"), "\ufeffa");
    assert.equal(decodeText(Buffer.from("\ufeffa", "utf16le"), "utf-16le"), "\ufeffa");
    assert.equal(decodeText(Buffer.from("\ufeffa", "utf16le").swap16(), "utf-16be"), "\ufeffa");
  });
});

describe("Encoded text", () => {
  const hex = (text: string, encoding: Encoding) => {
    const bytes = encodeText(text, encoding);
    return bytes && Buffer.from(bytes).toString("hex");
  };

  it("has the bytes that the encoding has for each character", () => {
    assert.equal(hex("é€", "utf-8"), "c3a9e282ac");
    assert.equal(hex("é€", "utf-16le"), "e900ac20");
    assert.equal(hex("é€", "utf-16be"), "00e920ac");
    assert.equal(hex("é€|", "windows-1252"), "e9807c");
    assert.equal(hex("é", "windows-1250"), "e9");
    assert.equal(hex("€", "windows-1250"), "80");
  });

  it("is missing if the encoding doesn't have a character, or has several bytes for it", () => {
    assert.equal(hex("a日", "windows-1252"), undefined);
    assert.equal(hex("a日", "shift_jis"), undefined);
    assert.equal(hex("a|", "shift_jis"), "617c");
  });
});
