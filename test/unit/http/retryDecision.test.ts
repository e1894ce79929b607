import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { backoffMs } from "../../../src/http/backoff.ts";
import { decideRetry, type RetryState } from "../../../src/http/retryDecision.ts";
import { defined } from "../../../src/model/defined.ts";

const state: RetryState = { repeatable: true, attempt: 1, spentMs: 0, budgetMs: 120_000 };
const half = () => 0.5;
const answer = (status: number, retryAfterMs?: number) =>
  ({ kind: "answer", status, ...defined({ retryAfterMs }) }) as const;

describe("the pause before another try", () => {
  it("lies anywhere below a ceiling that doubles", () => {
    assert.deepEqual(
      [1, 2, 3, 4].map((attempt) => backoffMs(attempt, () => 1)),
      [500, 1000, 2000, 4000],
    );
    assert.equal(
      backoffMs(4, () => 0),
      0,
    );
    assert.equal(backoffMs(4, half), 2000);
  });

  it("never exceeds half a minute", () =>
    assert.equal(
      backoffMs(50, () => 1),
      30_000,
    ));
});

describe("whether a call is tried again", () => {
  for (const status of [408, 429, 500, 502, 503, 504]) {
    it(`after ${status}: yes`, () =>
      assert.deepEqual(decideRetry(answer(status), state, half), { retry: true, delayMs: 250 }));
  }

  for (const status of [200, 302, 400, 401, 403, 404, 409, 422, 501]) {
    it(`after ${status}: no`, () => assert.deepEqual(decideRetry(answer(status), state, half), { retry: false }));
  }

  it("after a broken connection: yes; after any other failure: no", () => {
    assert.equal(decideRetry({ kind: "failure", isConnectionFailure: true }, state, half).retry, true);
    assert.equal(decideRetry({ kind: "failure", isConnectionFailure: false }, state, half).retry, false);
  });

  it("when a second request could do a second thing: no", () =>
    assert.equal(decideRetry(answer(503), { ...state, repeatable: false }, half).retry, false));

  it("waits just as long as asked", () => {
    assert.deepEqual(decideRetry(answer(429, 30_000), state, half), { retry: true, delayMs: 30_000 });
    assert.deepEqual(decideRetry(answer(503, 0), state, half), { retry: true, delayMs: 0 });
  });

  it("gives up at once where the wait asked for is longer than the budget, or than what is left of it", () => {
    assert.equal(decideRetry(answer(429, 120_001), state, half).retry, false);
    assert.equal(decideRetry(answer(429, 60_000), { ...state, spentMs: 60_001 }, half).retry, false);
    assert.equal(decideRetry(answer(429, 60_000), { ...state, spentMs: 60_000 }, half).retry, true);
  });

  it("ends when the budget is spent", () =>
    assert.equal(decideRetry(answer(500), { ...state, spentMs: 120_000 }, half).retry, false));
});
