import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { jsonCallOptions } from "../../../src/services/serviceOptions.ts";
import { createFakeClock } from "../http/fakeClock.ts";

const { signal } = new AbortController();

describe("the options of a request to a service", () => {
  it("are those of the call, with the retry budget that the settings have now", () => {
    let budget = 1000;
    const options = { retryBudgetMs: () => budget };
    assert.deepEqual(jsonCallOptions(options, { signal }), { signal, retryBudgetMs: 1000 });
    budget = 2000;
    const onWaiting = (): void => undefined;
    assert.deepEqual(jsonCallOptions(options, { signal, onWaiting }), { signal, onWaiting, retryBudgetMs: 2000 });
  });

  it("include a clock and random numbers if the service was given its own", () => {
    const own = { clock: createFakeClock(), random: () => 0.5 };
    assert.deepEqual(jsonCallOptions({ retryBudgetMs: () => 1, ...own }, { signal }), {
      signal,
      retryBudgetMs: 1,
      ...own,
    });
  });
});
