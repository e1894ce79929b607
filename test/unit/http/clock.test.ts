import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { systemClock } from "../../../src/http/clock.ts";
import { failureOf } from "../download/downloading.ts";

const dayMs = 86_400_000;

describe("The clock of the system", () => {
  it("doesn't end a wait at once that is longer than a timer can be", async () => {
    const stop = new AbortController();
    const failed = failureOf(systemClock.wait(30 * dayMs, stop.signal));
    setTimeout(() => stop.abort(), 50);
    assert.equal((await failed).code, "cancelled");
  });
});
