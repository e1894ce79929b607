import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as v from "valibot";
import { boundedList, entriesOf, lengthOf } from "../../../src/model/boundedShapes.ts";

/** A list whose length is an object that says something else each time it is asked. */
function listOfLengths(...lengths: readonly number[]): readonly unknown[] {
  const left = [...lengths];
  const length = { valueOf: () => left.shift() ?? lengths.at(-1) };
  return new Proxy([], { get: (_target, key) => (key === "length" ? length : 7) });
}

describe("A list from another extension", () => {
  const shape = boundedList(v.number(), 10);

  it("has as many entries as it said when it was checked", () => {
    const parsed = v.safeParse(shape, listOfLengths(3, 50));
    assert.deepEqual(parsed.success && parsed.output, [7, 7, 7]);
    assert.deepEqual(v.safeParse(shape, listOfLengths(11, 3)).success, false);
  });

  it("has the length that was read, wherever it is read", () => {
    const list = listOfLengths(2, 50);
    assert.deepEqual(entriesOf(list, lengthOf(list)), [7, 7]);
  });

  it("is refused if its length is no number", () => {
    assert.equal(v.safeParse(shape, listOfLengths(Number.NaN)).success, false);
    assert.equal(v.safeParse(shape, listOfLengths(-1)).success, false);
  });
});
