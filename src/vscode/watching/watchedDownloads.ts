import type { Clock } from "../../http/clock.ts";
import type { ExportTask } from "../../model/contract.ts";
import { ExportError, isCancelled } from "../../model/exportError.ts";
import { pauseAfterFailures } from "./pacing.ts";
import { asFetched } from "./newestExport.ts";
import type { DownloadWatched, WatchOutcome } from "./watchOutcome.ts";
import { isWatchedTask, type Watched, watchKey, type WatchProblem } from "./watched.ts";
import type { WatchList } from "./watchList.ts";

/** Failures that can be over later, so that it is worth to try again. */
const passing = new Set<string>([
  "offline",
  "timeout",
  "serviceUnavailable",
  "tooManyRequests",
  "busyElsewhere",
  "unauthorized",
  "noCredentials",
  "taskNotDone",
]);
const mostTries = 6;

export interface WatchedDownloadsParts {
  readonly list: WatchList;
  readonly clock: Clock;
  readonly download: DownloadWatched;
  readonly tell: (outcome: WatchOutcome) => void;
  /** Called when a download has ended, because there may be something to do again. */
  readonly ended: () => void;
}

/** The downloads of watched tasks that are done. A download that fails for a while is tried again. */
export class WatchedDownloads {
  readonly #parts: WatchedDownloadsParts;
  readonly #signal: AbortSignal;
  readonly #running = new Set<string>();
  readonly #failures = new Map<string, { readonly count: number; readonly again: number }>();

  /** @param signal aborted when another window takes over or this one closes: then nothing is ended or told */
  constructor(parts: WatchedDownloadsParts, signal: AbortSignal) {
    this.#parts = parts;
    this.#signal = signal;
  }

  has(watched: Watched): boolean {
    return this.#running.has(watchKey(watched));
  }

  /** Starts the download of a finished task, unless it runs already or has to wait after a failure. */
  start(watched: Watched, task: ExportTask): void {
    const key = watchKey(watched);
    if (this.#running.has(key) || (this.#failures.get(key)?.again ?? 0) > this.#parts.clock.now()) return;
    this.#running.add(key);
    void this.#run(watched, task).finally(() => {
      this.#running.delete(key);
      this.#parts.ended();
    });
  }

  async #run(watched: Watched, task: ExportTask): Promise<void> {
    const { clock, download, tell } = this.#parts;
    const startedAt = clock.now();
    try {
      const result = await download(watched, task.id);
      const tookMs = clock.now() - startedAt;
      if (await this.#end(watched, task)) tell({ kind: "downloaded", watched, result, tookMs });
    } catch (error) {
      if (!this.#signal.aborted) await this.#failed(watched, task, error).catch(() => undefined);
    }
  }

  async #failed(watched: Watched, task: ExportTask, error: unknown): Promise<void> {
    const key = watchKey(watched);
    const count = (this.#failures.get(key)?.count ?? 0) + 1;
    if (error instanceof ExportError && passing.has(error.code) && count < mostTries) {
      this.#failures.set(key, {
        count,
        again: this.#parts.clock.now() + pauseAfterFailures(count, error.details.retryAfterMs),
      });
      const problem = problemOf(error);
      await this.#parts.list.update(key, (entry) => ({ ...entry, problem }));
      return;
    }
    const isWanted = await this.#end(watched, task);
    // Whoever canceled or paused the download has taken it over.
    if (isWanted && !isCancelled(error)) {
      this.#parts.tell({ kind: "refused", watched, taskId: task.id, error });
    }
  }

  /**
   * The export was dealt with: a task is not watched anymore, and a kind waits for the next one. Answers whether it was
   * still watched: if not, another window or the person has ended it.
   */
  async #end(watched: Watched, task: ExportTask): Promise<boolean> {
    const { list } = this.#parts;
    const key = watchKey(watched);
    this.#failures.delete(key);
    if (isWatchedTask(watched)) return (await list.remove((entry) => watchKey(entry) === key)).length > 0;
    if (list.find(key) === undefined) return false;
    await list.update(key, (entry) => {
      if (isWatchedTask(entry)) return entry;
      const { accountId, label, since, options, kind } = entry;
      return { accountId, label, since, options, kind, fetched: asFetched(task) };
    });
    return true;
  }
}

/** An error as it is stored. Everything else than an `ExportError` could contain anything. */
export function problemOf(error: unknown): WatchProblem {
  const isOurs = error instanceof ExportError;
  return isOurs ? { code: error.code, sentence: error.message.slice(0, 1000) } : { code: "internal", sentence: "" };
}
