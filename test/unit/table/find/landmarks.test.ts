import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Landmarks } from "../../../../src/table/find/landmarks.ts";

/** Rows 0, 10, 30 and 31, which begin at the bytes 5, 100, 300 and 400. */
const landmarks = new Landmarks(Float64Array.of(5, 0, 100, 10, 300, 30, 400, 31));

describe("The landmarks of a file", () => {
  it("have an interval between each two of them, and none after the last one", () => {
    assert.equal(landmarks.intervals, 3);
    const told = [0, 1, 2].map((index) => {
      const { from, to } = landmarks.interval(index);
      return [from.byte, from.row, from.within, to];
    });
    assert.deepEqual(told, [
      [5, 0, "row", 100],
      [100, 10, "row", 300],
      [300, 30, "row", 400],
    ]);
    assert.equal(landmarks.cursor(3).row, 31);
  });

  it("are found by their byte, except for the last one, where no interval begins", () => {
    assert.deepEqual(
      [5, 100, 300].map((byte) => landmarks.indexAt(byte)),
      [0, 1, 2],
    );
    assert.deepEqual(
      [0, 4, 6, 99, 101, 400, 401].filter((byte) => landmarks.indexAt(byte) !== -1),
      [],
    );
  });

  it("are followed by another one, or by nothing", () => {
    const after = [0, 4, 5, 99, 100, 299, 300, 399].map((byte) => landmarks.after(byte));
    assert.deepEqual(after, [5, 5, 100, 100, 300, 300, 400, 400]);
    assert.deepEqual([landmarks.after(400), landmarks.after(500)], [Infinity, Infinity]);
  });

  it("can be none, or one alone", () => {
    for (const few of [new Landmarks(), new Landmarks(Float64Array.of(5, 0))]) {
      assert.deepEqual([few.intervals, few.indexAt(5)], [0, -1]);
    }
    assert.equal(new Landmarks().after(0), Infinity);
  });
});
