import { backoffMs } from "../../http/backoff.ts";

/** How long to go on trying, and how long to wait before each try. */
export interface RetryLimits {
  /** The time that tries without progress, and the waits between them, may take in all. */
  readonly retryBudgetMs: number;
  /** The longest that a single try can be silent. */
  readonly stallTimeoutMs: number;
}

/**
 * A budget of time for tries that bring nothing. Progress refills it: a large file may break off twenty times.
 *
 * Spent time is summed up from the pieces that a try or a wait can have taken at most, not read off the clock between
 * first failure and now: a computer that slept for an hour has not been trying for an hour.
 */
export class RetryBudget {
  readonly #limits: () => RetryLimits;
  readonly #random: () => number;
  #spentMs = 0;
  #strikes = 0;

  constructor(limits: () => RetryLimits, random: () => number) {
    this.#limits = limits;
    this.#random = random;
  }

  /** Bytes came that had not been there before. */
  refill(): void {
    this.#spentMs = 0;
    this.#strikes = 0;
  }

  /** A try ended after `milliseconds` without any progress. */
  spendTry(milliseconds: number): void {
    this.#spentMs += Math.min(Math.max(milliseconds, 0), 2 * this.#limits().stallTimeoutMs);
  }

  /**
   * The pause before the next try, in milliseconds: what the other side asked for and not a moment less, or else
   * a random time below a bound that doubles with each strike. Undefined when that would be beyond the budget.
   */
  nextPause(asked: number | undefined): number | undefined {
    this.#strikes += 1;
    const pause = asked ?? backoffMs(this.#strikes, this.#random);
    if (this.#spentMs + pause > this.#limits().retryBudgetMs) return undefined;
    this.#spentMs += pause;
    return pause;
  }
}
