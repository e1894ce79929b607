import { setTimeout as sleep } from "node:timers/promises";

/**
 * A line of a given speed: bytes may pass as fast as tokens come, and an idle line saves up only what passes in 10 ms,
 * so that a reader who stalls does not catch up.
 */
export class TokenBucket {
  readonly #bytesPerMs: number;
  readonly #most: number;
  #tokens = 0;
  #filledAt = performance.now();

  constructor(bytesPerSecond: number) {
    this.#bytesPerMs = bytesPerSecond / 1000;
    this.#most = this.#bytesPerMs * 10;
  }

  /** Waits until a millisecond's worth may pass, or all that is wanted; takes and answers as many bytes as may. */
  async take(wanted: number): Promise<number> {
    const least = Math.min(this.#bytesPerMs, wanted);
    while (this.#fill() < least) await sleep(1);
    const taken = Math.min(Math.floor(this.#tokens), wanted);
    this.#tokens -= taken;
    return taken;
  }

  #fill(): number {
    const now = performance.now();
    this.#tokens = Math.min(this.#tokens + (now - this.#filledAt) * this.#bytesPerMs, this.#most);
    this.#filledAt = now;
    return this.#tokens;
  }
}
