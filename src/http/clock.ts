import { setTimeout as sleep } from "node:timers/promises";
import { cancelled } from "../model/exportError.ts";

/** The time, and waiting for it; tests put another one in. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Waits; rejects with `cancelled` as soon as the signal ends. */
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
