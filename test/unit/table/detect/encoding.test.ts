import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { detectEncoding } from "../../../../src/table/detect/encoding.ts";

const text = (content: string): Buffer => Buffer.from(content);
const bytes = (...values: number[]): Buffer => Buffer.from(values);
const japanese = "\u001b$B%F%9%H\u001b(B";

function detected(head: Uint8Array, whole = true): string {
  const { encoding, bomBytes, isUnknown } = detectEncoding(head, whole);
  return `${encoding} ${bomBytes}${isUnknown ? " unknown" : ""}`;
}

describe("the encoding of a text", () => {
  for (const [what, head, expected] of [
    ["nothing", text(""), "utf-8 0"],
    ["ASCII", text("a,b\n"), "utf-8 0"],
    ["umlauts in UTF-8", text("ä,ö\n"), "utf-8 0"],
    ["the mark of UTF-8", text("\ufeffa,b\n"), "utf-8 3"],
    ["two marks", text("\ufeff\ufeffa,b\n"), "utf-8 6"],
    ["half a mark", bytes(0xef, 0xbb), "windows-1252 0 unknown"],
    ["a mark of UTF-16", Buffer.from("\ufeffa,b\n", "utf16le"), "utf-16le 2"],
    ["two marks of UTF-16", Buffer.from("\ufeff\ufeffa,b\n", "utf16le"), "utf-16le 4"],
    ["the other mark of UTF-16", Buffer.from("\ufeffa,b\n", "utf16le").swap16(), "utf-16be 2"],
    ["UTF-16 without a mark", Buffer.from("a,b\nc,d\n", "utf16le"), "utf-16le 0"],
    ["umlauts in another encoding", bytes(0xe4, 0x2c, 0xf6, 0x0a), "windows-1252 0 unknown"],
    ["two characters for each invalid byte", Buffer.concat([text("äö"), bytes(0xff)]), "windows-1252 0 unknown"],
    ["three characters for each invalid byte", Buffer.concat([text("äöü"), bytes(0xff)]), "utf-8 0"],
    ["Japanese with escapes", text(japanese), "iso-2022-jp 0"],
    ["the older set of Japanese characters", text("\u001b$@%F%9%H\u001b(J"), "iso-2022-jp 0"],
    ["an escape without its end", text("\u001b$B%F%9%H"), "utf-8 0"],
    ["an escape without its beginning", text("%F%9%H\u001b(B"), "utf-8 0"],
    ["an escape of a terminal", text("\u001b[31m$Bab(B"), "utf-8 0"],
    ["an escape before half a character", text("\u001b$B%\u001b(B"), "utf-8 0"],
    ["escapes beside bytes above 127", text(`${japanese}ä`), "utf-8 0"],
  ] as const) {
    it(`is ${expected} for ${what}`, () => assert.equal(detected(head), expected));
  }

  it("is told by escapes within the first 64 KiB", () => {
    const length = 64 * 1024;
    assert.equal(detected(text("a".repeat(length - japanese.length) + japanese)), "iso-2022-jp 0");
    assert.equal(detected(text("a".repeat(length - japanese.length + 1) + japanese)), "utf-8 0");
  });

  it("isn't decided by a character that is cut off at the end, unless the text is whole", () => {
    for (const character of ["ä", "€", "😀"]) {
      const whole = text(`a,${character}`);
      for (let length = 3; length < whole.length; length++) {
        assert.equal(detected(whole.subarray(0, length), false), "utf-8 0", `${character} ${length}`);
        assert.equal(detected(whole.subarray(0, length), true), "windows-1252 0 unknown", `${character} ${length}`);
      }
    }
    assert.equal(detected(bytes(0xe4), false), "utf-8 0");
  });

  it("is the one that was chosen, without its own marks only", () => {
    const marked = text("\ufeff\ufeffa,b\n");
    assert.deepEqual(detectEncoding(marked, true, "utf-8"), { encoding: "utf-8", bomBytes: 6, isUnknown: false });
    assert.deepEqual(detectEncoding(marked, true, "gbk"), { encoding: "gbk", bomBytes: 0, isUnknown: false });
    const unmarked = detectEncoding(bytes(0xe4), true, "koi8-r");
    assert.deepEqual(unmarked, { encoding: "koi8-r", bomBytes: 0, isUnknown: false });
  });
});
