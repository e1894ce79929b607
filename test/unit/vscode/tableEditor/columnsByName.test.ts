import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Filter } from "../../../../src/model/queryContract.ts";
import { filterByIndex, sortByIndex } from "../../../../src/vscode/tableEditor/columnsByName.ts";

const columns = ["id", "name", "name"];

describe("Columns that a caller names", () => {
  it("become indexes, and the first of several with the same name is meant", () => {
    const sort = sortByIndex([{ column: "name", descending: true }, { column: 2 }], columns);
    assert.deepEqual(sort, [{ column: 1, descending: true }, { column: 2 }]);
    const filter: Filter = {
      all: [{ any: [{ column: "id", is: "empty" }] }, { not: { column: "name", is: "in", values: ["a"] } }],
    };
    assert.deepEqual(filterByIndex(filter, columns), {
      all: [{ any: [{ column: 0, is: "empty" }] }, { not: { column: 1, is: "in", values: ["a"] } }],
    });
  });

  it("are refused if the file doesn't have them", () => {
    assert.throws(() => sortByIndex([{ column: "age" }], columns), { code: "invalidRequest", message: /age/ });
    assert.throws(() => filterByIndex({ not: { column: 3, is: "empty" } }, columns), { code: "invalidRequest" });
  });
});
