import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { retryAfterMs } from "../../../src/http/retryAfter.ts";

const now = Date.parse("2026-01-31T12:00:00Z");
const inOneMinute = "Sat, 31 Jan 2026 12:01:00 GMT";

describe("Retry-After", () => {
  it("counts seconds from now", () => {
    assert.equal(retryAfterMs({ "retry-after": "120" }, now), 120_000);
    assert.equal(retryAfterMs({ "retry-after": " 0 " }, now), 0);
  });

  it("reads a date by this computer's clock where the server does not tell its own", () =>
    assert.equal(retryAfterMs({ "retry-after": inOneMinute }, now), 60_000));

  it("reads a date by the server's clock, however wrong this computer's is", () => {
    const headers = { "retry-after": inOneMinute, date: "Sat, 31 Jan 2026 12:00:50 GMT" };
    assert.equal(retryAfterMs(headers, now + 86_400_000), 10_000);
  });

  it("takes a date in the past for no wait", () =>
    assert.equal(retryAfterMs({ "retry-after": inOneMinute }, now + 61_000), 0));

  it("takes the first of several", () => assert.equal(retryAfterMs({ "retry-after": "5, 7" }, now), 5000));

  it("says nothing where nothing readable was asked", () => {
    for (const value of [undefined, "", "soon", "-5"]) {
      assert.equal(retryAfterMs(value === undefined ? {} : { "retry-after": value }, now), undefined, value);
    }
  });

  it("reads a date only if it begins with the name of a day, as in HTTP", () => {
    for (const value of ["31 Jan 2026 12:01:00 GMT", "2026-01-31T12:01:00Z", "5 seconds", "1.5.5"]) {
      assert.equal(retryAfterMs({ "retry-after": value }, now), undefined, value);
    }
    assert.equal(retryAfterMs({ "retry-after": "SAT, 31 JAN 2026 12:01:00 GMT" }, now), 60_000);
  });

  it("rounds parts of a second up", () => assert.equal(retryAfterMs({ "retry-after": "0.0001" }, now), 1));
});
