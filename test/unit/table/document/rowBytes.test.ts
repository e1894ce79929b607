import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { rowBytes } from "../../../../src/table/document/rowBytes.ts";
import { TextSource } from "../index/textSource.ts";

const unlimited = { row: 1 << 22, longRow: 1 << 22, extra: 0 };

/** A source that counts how often it is read. */
class CountedSource extends TextSource {
  reads = 0;

  override read(target: Uint8Array, position: number): number {
    this.reads++;
    return super.read(target, position);
  }
}

function sourceOf(text: string): CountedSource {
  return new CountedSource(Buffer.from(text));
}

/** The spans of rows with these lengths, one after another. */
function spansOf(...lengths: readonly number[]) {
  let start = 0;
  return lengths.map((length) => ({ start, end: (start += length) }));
}

/** Each row's text, with `…` if it is cut. */
function read(source: TextSource, spans: Parameters<typeof rowBytes>[1], limits = unlimited): string[] {
  return Array.from(rowBytes(source, spans, limits), ({ bytes, isCut }) => {
    return Buffer.from(bytes).toString() + (isCut ? "…" : "");
  });
}

describe("the bytes of rows", () => {
  it("are read at once for neighbors", () => {
    const source = sourceOf("ab\ncde\n\nf\n");
    assert.deepEqual(read(source, spansOf(3, 4, 1, 2)), ["ab\n", "cde\n", "\n", "f\n"]);
    assert.deepEqual([source.reads, source.bytesRead], [1, 10]);
  });

  it("are read one by one if there is much between them", () => {
    const gap = "-".repeat(40_000);
    const source = sourceOf(`ab\n${gap}cd\n--ef\n`);
    const spans = [0, gap.length + 3, gap.length + 8].map((start) => ({ start, end: start + 3 }));
    assert.deepEqual(read(source, spans), ["ab\n", "cd\n", "ef\n"]);
    assert.deepEqual([source.reads, source.bytesRead], [2, 11]);
  });

  it("are none for no rows", () => assert.deepEqual(read(sourceOf("ab"), []), []));

  it("are read up to a mebibyte at once", () => {
    const mebibyte = 1 << 20;
    const half = mebibyte / 2;
    for (const [length, reads] of [
      [half, 1],
      [half + 1, 2],
    ] as const) {
      const source = sourceOf("x".repeat(half + length));
      const rows = read(source, spansOf(half, length));
      assert.deepEqual(
        rows.map((row) => row.length),
        [half, length],
      );
      assert.equal(source.reads, reads, String(length));
    }
  });

  it("are read to the end of a row that is longer", () => {
    const source = sourceOf(`${"x".repeat(1_200_000)}yy`);
    assert.deepEqual(
      read(source, spansOf(1_200_000, 2)).map((row) => row.length),
      [1_200_000, 2],
    );
    assert.equal(source.reads, 2);
  });

  it("are cut if a row is longer than allowed", () => {
    const limits = { row: 3, longRow: 3, extra: 0 };
    assert.deepEqual(read(sourceOf("abcabcdab"), spansOf(3, 4, 2), limits), ["abc", "abc…", "ab"]);
  });

  it("are more for long rows, as long as enough is left for all rows together", () => {
    const text = "abcdefgh".repeat(4);
    const rows = spansOf(8, 8, 8, 8);
    assert.deepEqual(read(sourceOf(text), rows, { row: 2, longRow: 5, extra: 4 }), ["abcde…", "abc…", "ab…", "ab…"]);
    assert.deepEqual(read(sourceOf(text), rows.slice(0, 1), { row: 2, longRow: 8, extra: 6 }), ["abcdefgh"]);
    assert.deepEqual(read(sourceOf(text), rows.slice(0, 1), { row: 2, longRow: 9, extra: 5 }), ["abcdefg…"]);
  });

  it("use up nothing for rows that are short", () => {
    const limits = { row: 4, longRow: 6, extra: 2 };
    assert.deepEqual(read(sourceOf("ab" + "abcdefg"), spansOf(2, 7), limits), ["ab", "abcdef…"]);
  });
});
