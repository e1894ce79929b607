import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { backoffMs } from "../../../src/http/backoff.ts";
import { isPassingStatus } from "../../../src/http/retryDecision.ts";

describe("the pause before another attempt", () => {
  it("is random, up to a limit that doubles", () => {
    assert.deepEqual(
      [1, 2, 3, 4].map((attempt) => backoffMs(attempt, () => 1)),
      [500, 1000, 2000, 4000],
    );
    assert.equal(
      backoffMs(4, () => 0),
      0,
    );
    assert.equal(
      backoffMs(4, () => 0.5),
      2000,
    );
  });

  it("never exceeds half a minute", () =>
    assert.equal(
      backoffMs(50, () => 1),
      30_000,
    ));
});

describe("A request may succeed later", () => {
  for (const status of [408, 429, 500, 502, 503, 504]) {
    it(`after status ${status}`, () => assert.equal(isPassingStatus(status), true));
  }

  for (const status of [200, 302, 400, 401, 403, 404, 409, 422, 501]) {
    it(`but not after status ${status}`, () => assert.equal(isPassingStatus(status), false));
  }
});
