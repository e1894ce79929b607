import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { shortDecimal } from "../../../../../src/webview/table/footer/shortDecimal.ts";

describe("A shown average", () => {
  const cases = [
    ["1.6666666667", "1.66667"],
    ["-12.3456789", "-12.3457"],
    ["1234.56789", "1234.57"],
    ["4115226300411522632.6666666667", "4115226300411522632.67"],
    ["0.3333333333", "0.333333"],
    ["0.000012345678", "0.0000123457"],
  ] as const;
  for (const [exact, shown] of cases) {
    it(`has six digits, and at least two after the point: ${exact} is ${shown}`, () =>
      assert.equal(shortDecimal(exact), shown));
  }

  it("is rounded up to the next whole number without zeros after it", () => {
    assert.equal(shortDecimal("9.9999999"), "10");
    assert.equal(shortDecimal("0.9999999"), "1");
    assert.equal(shortDecimal("-999999.996"), "-1000000");
    assert.equal(shortDecimal("1.5000000001"), "1.5");
  });

  it("stays as it is if it is short", () => {
    for (const exact of ["0", "-7", "0.2", "-0.85", "1234567.89", "123456789012345678901234567890"])
      assert.equal(shortDecimal(exact), exact);
  });
});
