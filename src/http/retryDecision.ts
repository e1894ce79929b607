import { backoffMs } from "./backoff.ts";

/** The outcome of one attempt. */
export type TryOutcome =
  | { readonly kind: "answer"; readonly status: number; readonly retryAfterMs?: number }
  | { readonly kind: "failure"; readonly isConnectionFailure: boolean };

/** The state of the call that the attempt belongs to. */
export interface RetryState {
  /** Whether the request can safely be sent again. */
  readonly repeatable: boolean;
  /** How many attempts were made, including this one. */
  readonly attempt: number;
  /** Milliseconds since the first attempt ended. */
  readonly spentMs: number;
  /** Milliseconds that all retries may take together. */
  readonly budgetMs: number;
}

export type RetryDecision = { readonly retry: false } | { readonly retry: true; readonly delayMs: number };

const passingStatuses = new Set([408, 429, 500, 502, 503, 504]);
const stop: RetryDecision = { retry: false };

/**
 * Decides whether to retry a call, and after which pause. If the other side asks for a longer wait than the budget
 * allows, there is no retry: such a wait is never shortened.
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
