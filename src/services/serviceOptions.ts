import type { Clock } from "../http/clock.ts";
import type { JsonCallOptions } from "../http/jsonCall.ts";
import type { ServiceCall } from "../model/contract.ts";
import { defined } from "../model/defined.ts";

/** What every service is built with. */
export interface ServiceOptions {
  /** The retry budget from the settings, in milliseconds. Read for each call. */
  readonly retryBudgetMs: () => number;
  /** For tests. Default: the computer's clock. */
  readonly clock?: Clock;
  /** For tests. Returns a number from 0 up to, but not including, 1. */
  readonly random?: () => number;
}

/** The options of one call in the form that `http/` expects. */
export function jsonCallOptions(options: ServiceOptions, call: ServiceCall): JsonCallOptions {
  return {
    signal: call.signal,
    retryBudgetMs: options.retryBudgetMs(),
    ...defined({ onWaiting: call.onWaiting, clock: options.clock, random: options.random }),
  };
}
