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

  it("compares a date with this computer's clock if the server doesn't send its time", () =>
    assert.equal(retryAfterMs({ "retry-after": inOneMinute }, now), 60_000));

  it("compares a date with the server's time, however wrong this computer's clock is", () => {
    const headers = { "retry-after": inOneMinute, date: "Sat, 31 Jan 2026 12:00:50 GMT" };
    assert.equal(retryAfterMs(headers, now + 86_400_000), 10_000);
  });

  it("means no wait if the date is in the past", () =>
    assert.equal(retryAfterMs({ "retry-after": inOneMinute }, now + 61_000), 0));

  it("means the first of several values", () => assert.equal(retryAfterMs({ "retry-after": "5, 7" }, now), 5000));

  it("means nothing if it can't be read", () => {
    for (const value of [undefined, "", "soon", "-5"]) {
      assert.equal(retryAfterMs(value === undefined ? {} : { "retry-after": value }, now), undefined, value);
    }
  });

  it("is never longer than a year, however many digits it has", () => {
    for (const value of ["9".repeat(400), "99999999999", "Fri, 31 Dec 9999 23:59:59 GMT"])
      assert.equal(retryAfterMs({ "retry-after": value }, now), 365 * 86_400_000, value);
    const headers = { "retry-after": "5", date: "Fri, 13 Sep 275760 00:00:00 GMT" };
    assert.equal(retryAfterMs(headers, now), 5000);
    assert.equal(retryAfterMs({ "retry-after": "Fri, 13 Sep 275760 00:00:00 GMT" }, now), undefined);
  });

  it("must begin with the name of a day if it is a date, as in HTTP", () => {
    for (const value of ["31 Jan 2026 12:01:00 GMT", "2026-01-31T12:01:00Z", "5 seconds", "1.5.5"]) {
      assert.equal(retryAfterMs({ "retry-after": value }, now), undefined, value);
    }
    assert.equal(retryAfterMs({ "retry-after": "SAT, 31 JAN 2026 12:01:00 GMT" }, now), 60_000);
  });

  it("is rounded up to whole milliseconds", () => assert.equal(retryAfterMs({ "retry-after": "0.0001" }, now), 1));
});
