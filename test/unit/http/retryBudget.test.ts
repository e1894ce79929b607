import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { RetryBudget } from "../../../src/http/retryBudget.ts";

const limits = { retryBudgetMs: 10_000, longestTryMs: 4000 };

describe("the budget of retries", () => {
  test("pauses are random, up to a limit that doubles", () => {
    const budget = new RetryBudget(
      () => ({ ...limits, retryBudgetMs: 1e9 }),
      () => 0.999_999,
    );
    const pauses = Array.from({ length: 8 }, () => budget.nextPause(undefined) ?? 0);
    assert.deepEqual(pauses, [500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
  });

  test("a requested pause is kept exactly or not started", () => {
    const budget = new RetryBudget(
      () => limits,
      () => 0,
    );
    assert.equal(budget.nextPause(6000), 6000);
    assert.equal(budget.nextPause(6000), undefined);
    assert.equal(budget.nextPause(4000), 4000);
    assert.equal(budget.nextPause(1), undefined);
  });

  test("if a server asks for less than a second, the usual pauses apply", () => {
    const budget = new RetryBudget(
      () => ({ ...limits, retryBudgetMs: 1e9 }),
      () => 0.999_999,
    );
    const pauses = Array.from({ length: 4 }, (_, asked) => budget.nextPause(asked * 300));
    assert.deepEqual(pauses, [500, 1000, 2000, 4000]);
    assert.equal(budget.nextPause(1000), 1000);
  });

  test("attempts without progress use it up", () => {
    const budget = new RetryBudget(
      () => limits,
      () => 0,
    );
    for (let strike = 0; strike < 5; strike += 1) budget.spendTry(2000);
    assert.equal(budget.nextPause(undefined), 0);
    budget.spendTry(1);
    assert.equal(budget.nextPause(undefined), undefined);
  });

  test("hardly any progress refills it, but pauses become longer until 64 KiB have arrived", () => {
    const budget = new RetryBudget(
      () => ({ ...limits, retryBudgetMs: 120_000 }),
      () => 0.999_999,
    );
    const pauses = Array.from({ length: 10 }, () => {
      budget.refill(1);
      return budget.nextPause(undefined);
    });
    assert.deepEqual(pauses, [500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000, 30_000]);
    budget.refill(64 * 1024 - 1);
    assert.equal(budget.nextPause(undefined), 30_000);
    budget.refill(40 * 1024);
    budget.refill(24 * 1024);
    assert.equal(budget.nextPause(undefined), 500);
  });

  test("progress refills it and makes the pauses short again", () => {
    const budget = new RetryBudget(
      () => limits,
      () => 0.999_999,
    );
    budget.spendTry(4000);
    budget.nextPause(undefined);
    budget.nextPause(undefined);
    budget.refill(64 * 1024);
    assert.equal(budget.nextPause(9000), 9000);
    budget.refill(64 * 1024);
    assert.equal(budget.nextPause(undefined), 500);
  });

  test("an attempt during which the computer slept costs no more than one without a response", () => {
    const budget = new RetryBudget(
      () => limits,
      () => 0,
    );
    budget.spendTry(3_600_000);
    assert.equal(budget.nextPause(6000), 6000);
  });

  test("a clock that is set back costs nothing", () => {
    const budget = new RetryBudget(
      () => limits,
      () => 0,
    );
    budget.spendTry(-3_600_000);
    assert.equal(budget.nextPause(10_000), 10_000);
    assert.equal(budget.nextPause(1), undefined);
  });
});
