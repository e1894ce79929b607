import { backoffMs } from "./backoff.ts";

/**
 * The shortest pause that a server can ask for. A server that asks for none, or names a time in the past, would otherwise
 * be sent thousands of requests.
 */
const shortestAskedMs = 1000;

/** How long to keep trying, and how long to wait before each try. */
export interface RetryLimits {
  /** The time that tries without progress, and the waits between them, may take in total. */
  readonly retryBudgetMs: number;
  /** The longest that a single try without progress can take. */
  readonly longestTryMs: number;
}

/**
 * A time budget for tries that bring nothing. Progress refills it: a large file may be interrupted twenty times.
 *
 * The time spent is the sum of the tries and waits, each up to its longest possible duration, and not the time since
 * the first failure: a computer that slept for an hour has not been trying for an hour.
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

  /** Bytes arrived that had not been there before. */
  refill(): void {
    this.#spentMs = 0;
    this.#strikes = 0;
  }

  /** A try ended after `milliseconds` without any progress. */
  spendTry(milliseconds: number): void {
    this.#spentMs += Math.min(Math.max(milliseconds, 0), this.#limits().longestTryMs);
  }

  /**
   * The pause before the next try, in milliseconds: exactly what the server asked for, if that is at least a second, or
   * else a random time below a bound that doubles with each strike. Undefined if the pause exceeds the budget; a pause is
   * never shortened.
   */
  nextPause(asked: number | undefined): number | undefined {
    this.#strikes += 1;
    const backoff = backoffMs(this.#strikes, this.#random);
    const pause = asked !== undefined && asked >= shortestAskedMs ? asked : Math.max(asked ?? 0, backoff);
    if (this.#spentMs + pause > this.#limits().retryBudgetMs) return undefined;
    this.#spentMs += pause;
    return pause;
  }
}
