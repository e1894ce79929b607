import assert from "node:assert/strict";
import { describe, it } from "node:test";
import * as v from "valibot";
import { filterShape, sortShape } from "../../../src/model/queryShapes.ts";

const accepts = (given: unknown): boolean => v.safeParse(filterShape, given).success;

describe("The shape of a filter", () => {
  it("is that of each condition, and of their combinations", () => {
    const conditions = [
      { column: "name", is: "contains", value: "a", caseSensitive: true },
      { column: 0, is: "in", values: ["a", ""] },
      { column: 0, is: "atLeast", value: "5" },
      { column: 0, is: "between", from: "1", to: "2" },
      { column: 0, is: "empty" },
    ];
    for (const condition of conditions) assert.deepEqual(v.parse(filterShape, condition), condition);
    const nested = { all: [{ any: conditions }, { not: { not: conditions[0] } }] };
    assert.deepEqual(v.parse(filterShape, nested), nested);
  });

  it("refuses what is no condition, and what is nested without end", () => {
    assert.deepEqual(
      [{}, null, { column: 0, is: "like", value: "a" }, { column: -1, is: "empty" }, { all: [{}] }].map(accepts),
      [false, false, false, false, false],
    );
    let deep: object = { column: 0, is: "empty" };
    for (let depth = 0; depth < 30; depth++) deep = { not: deep };
    assert.equal(accepts(deep), false);
  });
});

describe("The shape of sort keys", () => {
  it("is a short list of columns with a direction", () => {
    const sort = [{ column: "amount", descending: true }, { column: 2 }];
    assert.deepEqual(v.parse(sortShape, sort), sort);
    for (const wrong of [[{ column: null }], [{}], Array.from({ length: 101 }, () => ({ column: 1 }))]) {
      assert.equal(v.safeParse(sortShape, wrong).success, false);
    }
  });
});
