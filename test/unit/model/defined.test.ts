import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { defined } from "../../../src/model/defined.ts";

describe("fields that may have no value", () => {
  it("are left out only if they are undefined", () => {
    const fields = { a: undefined, b: 0, c: "", d: false, e: null };
    assert.deepEqual(Object.entries(defined(fields)), [
      ["b", 0],
      ["c", ""],
      ["d", false],
      ["e", null],
    ]);
  });
});
