import { setTimeout as sleep } from "node:timers/promises";
import { cancelled, throwIfCancelled } from "../../model/exportError.ts";
import type { SourceGrowth } from "../document/tableSpec.ts";
import type { FindPattern, FindProgress, Match } from "../tableTypes.ts";
import { HostedThread, type TablePrograms, threadData } from "./hostedThread.ts";
import type { FindEvents, FindRequests, MatchBatch, SearchedFile } from "./tableMessages.ts";

/** A regular expression can keep a thread busy forever, so a thread that doesn't respond for this long is ended. */
const patienceMs = 1000;

/** Runs one search at a time in a thread that can be ended at any moment. Each search has a higher number. */
export class FindThread {
  readonly #programs: TablePrograms;
  readonly #onProgress: (progress: FindProgress) => void;
  #thread: HostedThread<FindRequests, FindEvents> | undefined;
  #search = 0;

  constructor(programs: TablePrograms, onProgress: (progress: FindProgress) => void) {
    this.#programs = programs;
    this.#onProgress = onProgress;
  }

  /** @param prepare called when the thread is free; what it throws is thrown */
  async begin(prepare: () => Promise<SearchedFile>, pattern: FindPattern): Promise<FindProgress> {
    const search = ++this.#search;
    await this.#freeThread();
    if (search !== this.#search) throw cancelled();
    const thread = this.#running();
    const file = await prepare();
    if (search !== this.#search) throw cancelled();
    return thread.ask("begin", { file, pattern, search });
  }

  /** Rejects with `cancelled` if no search is running. */
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

  /** Ends the search and its thread. Another search can be started afterwards. */
  async end(): Promise<void> {
    this.#search++;
    const thread = this.#thread;
    this.#thread = undefined;
    await thread?.terminate();
  }

  /** Cancels the previous search, or ends its thread if it doesn't respond. */
  async #freeThread(): Promise<void> {
    const thread = this.#thread;
    if (thread === undefined) return;
    const patience = new AbortController();
    const answered = thread.ask("end", null).then(
      () => true,
      () => false,
    );
    const waited = sleep(patienceMs, false, { signal: patience.signal }).catch(() => false);
    const isFree = await Promise.race([answered, waited]);
    patience.abort();
    if (isFree || this.#thread !== thread) return;
    this.#thread = undefined;
    await thread.terminate();
  }

  #running(): HostedThread<FindRequests, FindEvents> {
    if (this.#thread !== undefined) return this.#thread;
    const thread = new HostedThread<FindRequests, FindEvents>(this.#programs.findWorker, threadData(this.#programs));
    thread.on("progress", (progress) => {
      if (progress.search === this.#search) this.#onProgress(progress);
    });
    this.#thread = thread;
    return thread;
  }
}
