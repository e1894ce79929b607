import { backoffMs } from "./backoff.ts";

/**
 * The shortest pause that a server can ask for. A server that asks for none, or names a time in the past, would otherwise
 * be sent thousands of requests.
 */
const shortestAskedMs = 1000;

/**
 * With fewer new bytes, an attempt was hardly worth its request. A server that ends each response after a byte would
 * otherwise be sent one request after the other, for hours.
 */
const worthwhileBytes = 64 * 1024;

/** Limits for retries. */
export interface RetryLimits {
  /** The time that attempts without progress, and the pauses between them, can take in total. */
  readonly retryBudgetMs: number;
  /** The longest time that one attempt without progress can take. */
  readonly longestTryMs: number;
}

/**
 * A time budget for attempts without progress. Progress refills it, so a large file can be interrupted twenty times.
 *
 * The time spent is the sum of the attempts and pauses, each up to its longest possible duration, and not the time
 * since the first failure: a computer that slept for an hour has not been trying for an hour.
 */
export class RetryBudget {
  readonly #limits: () => RetryLimits;
  readonly #random: () => number;
  #spentMs = 0;
  #strikes = 0;
  /** Since the last pause. */
  #newBytes = 0;

  constructor(limits: () => RetryLimits, random: () => number) {
    this.#limits = limits;
    this.#random = random;
  }

  /** So many new bytes arrived. The pauses are short again only after an attempt that was worth its request. */
  refill(newBytes: number): void {
    this.#spentMs = 0;
    this.#newBytes += newBytes;
    if (this.#newBytes >= worthwhileBytes) this.#strikes = 0;
  }

  /** An attempt ended after `milliseconds` without any progress. */
  spendTry(milliseconds: number): void {
    this.#spentMs += Math.min(Math.max(milliseconds, 0), this.#limits().longestTryMs);
  }

  /**
   * The pause before the next attempt, in milliseconds: exactly what the server asked for, if that is at least a second,
   * or else a random time up to a limit that doubles with each attempt. Undefined if the pause exceeds the budget; a pause
   * is never shortened.
   */
  nextPause(asked: number | undefined): number | undefined {
    this.#strikes += 1;
    this.#newBytes = 0;
    const backoff = backoffMs(this.#strikes, this.#random);
    const pause = asked !== undefined && asked >= shortestAskedMs ? asked : Math.max(asked ?? 0, backoff);
    if (this.#spentMs + pause > this.#limits().retryBudgetMs) return undefined;
    this.#spentMs += pause;
    return pause;
  }
}
