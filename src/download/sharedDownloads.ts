import type { DownloadProgress } from "../model/contract.ts";
import { cancelled } from "../model/exportError.ts";
import type { WrittenBytes } from "./writtenBytes.ts";

/** One of those who want the same file. */
export interface Caller {
  readonly signal: AbortSignal;
  onProgress(progress: DownloadProgress): void;
  /** Told whenever bytes were written. */
  onWrittenBytes?(growth: WrittenBytes): void;
  /** When cancelled: whether what came so far is to stay for resuming. */
  keepPartOnCancel(): boolean;
}

/**
 * Runs a download once for all in this process who want the same file at the same time. Each caller may leave when its
 * own signal ends; the download itself ends when the last one leaves.
 */
export class SharedDownloads<T> {
  readonly #running = new Map<string, Shared<T>>();

  /**
   * @param key the same for the same file.
   * @param start begins the download for all who may come; the caller that it is given stands for them.
   */
  async run(key: string, caller: Caller, start: (all: Caller) => Promise<T>): Promise<T> {
    let shared = this.#running.get(key);
    while (shared?.ending === true) {
      // Its last caller has just left: what it keeps or removes has to be settled before anybody begins again.
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
  #last: DownloadProgress | undefined;
  #growth: WrittenBytes | undefined;
  #keepPart = true;

  constructor(start: (all: Caller) => Promise<T>) {
    const all: Caller = {
      signal: this.#end.signal,
      onProgress: (progress) => {
        this.#last = progress;
        for (const caller of this.#callers) caller.onProgress(progress);
      },
      onWrittenBytes: (growth) => {
        this.#growth = growth;
        for (const caller of this.#callers) caller.onWrittenBytes?.(growth);
      },
      keepPartOnCancel: () => this.#keepPart,
    };
    // Not at once: the first caller has to have joined before anything is told.
    this.result = Promise.resolve().then(() => start(all));
  }

  /** Everybody has left. */
  get ending(): boolean {
    return this.#end.signal.aborted;
  }

  async join(caller: Caller): Promise<T> {
    this.#callers.add(caller);
    if (this.#last !== undefined) caller.onProgress(this.#last);
    if (this.#growth !== undefined) caller.onWrittenBytes?.(this.#growth);
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

  /** Whether others stay. Otherwise the download is ended, and whoever left last waits until it has. */
  #leave(caller: Caller): boolean {
    this.#callers.delete(caller);
    if (this.#callers.size > 0) return true;
    this.#keepPart = caller.keepPartOnCancel();
    this.#end.abort();
    return false;
  }
}
