import { backoffMs } from "./backoff.ts";

/** What came of one try. */
export type TryOutcome =
  | { readonly kind: "answer"; readonly status: number; readonly retryAfterMs?: number }
  | { readonly kind: "failure"; readonly isConnectionFailure: boolean };

/** The call that the try belongs to. */
export interface RetryState {
  /** Whether sending the request again does no harm. */
  readonly repeatable: boolean;
  /** How many tries were made, this one included. */
  readonly attempt: number;
  /** Milliseconds since the first try ended. */
  readonly spentMs: number;
  /** Milliseconds that all further tries may take together. */
  readonly budgetMs: number;
}

export type RetryDecision = { readonly retry: false } | { readonly retry: true; readonly delayMs: number };

const passingStatuses = new Set([408, 429, 500, 502, 503, 504]);
const stop: RetryDecision = { retry: false };

/**
 * Whether a call is tried again, and after which pause. A wait that the other side asked for is kept to or, where it
 * does not fit into the budget, not begun at all; it is never cut short.
 */
export function decideRetry(outcome: TryOutcome, state: RetryState, random: () => number): RetryDecision {
  if (!state.repeatable || !mayPass(outcome)) return stop;
  const asked = outcome.kind === "answer" ? outcome.retryAfterMs : undefined;
  const delayMs = asked ?? backoffMs(state.attempt, random);
  return state.spentMs + delayMs > state.budgetMs ? stop : { retry: true, delayMs };
}

function mayPass(outcome: TryOutcome): boolean {
  return outcome.kind === "answer" ? passingStatuses.has(outcome.status) : outcome.isConnectionFailure;
}
