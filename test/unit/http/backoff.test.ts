import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { backoffMs } from "../../../src/http/backoff.ts";

describe("the pause before a retry", () => {
  const longest = (attempt: number): number => backoffMs(attempt, () => 1);

  it("has a limit that doubles with each attempt, up to half a minute", () => {
    assert.deepEqual(
      [1, 2, 3, 4, 5, 6, 7, 8, 40].map(longest),
      [500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000],
    );
  });

  it("is a random whole number of milliseconds up to the limit", () => {
    assert.equal(
      backoffMs(3, () => 0),
      0,
    );
    assert.equal(
      backoffMs(3, () => 0.25),
      500,
    );
    assert.equal(
      backoffMs(1, () => 0.3333),
      167,
    );
  });
});
