import type { Clock } from "../http/clock.ts";
import type { JsonCallOptions } from "../http/jsonCall.ts";
import type { ServiceCall } from "../model/contract.ts";
import { defined } from "../model/defined.ts";

/** What every service is built with. */
export interface ServiceOptions {
  /** The setting's retry budget in milliseconds; read for each call. */
  readonly retryBudgetMs: () => number;
  /** For tests; default the computer's. */
  readonly clock?: Clock;
  /** For tests; answers a number from 0 up to, not including, 1. */
  readonly random?: () => number;
}

/** What one call takes along, in the words of the HTTP room. */
export function jsonCallOptions(options: ServiceOptions, call: ServiceCall): JsonCallOptions {
  return {
    signal: call.signal,
    retryBudgetMs: options.retryBudgetMs(),
    ...defined({ onWaiting: call.onWaiting }),
    ...defined({ clock: options.clock }),
    ...defined({ random: options.random }),
  };
}
