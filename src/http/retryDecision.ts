/** The outcome of one attempt. */
export type TryOutcome =
  | { readonly kind: "answer"; readonly status: number }
  | { readonly kind: "failure"; readonly isConnectionFailure: boolean };

const passingStatuses = new Set([408, 429, 500, 502, 503, 504]);

/** Whether the same request may succeed later. */
export function mayPass(outcome: TryOutcome): boolean {
  return outcome.kind === "answer" ? passingStatuses.has(outcome.status) : outcome.isConnectionFailure;
}
