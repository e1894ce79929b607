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

describe("what is enough for UTF-16", () => {
  const both = (text: string): (string | undefined)[] => [unmarkedUtf16(little(text)), unmarkedUtf16(big(text))];
  const yes = ["utf-16le", "utf-16be"];
  const no = [undefined, undefined];

  it("is one newline, or a tenth of ASCII without one", () => {
    assert.deepEqual(both(`${"語".repeat(50)}\n`), yes);
    assert.deepEqual(both(`${"語".repeat(9)}a`), yes);
    assert.deepEqual(both(`${"語".repeat(10)}a`), no);
    assert.deepEqual(both(`${"語".repeat(99)}\n`), yes);
    assert.deepEqual(both(`${"語".repeat(100)}\n`), no);
    assert.deepEqual(both(`${"語".repeat(99)}\r`), yes);
  });

  it("is text in which each pair of units is whole", () => {
    assert.deepEqual(both("a,b\n\u{10000}\u{10ffff}\n"), yes);
    assert.deepEqual(both("a,b\n\ud7ff\ue000\n"), yes);
    for (const wrong of ["\ud800", "\udbff", "\udc00", "\udfff", "\ufffe", "\uffff", "\u0008", "\u000e", "\u001f"]) {
      assert.deepEqual(both(`a,b\n${wrong}x\n`), no, JSON.stringify(wrong));
    }
    for (const right of ["\t", "\u000b", "\u000c", " ", "~", "\u007f", "\u0080", "\ufffd"]) {
      assert.deepEqual(both(`a,b\n${right}x\n`), yes, JSON.stringify(right));
    }
  });

  it("is not a last byte alone", () => {
    assert.equal(unmarkedUtf16(Buffer.concat([little("a,b\n"), Buffer.from("x")])), "utf-16le");
  });

  it("is none for ASCII in which less than a third are zeros, unless each newline is wide", () => {
    const bytes = (text: string): string | undefined => unmarkedUtf16(Buffer.from(text, "latin1"));
    assert.equal(bytes("a\0b\0c\0d\0"), "utf-16le");
    assert.equal(bytes("\0a\0b\0c\0d"), "utf-16be");
    assert.equal(bytes("a\0b\0cdefgh"), undefined);
    assert.equal(bytes("a\0b\0\0\0c\0"), undefined, "two zeros in a row fill something up");
    assert.equal(bytes("ab\n\0cd\n\0"), "utf-16le");
    assert.equal(bytes("ab\0\ncd\0\n"), "utf-16be");
    assert.equal(bytes("ab\n\0cd\0\n"), undefined);
  });
});
