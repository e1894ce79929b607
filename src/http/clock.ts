import { setTimeout as sleep } from "node:timers/promises";
import { cancelled } from "../model/exportError.ts";

/** The current time, and waiting. Tests replace it. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Waits. Rejects with `cancelled` as soon as the signal is aborted. */
  wait(milliseconds: number, signal: AbortSignal): Promise<void>;
}

/** About 24.8 days. */
const longestTimerMs = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Date.now(),
  async wait(milliseconds, signal) {
    try {
      // A timer can't be longer than this, and one that is fires at once.
      let left = milliseconds;
      for (; left > longestTimerMs; left -= longestTimerMs) await sleep(longestTimerMs, undefined, { signal });
      await sleep(left, undefined, { signal });
    } catch {
      throw cancelled();
    }
  },
};
