import { cancelled } from "../model/exportError.ts";
import type { FileEvent } from "./taskEvents.ts";

/** One of several callers that want the same file. */
export interface Caller {
  readonly signal: AbortSignal;
  onEvent(event: FileEvent): void;
  /** When cancelled: whether the bytes received so far are kept for resuming. */
  keepPartOnCancel(): boolean;
}

/**
 * Downloads a file once for all callers in this process that want it at the same time. A caller leaves when its own
 * signal is aborted; the download itself ends when the last caller leaves.
 */
export class SharedDownloads<T> {
  readonly #running = new Map<string, Shared<T>>();

  /** Whether a call of `run` with this key would join a download that is running. */
  isRunning(key: string): boolean {
    return this.#running.get(key)?.ending === false;
  }

  /**
   * @param key identifies the file.
   * @param start starts the download on behalf of all callers; the caller that it is given represents them.
   */
  async run(key: string, caller: Caller, start: (all: Caller) => Promise<T>): Promise<T> {
    let shared = this.#running.get(key);
    while (shared?.ending === true) {
      // Its last caller has just left. Wait until its part is kept or removed before starting again.
      await shared.result.catch(() => undefined);
      shared = this.#running.get(key);
    }
    if (shared === undefined) {
      shared = new Shared(start);
      this.#running.set(key, shared);
      const forget = (): unknown => this.#running.delete(key);
      shared.result.then(forget, forget);
    }
    return shared.join(caller);
  }
}

class Shared<T> {
  readonly result: Promise<T>;
  readonly #end = new AbortController();
  readonly #callers = new Set<Caller>();
  readonly #last = new Map<FileEvent["kind"], FileEvent>();
  #keepPart = true;

  constructor(start: (all: Caller) => Promise<T>) {
    const all: Caller = {
      signal: this.#end.signal,
      onEvent: (event) => {
        this.#last.set(event.kind, event);
        for (const caller of this.#callers) caller.onEvent(event);
      },
      keepPartOnCancel: () => this.#keepPart,
    };
    // Not immediately: the first caller has to join before the first event.
    this.result = Promise.resolve().then(() => start(all));
  }

  /** Whether every caller has left. */
  get ending(): boolean {
    return this.#end.signal.aborted;
  }

  async join(caller: Caller): Promise<T> {
    this.#callers.add(caller);
    for (const event of this.#last.values()) caller.onEvent(event);
    const { signal } = caller;
    let leave = (): void => undefined;
    const left = new Promise<never>((_resolve, reject) => {
      leave = () => {
        if (this.#leave(caller)) reject(cancelled());
      };
    });
    signal.addEventListener("abort", leave, { once: true });
    if (signal.aborted) leave();
    try {
      return await Promise.race([this.result, left]);
    } finally {
      signal.removeEventListener("abort", leave);
      this.#callers.delete(caller);
    }
  }

  /** Returns whether other callers remain. If not, the download is ended, and the last caller waits for that. */
  #leave(caller: Caller): boolean {
    this.#callers.delete(caller);
    if (this.#callers.size > 0) return true;
    this.#keepPart = caller.keepPartOnCancel();
    this.#end.abort();
    return false;
  }
}
