/** The slowest acceptable speed. */
export interface SpeedLimit {
  readonly slowestBytesPerSecond: number;
  /** How long the speed may stay below it, in milliseconds. */
  readonly windowMs: number;
}

/** Calls `onTooSlow` once if bytes arrive, but slower than the limit for a whole window. */
export class SlowWatch {
  #bytes = 0;
  readonly #timer: NodeJS.Timeout;

  constructor({ slowestBytesPerSecond, windowMs }: SpeedLimit, onTooSlow: () => void) {
    this.#timer = setInterval(() => {
      const enough = this.#bytes >= (slowestBytesPerSecond * windowMs) / 1000;
      this.#bytes = 0;
      if (!enough) onTooSlow();
    }, windowMs);
  }

  count(bytes: number): void {
    this.#bytes += bytes;
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}
