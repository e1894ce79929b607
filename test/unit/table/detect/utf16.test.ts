import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { unmarkedUtf16 } from "../../../../src/table/detect/utf16.ts";

const little = (text: string): Buffer => Buffer.from(text, "utf16le");
const big = (text: string): Buffer => little(text).swap16();

describe("UTF-16 without a mark", () => {
  for (const [what, text] of [
    ["one character", "a"],
    ["a row without a newline", "id,name"],
    ["Chinese", "名,城市\n王,北京\n李,上海\n"],
    ["letters whose bytes are all ASCII", "ਨਾਮ,ਸ਼ਹਿਰ\nਅਮਿਤ,ਲੁਧਿਆਣਾ\n"],
    ["letters that would be newlines in the other order", "ਅ,ਊ\nਊਊ,ਊਊਊ\nਊ,ਅ\n"],
    ["pairs of units", "a,b\n😀😀😀,🎉\n"],
  ] as const) {
    it(`is recognized in both byte orders: ${what}`, () => {
      assert.equal(unmarkedUtf16(little(text)), "utf-16le");
      assert.equal(unmarkedUtf16(big(text)), "utf-16be");
    });
  }

  it("is recognized by its first 8 KiB", () => {
    const text = little("名,城\n".repeat(1024));
    const other = Buffer.from("\x02\0".repeat(8192));
    assert.equal(unmarkedUtf16(Buffer.concat([text.subarray(0, 8192), other])), "utf-16le");
    assert.equal(unmarkedUtf16(Buffer.concat([text.subarray(0, 4096), other])), undefined);
  });

  for (const [what, bytes] of [
    ["nothing", ""],
    ["one byte", "\0"],
    ["text without zeros", "id,name\n1,Ann\n"],
    ["fields filled up with zeros", "1,AB\0\0\0\0,x\n".repeat(20)],
    ["rows of even length with single zeros", "a\0b\0c,d\n".repeat(20)],
    ["rows of even length with single zeros, and newlines at even bytes", "x" + "a\0b\0c,d\n".repeat(20)],
    ["zeros only", "\0".repeat(200)],
    ["control characters between zeros", "\x02\0\x03\0a\0".repeat(50)],
  ] as const) {
    it(`is not ${what}`, () => assert.equal(unmarkedUtf16(Buffer.from(bytes, "latin1")), undefined));
  }

  it("may have one wrong unit in a hundred", () => {
    for (const [wrong, isText] of [
      [1, true],
      [2, false],
    ] as const) {
      const text = "a,b\n".repeat(35) + "\x02".repeat(wrong);
      assert.equal(unmarkedUtf16(little(text)), isText ? "utf-16le" : undefined);
      assert.equal(unmarkedUtf16(big(text)), isText ? "utf-16be" : undefined);
    }
  });

  it("is not units of half pairs", () => {
    const halves = "a,b\n".repeat(10) + "\ud800x".repeat(5);
    assert.equal(unmarkedUtf16(little(halves)), undefined);
    assert.equal(unmarkedUtf16(little("a,b\n".repeat(10) + "\udc00x".repeat(5))), undefined);
  });
});
