import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { anchorSpacing, RowIndex } from "../../../../src/table/index/rowIndex.ts";

/** An index with an anchor at each byte, whose rows are ten apart. */
function indexWith(...bytes: readonly number[]): RowIndex {
  const [begin = 0, ...others] = bytes;
  const index = new RowIndex(begin);
  others.forEach((byte, at) => index.add({ byte, row: (at + 1) * 10 }));
  return index;
}

describe("the index of a file's rows", () => {
  it("begins with the first row, and covers nothing yet", () => {
    const index = new RowIndex(3);
    assert.deepEqual(index.covered, { bytes: 3, endedRows: 0, hasOpenRow: false, end: undefined });
    assert.deepEqual([index.anchors, [...index.all]], [1, [3, 0]]);
    assert.equal(anchorSpacing, 65_536);
  });

  it("keeps any number of anchors, in file order", () => {
    const bytes = Array.from({ length: 300 }, (_, at) => at * 7);
    const index = indexWith(...bytes);
    assert.equal(index.anchors, 300);
    assert.deepEqual(
      [...index.all],
      bytes.flatMap((byte, at) => [byte, at * 10]),
    );
  });

  it("finds the last anchor at or before a row, or a byte", () => {
    const index = indexWith(5, 100, 200, 300);
    for (const [row, byte] of [
      [0, 5],
      [9, 5],
      [10, 100],
      [29, 200],
      [30, 300],
      [1000, 300],
    ] as const) {
      assert.equal(index.anchorFor(row).byte, byte, `row ${row}`);
    }
    for (const [byte, row] of [
      [0, 0],
      [5, 0],
      [99, 0],
      [100, 10],
      [299, 20],
      [300, 30],
      [1e12, 30],
    ] as const) {
      assert.equal(index.anchorAt(byte).row, row, `byte ${byte}`);
    }
    assert.deepEqual(new RowIndex(7).anchorAt(0), { byte: 7, row: 0 });
  });
});

describe("the landmarks of a file", () => {
  const spacing = 1 << 18;
  const landmarks = (...bytes: readonly number[]): number[] => [...indexWith(...bytes).landmarks()];

  it("are the first and the last anchor, and those between that are needed to keep the distance", () => {
    assert.deepEqual(landmarks(0), [0, 0]);
    assert.deepEqual(landmarks(0, 10), [0, 0, 10, 10]);
    assert.deepEqual(landmarks(0, 10, 20), [0, 0, 20, 20]);
    assert.deepEqual(landmarks(0, 10, spacing), [0, 0, spacing, 20]);
    assert.deepEqual(landmarks(0, 10, spacing + 1), [0, 0, 10, 10, spacing + 1, 20]);
    assert.deepEqual(landmarks(0, spacing * 3, spacing * 6), [0, 0, spacing * 3, 10, spacing * 6, 20]);
  });

  it("count the distance from the last one that was chosen", () => {
    const step = spacing / 4;
    const bytes = Array.from({ length: 13 }, (_, at) => at * step);
    assert.deepEqual(landmarks(...bytes), [0, 0, 4 * step, 40, 8 * step, 80, 12 * step, 120]);
  });
});
