import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { prettyJson } from "../../../../../src/webview/table/detail/prettyJson.ts";

describe("Formatted JSON", () => {
  it("is the same as from JSON.stringify, for any object or array", () =>
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(undefined, 0, 1, 4), (value, indent) => {
        if (typeof value !== "object" || value === null) return;
        const laidOut = JSON.stringify(value, null, 2);
        assert.equal(prettyJson(JSON.stringify(value, null, indent)), laidOut);
      }),
    ));

  it("keeps digits and escapes as they are", () =>
    assert.equal(
      prettyJson(String.raw`{"a":12345678901234567890,"b":"\u00e9\"{","c":[ ]}`),
      String.raw`{
  "a": 12345678901234567890,
  "b": "\u00e9\"{",
  "c": []
}`,
    ));

  it("has a bounded size for brackets that are nested very deep", () => {
    for (const depth of [10_000, 20_000, 500_000]) {
      const laidOut = prettyJson("[".repeat(depth) + "]".repeat(depth));
      assert.ok((laidOut?.length ?? 0) < 10 * 1024 * 1024);
      assert.equal(laidOut === undefined, depth > 100_000);
    }
  });

  it("is not available for other text", () => {
    for (const text of ["", "12", '"text"', "{broken", "[1,]", "null", "{a}"])
      assert.equal(prettyJson(text), undefined);
  });
});
