import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { RetryBudget } from "../../../src/http/retryBudget.ts";

const limits = { retryBudgetMs: 10_000, longestTryMs: 4000 };

describe("the budget of retries", () => {
  test("pauses are random below a bound that doubles", () => {
    const budget = new RetryBudget(
      () => ({ ...limits, retryBudgetMs: 1e9 }),
      () => 0.999_999,
    );
    const pauses = Array.from({ length: 8 }, () => budget.nextPause(undefined) ?? 0);
    assert.deepEqual(pauses, [500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
  });

  test("a pause that was asked for is kept to exactly, or not begun", () => {
    const budget = new RetryBudget(
      () => limits,
      () => 0,
    );
    assert.equal(budget.nextPause(6000), 6000);
    assert.equal(budget.nextPause(6000), undefined);
    assert.equal(budget.nextPause(4000), 4000);
    assert.equal(budget.nextPause(1), undefined);
  });

  test("a server that asks for less than a second gets the usual pauses", () => {
    const budget = new RetryBudget(
      () => ({ ...limits, retryBudgetMs: 1e9 }),
      () => 0.999_999,
    );
    const pauses = Array.from({ length: 4 }, (_, asked) => budget.nextPause(asked * 300));
    assert.deepEqual(pauses, [500, 1000, 2000, 4000]);
    assert.equal(budget.nextPause(1000), 1000);
  });

  test("tries without progress use it up", () => {
    const budget = new RetryBudget(
      () => limits,
      () => 0,
    );
    for (let strike = 0; strike < 5; strike += 1) budget.spendTry(2000);
    assert.equal(budget.nextPause(undefined), 0);
    budget.spendTry(1);
    assert.equal(budget.nextPause(undefined), undefined);
  });

  test("progress refills it and makes the pauses short again", () => {
    const budget = new RetryBudget(
      () => limits,
      () => 0.999_999,
    );
    budget.spendTry(4000);
    budget.nextPause(undefined);
    budget.nextPause(undefined);
    budget.refill();
    assert.equal(budget.nextPause(9000), 9000);
    budget.refill();
    assert.equal(budget.nextPause(undefined), 500);
  });

  test("a try that took longer than any can, as when the computer slept, costs no more than a silent one", () => {
    const budget = new RetryBudget(
      () => limits,
      () => 0,
    );
    budget.spendTry(3_600_000);
    assert.equal(budget.nextPause(6000), 6000);
  });

  test("a clock that was set back costs nothing", () => {
    const budget = new RetryBudget(
      () => limits,
      () => 0,
    );
    budget.spendTry(-3_600_000);
    assert.equal(budget.nextPause(10_000), 10_000);
    assert.equal(budget.nextPause(1), undefined);
  });
});
