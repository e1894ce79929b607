import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { hasText, isSpace, readCharacters, wholeBytes } from "../../../../src/table/index/scannedFile.ts";
import { createPlainScanner } from "../../../../src/table/scan/plainScanner.ts";
import { bytesOf, fileOf, TextSource, type Width } from "./textSource.ts";

const scanner = createPlainScanner();
const grammar = { kind: "delimited", delimiter: 44, quote: 34, newline: 10 } as const;

function charactersOf(text: string, width: Width, { room = 100, byte = 0, more = "" } = {}): string {
  const source = new TextSource(Buffer.concat([bytesOf(text, width, 0), Buffer.from(more)]));
  const target = new Uint8Array(room).fill(0x21);
  const count = readCharacters(fileOf(source, scanner, grammar, width), target, byte);
  return Buffer.from(target.subarray(0, count)).toString("latin1");
}

describe("the characters of a file", () => {
  for (const width of ["one", "little", "big"] as const) {
    it(`are one byte each, also of a file with ${width === "one" ? "one byte" : `two bytes (${width})`} for each`, () => {
      assert.equal(charactersOf("a,b\n", width), "a,b\n");
      assert.equal(charactersOf("abcdef", width, { byte: width === "one" ? 2 : 4 }), "cdef");
    });
  }

  it("are as many as there is room for, or half as many of two bytes", () => {
    assert.equal(charactersOf("abcdef", "one", { room: 3 }), "abc");
    assert.equal(charactersOf("abcdef", "little", { room: 5 }), "ab");
    assert.equal(charactersOf("ab", "little", { more: "x" }), "ab", "half of a character is none");
    assert.equal(charactersOf("a", "one", { byte: 5 }), "");
  });

  it("that are part of others are masked", () => {
    const bytes = Buffer.from("61955c2c", "hex");
    const file = { ...fileOf(new TextSource(bytes), scanner, grammar), mixed: "shift_jis" as const };
    const target = new Uint8Array(10).fill(0x21);
    assert.equal(readCharacters(file, target, 0), 4);
    assert.equal(Buffer.from(target).toString("hex"), "6195ff2c212121212121");
  });

  it("are whole ones", () => {
    assert.deepEqual(
      [0, 1, 2, 3].map((bytes) => wholeBytes({ bytesPerCharacter: 2 }, bytes)),
      [0, 0, 2, 2],
    );
    assert.deepEqual([wholeBytes({ bytesPerCharacter: 1 }, 3), wholeBytes({ bytesPerCharacter: 1 }, -3)], [3, 0]);
  });
});

describe("whether there is text between two positions", () => {
  const bytes = Buffer.from(" \t\r\n,a,");

  it("depends on everything but white space, and one more byte", () => {
    assert.deepEqual(
      [hasText(bytes, 0, 4), hasText(bytes, 0, 5), hasText(bytes, 0, 5, 44), hasText(bytes, 0, 6, 44)],
      [false, true, false, true],
    );
    assert.deepEqual([hasText(bytes, 6, 7, 44), hasText(bytes, 5, 5), hasText(bytes, 5, 6)], [false, false, true]);
  });

  it("knows the white space of JSON", () => {
    assert.deepEqual([0x20, 0x09, 0x0a, 0x0d].map(isSpace), [true, true, true, true]);
    assert.deepEqual([0x0b, 0x0c, 0xa0, 0, undefined].map(isSpace), [false, false, false, false, false]);
  });
});
