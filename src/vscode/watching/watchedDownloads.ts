import type { Clock } from "../../http/clock.ts";
import type { ExportTask } from "../../model/contract.ts";
import { ExportError, isCancelled } from "../../model/exportError.ts";
import { pauseAfterFailures, type RequestBudget, TimedPause } from "./pacing.ts";
import type { Log } from "../log.ts";
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
  /** A first try is what somebody waits for. But many that fail are tried again within the budget of the account. */
  readonly budget: Pick<RequestBudget, "has" | "spend">;
  readonly log: Pick<Log, "warn">;
}

/** The downloads of watched tasks that are done. A download that fails for a while is tried again. */
export class WatchedDownloads {
  readonly #parts: WatchedDownloadsParts;
  readonly #signal: AbortSignal;
  readonly #running = new Set<string>();
  readonly #failures = new Map<string, { readonly count: number; readonly pause: TimedPause }>();
  /** What is told of downloads that have ended, but whose end could not be stored yet. They are never started again. */
  readonly #unstored = new Map<string, WatchOutcome | undefined>();
  /** What failed for good. A kind in a list without dates and without an order would come back to it again and again. */
  readonly #hopeless = new Set<string>();

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
    const end = endKey(watched, task);
    if (this.#running.has(key) || this.#hopeless.has(end) || this.#isPaused(key)) return;
    if (this.#failures.has(key)) this.#parts.budget.spend(1, this.#parts.clock.now());
    this.#running.add(key);
    const isOver = this.#unstored.has(end);
    const work = isOver ? this.#end(watched, task) : this.#run(watched, task);
    void work.finally(() => {
      this.#running.delete(key);
      this.#parts.ended();
    });
  }

  #isPaused(key: string): boolean {
    const { budget, clock } = this.#parts;
    const failure = this.#failures.get(key);
    return failure !== undefined && (failure.pause.left(clock.now()) > 0 || !budget.has(1, clock.now()));
  }

  async #run(watched: Watched, task: ExportTask): Promise<void> {
    const { clock, download } = this.#parts;
    const startedAt = clock.now();
    try {
      const result = await download(watched, task.id);
      const tookMs = clock.now() - startedAt;
      await this.#end(watched, task, { kind: "downloaded", watched, result, tookMs });
    } catch (error) {
      if (!this.#signal.aborted) await this.#failed(watched, task, error);
    }
  }

  async #failed(watched: Watched, task: ExportTask, error: unknown): Promise<void> {
    const key = watchKey(watched);
    const count = (this.#failures.get(key)?.count ?? 0) + 1;
    if (error instanceof ExportError && passing.has(error.code) && count < mostTries) {
      this.#pause(key, error.details.retryAfterMs);
      const problem = problemOf(error);
      await this.#parts.list.update(key, (entry) => ({ ...entry, problem })).catch(() => undefined);
      return;
    }
    // Whoever canceled or paused the download has taken it over.
    const told = isCancelled(error) ? undefined : ({ kind: "refused", watched, taskId: task.id, error } as const);
    await this.#end(watched, task, told);
    if (!isWatchedTask(watched) && !this.#unstored.has(endKey(watched, task))) {
      this.#hopeless.add(endKey(watched, task));
    }
  }

  #pause(key: string, asked?: number): void {
    const count = (this.#failures.get(key)?.count ?? 0) + 1;
    this.#failures.set(key, {
      count,
      pause: new TimedPause(pauseAfterFailures(count, asked), this.#parts.clock.now()),
    });
  }

  /**
   * The export was dealt with. That is told if it was still watched: if not, another window or the person has ended it. On
   * a full disk, where this can't be stored, it is tried again later, but without another download.
   */
  async #end(watched: Watched, task: ExportTask, told?: WatchOutcome): Promise<void> {
    const ended = endKey(watched, task);
    const outcome = told ?? this.#unstored.get(ended);
    try {
      const isWanted = await this.#store(watched, task);
      this.#unstored.delete(ended);
      this.#failures.delete(watchKey(watched));
      if (isWanted && outcome !== undefined) this.#parts.tell(outcome);
    } catch (error) {
      this.#parts.log.warn("The end of a watched download could not be stored", error);
      this.#unstored.set(ended, outcome);
      this.#pause(watchKey(watched));
    }
  }

  /** A task is not watched anymore, and a kind waits for the next one. Answers whether it was still watched. */
  async #store(watched: Watched, task: ExportTask): Promise<boolean> {
    const { list } = this.#parts;
    const key = watchKey(watched);
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

/** One download of something that is watched. Whoever watches a task again wants it again. */
function endKey(watched: Watched, { id }: ExportTask): string {
  return JSON.stringify([watchKey(watched), watched.since, id]);
}

/** An error as it is stored. Everything else than an `ExportError` could contain anything. */
export function problemOf(error: unknown): WatchProblem {
  const isOurs = error instanceof ExportError;
  return isOurs ? { code: error.code, sentence: error.message.slice(0, 1000) } : { code: "internal", sentence: "" };
}
