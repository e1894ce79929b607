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

  it("is not available for other text", () => {
    for (const text of ["", "12", '"text"', "{broken", "[1,]", "null", "{a}"])
      assert.equal(prettyJson(text), undefined);
  });
});
