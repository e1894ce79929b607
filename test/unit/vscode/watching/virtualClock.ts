import type { Clock } from "../../../../src/http/clock.ts";
import { cancelled, throwIfCancelled } from "../../../../src/model/exportError.ts";

interface Sleeper {
  at: number;
  readonly wake: () => void;
}

/** A clock for several sleepers at once. Its time passes when a test says so. */
export class VirtualClock implements Clock {
  #time: number;
  readonly #sleepers = new Set<Sleeper>();

  constructor(start = Date.parse("2026-01-31T12:00:00Z")) {
    this.#time = start;
  }

  now(): number {
    return this.#time;
  }

  get sleepers(): number {
    return this.#sleepers.size;
  }

  /** When the next sleeper wakes up. */
  get soonest(): number {
    return Math.min(...[...this.#sleepers].map(({ at }) => at));
  }

  wait(milliseconds: number, signal: AbortSignal): Promise<void> {
    throwIfCancelled(signal);
    return new Promise((resolve, reject) => {
      const abort = (): void => {
        this.#sleepers.delete(sleeper);
        reject(cancelled());
      };
      const sleeper = {
        at: this.#time + milliseconds,
        wake: () => {
          signal.removeEventListener("abort", abort);
          resolve();
        },
      };
      this.#sleepers.add(sleeper);
      signal.addEventListener("abort", abort, { once: true });
    });
  }

  /** The computer sleeps: time passes, and nobody wakes up. */
  jump(milliseconds: number): void {
    this.#time += milliseconds;
  }

  /** The clock is set back. Those who sleep don't notice. */
  setBack(milliseconds: number): void {
    this.#time -= milliseconds;
    for (const sleeper of this.#sleepers) sleeper.at -= milliseconds;
  }

  /** Lets time pass, one sleeper after the other. Each time, waits until as many sleep as are expected to. */
  async pass(milliseconds: number, expected: () => number): Promise<void> {
    const end = this.#time + milliseconds;
    for (;;) {
      await this.asleep(expected);
      const [next] = [...this.#sleepers].sort((one, other) => one.at - other.at);
      if (next === undefined || next.at > end) break;
      this.#time = Math.max(this.#time, next.at);
      this.#sleepers.delete(next);
      next.wake();
    }
    this.#time = Math.max(this.#time, end);
  }

  /** Waits until as many sleep as are expected to. */
  async asleep(expected: () => number): Promise<void> {
    while (this.#sleepers.size < expected()) await new Promise((resolve) => setTimeout(resolve, 1));
  }
}
