import type { ServiceCall, Waiting } from "../model/contract.ts";
import { cancelled } from "../model/exportError.ts";

/**
 * Work that several callers wait for. It runs once. A caller who cancels does not affect the others; when the last
 * caller cancels, the work is aborted.
 */
export class SharedWork<Result> {
  readonly #result: Promise<Result>;
  readonly #end = new AbortController();
  readonly #listeners = new Set<(waiting: Waiting) => void>();
  #callers = 0;

  constructor(work: (call: ServiceCall) => Promise<Result>) {
    this.#result = work({
      signal: this.#end.signal,
      onWaiting: (waiting) => {
        for (const listener of this.#listeners) listener(waiting);
      },
    });
    // Callers get the failure from `join`. Without callers it must not become an unhandled rejection.
    this.#result.catch(() => undefined);
  }

  /** Whether all callers have left and the work was aborted, so that it can't be joined. */
  get isAbandoned(): boolean {
    return this.#end.signal.aborted;
  }

  /** Waits for the result. @throws what the work throws; `cancelled` if the caller's own signal is aborted first */
  async join(call: ServiceCall): Promise<Result> {
    const { signal, onWaiting } = call;
    if (signal.aborted) throw cancelled();
    const listener = (waiting: Waiting) => onWaiting?.(waiting);
    const done = new AbortController();
    const left = new Promise<never>((_resolve, reject) => {
      const leave = () => reject(cancelled());
      signal.addEventListener("abort", leave, { once: true, signal: done.signal });
    });
    this.#callers++;
    this.#listeners.add(listener);
    try {
      return await Promise.race([this.#result, left]);
    } finally {
      done.abort();
      this.#listeners.delete(listener);
      this.#callers--;
      if (this.#callers === 0) this.#end.abort();
    }
  }
}
