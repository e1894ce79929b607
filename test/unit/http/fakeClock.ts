import type { Clock } from "../../../src/http/clock.ts";
import { throwIfCancelled } from "../../../src/model/exportError.ts";

/** A clock that moves only when somebody waits or a test says so. */
export interface FakeClock extends Clock {
  /** Every pause that was made, in milliseconds. */
  readonly waits: number[];
  advance(milliseconds: number): void;
}

export function createFakeClock(start = Date.parse("2026-01-31T12:00:00Z")): FakeClock {
  const waits: number[] = [];
  let time = start;
  return {
    waits,
    now: () => time,
    async wait(milliseconds, signal) {
      throwIfCancelled(signal);
      waits.push(milliseconds);
      time += milliseconds;
      await Promise.resolve();
    },
    advance(milliseconds) {
      time += milliseconds;
    },
  };
}
