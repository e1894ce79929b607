import { setImmediate as nextTurn } from "node:timers/promises";
import { throwIfCancelled } from "../../model/exportError.ts";

/** Lets the thread handle other messages. @throws ExportError `cancelled` if the signal was aborted */
export async function takeTurns(signal: AbortSignal): Promise<void> {
  await nextTurn();
  throwIfCancelled(signal);
}

/** Reports a value at most once per interval. The last value is always reported. */
export class Paced<Value> {
  readonly #everyMs: number;
  readonly #tell: (value: Value) => void;
  #reportedAt = -Infinity;

  constructor(everyMs: number, tell: (value: Value) => void) {
    this.#everyMs = everyMs;
    this.#tell = tell;
  }

  /** @param isLast reported at once */
  offer(value: () => Value, isLast: boolean): void {
    const now = performance.now();
    if (!isLast && now - this.#reportedAt < this.#everyMs) return;
    this.#reportedAt = now;
    this.#tell(value());
  }
}
