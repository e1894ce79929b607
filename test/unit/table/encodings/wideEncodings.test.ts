import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  commonShare,
  isWide,
  type WideEncoding,
  wideEncodings,
} from "../../../../src/table/encodings/wideEncodings.ts";

/** First bytes of common characters, from the first to the last of each range. */
const common: Readonly<Record<WideEncoding, readonly (readonly [number, number])[]>> = {
  gb18030: [
    [0xa1, 0xa1],
    [0xa3, 0xa3],
    [0xb0, 0xd7],
  ],
  shift_jis: [
    [0x81, 0x83],
    [0x88, 0x98],
  ],
  big5: [[0xa1, 0xc6]],
  "euc-kr": [
    [0xa1, 0xa1],
    [0xa3, 0xa3],
    [0xb0, 0xc8],
  ],
  "euc-jp": [
    [0xa1, 0xa5],
    [0xb0, 0xcf],
  ],
};

describe("encodings with characters of two bytes", () => {
  it("are five", () => {
    assert.deepEqual(wideEncodings, ["gb18030", "shift_jis", "big5", "euc-kr", "euc-jp"]);
    assert.deepEqual([isWide("big5"), isWide("utf-8"), isWide("windows-1252")], [true, false, false]);
  });

  for (const encoding of wideEncodings) {
    it(`have common ones by their first byte: ${encoding}`, () => {
      for (let lead = 0x80; lead < 0x100; lead += 1) {
        if (encoding === "shift_jis" && lead >= 0xa1 && lead <= 0xdf) continue;
        const isCommon = common[encoding].some(([first, last]) => lead >= first && lead <= last);
        assert.equal(commonShare(Uint8Array.of(lead, 0x40), encoding), isCommon ? 1 : 0, lead.toString(16));
      }
    });
  }

  it("have a share of common ones among all of two bytes", () => {
    assert.equal(commonShare(Buffer.from("abc"), "big5"), 0);
    assert.equal(commonShare(new Uint8Array(0), "big5"), 0);
    assert.equal(
      commonShare(Uint8Array.of(0x61, 0xa1, 0xff, 0xff, 0x40, 0x62), "big5"),
      0.5,
      "the second byte says nothing",
    );
    assert.equal(
      commonShare(Uint8Array.of(0xa1, 0xdf, 0x81, 0x40), "shift_jis"),
      1,
      "katakana of half the width are one byte",
    );
    assert.equal(commonShare(Uint8Array.of(0xa0, 0x40, 0xe0, 0x40), "shift_jis"), 0);
    assert.equal(commonShare(Uint8Array.of(0xa1), "gb18030"), 1);
  });
});
