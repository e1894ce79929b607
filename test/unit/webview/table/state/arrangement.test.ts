import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Filter } from "../../../../../src/model/queryContract.ts";
import {
  columnPart,
  cycled,
  excludingValue,
  filteredByValue,
  filterOf,
  filterParts,
  partsOfColumn,
  sortedBy,
  withColumnParts,
  withoutPart,
} from "../../../../../src/webview/table/state/arrangement.ts";

const contains: Filter = { column: 1, is: "contains", value: "a" };
const notEmpty: Filter = { not: { column: 2, is: "empty" } };
const either: Filter = { any: [contains, { column: 2, is: "empty" }] };

describe("The sort button of a column", () => {
  it("sorts ascending, then descending, then no longer", () => {
    const ascending = cycled([], 3, false);
    const descending = cycled(ascending, 3, false);
    assert.deepEqual([ascending, descending], [[{ column: 3 }], [{ column: 3, descending: true }]]);
    assert.deepEqual(cycled(descending, 3, false), []);
  });

  it("replaces other columns, or adds one that keeps its place", () => {
    const both = cycled([{ column: 1 }], 3, true);
    assert.deepEqual(both, [{ column: 1 }, { column: 3 }]);
    assert.deepEqual(cycled(both, 1, true), [{ column: 1, descending: true }, { column: 3 }]);
    assert.deepEqual(cycled([{ column: 1, descending: true }, { column: 3 }], 1, true), [{ column: 3 }]);
    assert.deepEqual(cycled(both, 2, false), [{ column: 2 }]);
    assert.deepEqual(sortedBy(both, { column: 3, descending: true }, true), [
      { column: 1 },
      { column: 3, descending: true },
    ]);
  });
});

describe("The parts of a filter", () => {
  it("are removed one by one, until there is none", () => {
    const filter = filterOf([contains, notEmpty, either]);
    assert.deepEqual(filterParts(filter), [contains, notEmpty, either]);
    const two = withoutPart(filter, 0);
    const one = withoutPart(two, 1);
    assert.deepEqual([two, one], [{ all: [notEmpty, either] }, notEmpty]);
    assert.equal(withoutPart(one, 0), null);
  });

  it("belong to a column if they are about it alone", () => {
    assert.deepEqual(columnPart(notEmpty), { condition: { column: 2, is: "empty" }, negated: true });
    assert.equal(columnPart(either), undefined);
    assert.equal(partsOfColumn(filterOf([contains, either]), 2).length, 0);
    const replaced = withColumnParts({ all: [contains, either] }, 1, [
      { condition: { column: 1, is: "in", values: ["x"] }, negated: false },
    ]);
    assert.deepEqual(replaced, { all: [either, { column: 1, is: "in", values: ["x"] }] });
  });
});

describe("Filtering by the value of a cell", () => {
  it("keeps other conditions, and replaces values that were chosen before", () => {
    const once = filteredByValue(contains, 2, "x");
    assert.deepEqual(once, { all: [contains, { column: 2, is: "in", values: ["x"] }] });
    assert.deepEqual(filteredByValue(once, 2, "y"), { all: [contains, { column: 2, is: "in", values: ["y"] }] });
    assert.deepEqual(filteredByValue(once, 2, ""), { all: [contains, { column: 2, is: "empty" }] });
  });

  it("collects the values that are excluded", () => {
    const once = excludingValue(null, 2, "x");
    assert.deepEqual(once, { not: { column: 2, is: "in", values: ["x"] } });
    assert.deepEqual(excludingValue(once, 2, "y"), { not: { column: 2, is: "in", values: ["x", "y"] } });
    assert.deepEqual(excludingValue(once, 2, ""), { all: [once, { not: { column: 2, is: "empty" } }] });
  });
});
