import { setTimeout as sleep } from "node:timers/promises";
import { cancelled, throwIfCancelled } from "../../model/exportError.ts";
import type { SourceGrowth } from "../document/tableSpec.ts";
import type { FindPattern, FindProgress, Match } from "../tableTypes.ts";
import type { FindEvents, FindRequests, MatchBatch, SearchedFile, TableWorkerData } from "./tableMessages.ts";
import { ThreadRequests } from "./threadRequests.ts";

/** A regex can keep a thread busy for ever. One that does not answer for so long is ended, and another one begins. */
const patienceMs = 1000;

type Thread = ThreadRequests<FindRequests, FindEvents>;

/** Searches one file in a thread of its own, which can be ended at any moment. */
export class FindThread {
  readonly #program: URL;
  readonly #workerData: TableWorkerData;
  readonly #onProgress: (progress: FindProgress) => void;
  #thread: Thread | undefined;
  #search = 0;

  constructor(program: URL, workerData: TableWorkerData, onProgress: (progress: FindProgress) => void) {
    this.#program = program;
    this.#workerData = workerData;
    this.#onProgress = onProgress;
  }

  async begin(file: SearchedFile, pattern: FindPattern): Promise<FindProgress> {
    const search = ++this.#search;
    await this.#freeThread();
    if (search !== this.#search) throw cancelled();
    return this.#running().ask("begin", { file, pattern, search });
  }

  next(from: Match, direction: "next" | "previous", signal: AbortSignal): Promise<FindRequests["next"]["answer"]> {
    return this.#running().ask("next", { from, direction }, signal);
  }

  grew(change: SourceGrowth): void {
    void this.#thread?.ask("grew", change).catch(() => undefined);
  }

  async *all(file: SearchedFile, pattern: FindPattern, signal: AbortSignal): AsyncIterable<MatchBatch> {
    for (;;) {
      throwIfCancelled(signal);
      const batch = await this.#running().ask("take", { file, pattern }, signal);
      if (batch.matches.length > 0) yield batch;
      if (batch.done) return;
    }
  }

  async dispose(): Promise<void> {
    this.#search++;
    await this.#thread?.terminate();
  }

  /** Ends the search before, by word or, when its thread does not listen, by force. */
  async #freeThread(): Promise<void> {
    const thread = this.#thread;
    if (thread === undefined) return;
    const patience = new AbortController();
    const answered = thread.ask("end", null).then(
      () => true,
      () => false,
    );
    const waited = sleep(patienceMs, false, { signal: patience.signal }).catch(() => false);
    const free = await Promise.race([answered, waited]);
    patience.abort();
    if (free || this.#thread !== thread) return;
    this.#thread = undefined;
    await thread.terminate();
  }

  #running(): Thread {
    this.#thread ??= new ThreadRequests(this.#program, this.#workerData, {
      progress: (progress) => {
        if (progress.search === this.#search) this.#onProgress(progress);
      },
    });
    return this.#thread;
  }
}
