import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { ByteSource } from "../../../../src/table/source/byteSource.ts";
import { FilledEnd, type TrimUnits } from "../../../../src/table/source/filledEnd.ts";

const bytesOnly: TrimUnits = { bytesPerCharacter: 1, littleEndian: true, spacesAreBlank: false };
const spaces: TrimUnits = { ...bytesOnly, spacesAreBlank: true };
const little: TrimUnits = { ...bytesOnly, bytesPerCharacter: 2 };
const big: TrimUnits = { ...little, littleEndian: false };

/** A file that can grow, and how many of its bytes were read. */
function growing(text: string | Uint8Array) {
  let bytes = Buffer.from(text);
  const state = { read: 0 };
  const source: ByteSource = {
    get size() {
      return bytes.length;
    },
    read: (target, position) => {
      state.read += target.length;
      return bytes.copy(target, 0, position, position + target.length);
    },
    close: () => undefined,
  };
  return { source, state, append: (more: string | Uint8Array) => (bytes = Buffer.concat([bytes, Buffer.from(more)])) };
}

const endOf = (text: string | Uint8Array, units = bytesOnly, begin = 0): number =>
  new FilledEnd(units, begin).of(growing(text).source);

describe("the end of a file without the blank lines there", () => {
  for (const [text, end] of [
    ["a", 1],
    ["a\n", 2],
    ["a\n\n\n", 2],
    ["a\r\n\r\n", 3],
    ["a\r\r\n\n", 4],
    ["a\r", 2],
    ["a\r\r", 2],
    ["a\n\r\n\r", 2],
    ["a\n\u001a", 2],
    ["a\u001a", 1],
    ["a\n\u001a\n\u001a", 2],
    ["a \n\n", 3],
    ["a\nb\n\n", 4],
    ["\n\n", 0],
    ["", 0],
    ["\na", 2],
    ["a\n \n", 4],
  ] as const) {
    it(`is ${end} in ${JSON.stringify(text)}`, () => assert.equal(endOf(text), end));
  }

  for (const [text, end] of [
    ["a\n  \n", 2],
    ["a  \n\n", 4],
    ["a  ", 3],
    ["a  \r", 4],
    ["a  \r\r", 4],
    ["a \u001a", 2],
    ["  \n ", 0],
  ] as const) {
    it(`is ${end} in ${JSON.stringify(text)} if lines of spaces are blank`, () =>
      assert.equal(endOf(text, spaces), end));
  }

  it("is not before the first byte that counts", () => {
    assert.equal(endOf("a\n\n", bytesOnly, 2), 2);
    assert.equal(endOf("a\nb\n\n", bytesOnly, 2), 4);
    assert.equal(endOf("a", bytesOnly, 5), 5);
  });

  it("counts characters of two bytes in either order, and no half of one", () => {
    const text = Buffer.from("a\n\n", "utf16le");
    assert.equal(endOf(text, little), 4);
    assert.equal(endOf(Buffer.from(text).swap16(), big), 4);
    assert.equal(endOf(Buffer.concat([Buffer.from("a\n", "utf16le"), Buffer.from("x")]), little), 4);
    assert.equal(endOf(Buffer.from("ਊ\n\n", "utf16le"), little), 4, "only a whole newline is one");
    assert.equal(endOf(Buffer.concat([Buffer.from("\ufeff"), Buffer.from("a\n\n", "utf16le")]), little, 3), 7);
  });

  it("is found before any number of blank lines", () => {
    for (const blank of [65_534, 65_535, 65_536, 65_537, 200_000]) {
      assert.equal(endOf(`a\n${"\n".repeat(blank)}`), 2, String(blank));
    }
    assert.equal(endOf(`a${" ".repeat(65_535)}\n`, spaces), 65_537);
    assert.equal(
      endOf(`a${" ".repeat(65_536)}\n`, spaces),
      65_537,
      "no more than 64 Ki characters belong to the last row",
    );
  });

  it("moves on when something follows the blank lines, and each byte is looked at once", () => {
    const { source, state, append } = growing("a\n");
    const end = new FilledEnd(bytesOnly, 0);
    assert.equal(end.of(source), 2);
    append("\n\n");
    assert.equal(end.of(source), 2);
    append("b");
    assert.equal(end.of(source), 5);
    append("\n".repeat(100_000));
    assert.equal(end.of(source), 6);
    const before = state.read;
    append("\n");
    assert.equal(end.of(source), 6);
    assert.ok(state.read - before <= 65_537, `${state.read - before} bytes`);
  });
});
