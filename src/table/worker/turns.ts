import { setImmediate as nextTurn } from "node:timers/promises";
import { throwIfCancelled } from "../../model/exportError.ts";

/** Lets the thread hear what it is asked meanwhile. @throws ExportError `cancelled` when the signal has ended */
export async function takeTurns(signal: AbortSignal): Promise<void> {
  await nextTurn();
  throwIfCancelled(signal);
}

/** Tells something at most so often, and the last of it always. */
export class Paced<Value> {
  readonly #everyMs: number;
  readonly #tell: (value: Value) => void;
  #toldAt = -Infinity;

  constructor(everyMs: number, tell: (value: Value) => void) {
    this.#everyMs = everyMs;
    this.#tell = tell;
  }

  /** @param isLast told at once */
  offer(value: () => Value, isLast: boolean): void {
    const now = performance.now();
    if (!isLast && now - this.#toldAt < this.#everyMs) return;
    this.#toldAt = now;
    this.#tell(value());
  }
}
