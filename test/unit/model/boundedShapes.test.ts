import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as v from "valibot";
import { boundedList, boundedRecord, entriesOf, lengthOf } from "../../../src/model/boundedShapes.ts";

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

describe("the number of entries", () => {
  it("of a list is at most the given one, and each entry has to fit", () => {
    const shape = boundedList(v.number(), 2);
    assert.deepEqual(v.parse(shape, []), []);
    assert.deepEqual(v.parse(shape, [1, 2]), [1, 2]);
    for (const wrong of [[1, 2, 3], [1, "2"], "12", { length: 1 }, undefined]) assert.equal(v.is(shape, wrong), false);
    assert.equal(v.safeParse(shape, [1, 2, 3]).issues?.[0].received, "a long list");
  });

  it("of an object is at most the given one, and each value has to fit", () => {
    const shape = boundedRecord(v.number(), 2, () => "too many");
    assert.deepEqual(v.parse(shape, {}), {});
    assert.deepEqual(v.parse(shape, { a: 1, b: 2 }), { a: 1, b: 2 });
    for (const wrong of [{ a: "1" }, null, 5, undefined]) assert.equal(v.is(shape, wrong), false);
    assert.equal(v.safeParse(shape, { a: 1, b: 2, c: 3 }).issues?.[0].message, "too many");
  });

  it("of an object stays the same if it gets more keys after they were counted", () => {
    const asked: string[][] = [["a"], ["a", "b", "c", "d"]];
    const growing = new Proxy<Record<string, unknown>>(
      {},
      {
        ownKeys: () => asked.shift() ?? [],
        get: () => 1,
        getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true, value: 1 }),
      },
    );
    assert.deepEqual(
      v.parse(
        boundedRecord(v.number(), 2, () => "too many"),
        growing,
      ),
      { a: 1, b: 1 },
    );
  });
});
