import { setTimeout as sleep } from "node:timers/promises";

/**
 * A line with a limited speed. An idle line saves up at most the bytes of 10 ms, so that a reader that stalls can't
 * catch up.
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

  /** Waits until the bytes of a millisecond, or all wanted bytes, can pass. Returns how many. */
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
