import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { longestSpanMs, momentAt, momentOf, spanOf, wholeNumberOf } from "../../../src/model/outsideNumbers.ts";

const long = "9".repeat(400);

describe("a number from outside", () => {
  it("is a count or a size only if it is exact", () => {
    for (const [text, number] of [
      ["0", 0],
      ["0012", 12],
      ["9007199254740991", Number.MAX_SAFE_INTEGER],
    ] as const) {
      assert.equal(wholeNumberOf(text), number);
    }
    for (const text of [undefined, "", "-1", "1.5", "1e3", " 1", "0x1", "Infinity", "9007199254740992", long])
      assert.equal(wholeNumberOf(text), undefined, text);
  });

  it("is a date only if calendars can show it", () => {
    assert.equal(momentOf("1970-01-01T00:00:00Z"), 0);
    assert.equal(momentOf("1960-01-01T00:00:00Z"), -315_619_200_000);
    assert.notEqual(momentOf("Fri, 31 Dec 9999 23:59:59 GMT"), undefined);
    for (const text of [
      undefined,
      "",
      "soon",
      "+010000-01-01T00:00:00Z",
      "Fri, 13 Sep 275760 00:00:00 GMT",
      "-000001-01-01T00:00:00Z",
    ])
      assert.equal(momentOf(text), undefined, text);
    for (const time of [Infinity, -Infinity, NaN, 8.64e15]) assert.equal(momentAt(time), undefined);
  });

  it("is a date from the first moment of year 1 to the last one of year 9999", () => {
    const [first, last] = [Date.parse("0001-01-01T00:00:00Z"), Date.parse("9999-12-31T23:59:59.999Z")];
    assert.deepEqual([first - 1, first, last, last + 1].map(momentAt), [undefined, first, last, undefined]);
  });

  it("is a time span of up to a year", () => {
    assert.equal(longestSpanMs, 31_536_000_000);
    assert.deepEqual([longestSpanMs, longestSpanMs + 1].map(spanOf), [longestSpanMs, longestSpanMs]);
    assert.equal(spanOf(0), 0);
    assert.equal(spanOf(1), 1);
    assert.equal(spanOf(1500), 1500);
    assert.equal(spanOf(-1), 0);
    for (const span of [Infinity, Number(long), 1e300]) assert.equal(spanOf(span), longestSpanMs);
  });
});
