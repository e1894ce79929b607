import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { ByteSource } from "../../../../src/table/source/byteSource.ts";
import { maskMixed, maskRead, type MixedEncoding } from "../../../../src/table/source/mixedText.ts";

const letters: readonly (readonly [MixedEncoding, string])[] = [
  // 表 in Shift JIS ends like a backslash, ポ like a pipe, and half-width ｱ is one byte.
  ["shift_jis", "22 955c 22 2c 837c b1 5c 2c 8140 0a"],
  ["big5", "22 b35c 22 2c a55c bb5c 5c 0a"],
  ["gbk", "22 975c 22 2c c5fe 5c 0a"],
  ["gb18030", "22 975c 22 8130 8130 22 5c 0a"],
  ["euc-kr", "22 b0a1 5c b0a1 22 0a"],
  ["iso-2022-jp", "1b2442 4a22 2c5c 1b2842 22 2c 5c 0a 22"],
];
const expected: Readonly<Record<MixedEncoding, string>> = {
  shift_jis: "22 95ff 22 2c 83ff b1 5c 2c 81ff 0a",
  big5: "22 b3ff 22 2c a5ff bbff 5c 0a",
  gbk: "22 97ff 22 2c c5fe 5c 0a",
  gb18030: "22 97ff 22 81ff 81ff 22 5c 0a",
  "euc-kr": "22 b0a1 5c b0a1 22 0a",
  "iso-2022-jp": "1bffff ffff ffff 1bffff 22 2c 5c 0a 22",
};

const bytes = (hex: string): Buffer => Buffer.from(hex.replaceAll(" ", ""), "hex");

function sourceOf(file: Buffer): ByteSource {
  const read = (target: Uint8Array, byte: number): number => file.copy(target, 0, byte, byte + target.length);
  return { size: file.length, read, close: () => undefined };
}

describe("text in which a byte below 128 can be part of another character", () => {
  for (const [encoding, hex] of letters) {
    it(`has no structural characters in letters: ${encoding}`, () => {
      const text = bytes(hex);
      maskMixed(text, encoding);
      assert.equal(text.toString("hex"), bytes(expected[encoding]).toString("hex"));
    });

    it(`is the same when it is read from the middle of a file: ${encoding}`, () => {
      const file = Buffer.concat(Array.from({ length: 40 }, () => bytes(hex)));
      const whole = Buffer.from(file);
      maskMixed(whole, encoding);
      const source = sourceOf(file);
      for (let byte = 0; byte < 200; byte++) {
        const piece = Buffer.from(file.subarray(byte, byte + 50));
        maskRead(source, piece, byte, encoding);
        assert.deepEqual(piece, whole.subarray(byte, byte + 50), `from byte ${byte}`);
      }
    });
  }

  it("finds where a character begins before thousands of letters", () => {
    const file = Buffer.concat([Buffer.from(",x"), bytes("955c".repeat(10_000)), Buffer.from(',"')]);
    const source = sourceOf(file);
    const piece = Buffer.from(file.subarray(19_999));
    maskRead(source, piece, 19_999, "shift_jis");
    assert.equal(piece.toString("hex"), bytes(`ff 95ff 2c22`).toString("hex"));
  });
});
