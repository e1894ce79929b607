import { setTimeout as sleep } from "node:timers/promises";
import { cancelled } from "../model/exportError.ts";

/** The current time, and waiting. Tests replace it. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Waits. Rejects with `cancelled` as soon as the signal is aborted. */
  wait(milliseconds: number, signal: AbortSignal): Promise<void>;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  async wait(milliseconds, signal) {
    try {
      await sleep(milliseconds, undefined, { signal });
    } catch {
      throw cancelled();
    }
  },
};
