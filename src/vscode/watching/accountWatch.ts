import type { Clock } from "../../http/clock.ts";
import type { ExportTask, Waiting } from "../../model/contract.ts";
import { defined } from "../../model/defined.ts";
import { ExportError, throwIfCancelled } from "../../model/exportError.ts";
import type { TaskKey } from "../../model/taskKey.ts";
import type { Log } from "../log.ts";
import { type Look, lookAtAccount, type WatchedService, withLog } from "./lookAtAccount.ts";
import { asFetched, isNewer, newestExport } from "./newestExport.ts";
import { kindPauseMs, offlinePauseMs, pauseAfterFailures, pauseByAge, type RequestBudget } from "./pacing.ts";
import { problemOf, WatchedDownloads } from "./watchedDownloads.ts";
import {
  isWatchedTask,
  type Watched,
  type WatchedKind,
  type WatchedTask,
  watchKey,
  type WatchProblem,
} from "./watched.ts";
import type { DownloadWatched, WatchOutcome } from "./watchOutcome.ts";
import type { WatchList } from "./watchList.ts";

export interface AccountWatchParts {
  readonly list: WatchList;
  readonly service: WatchedService;
  readonly clock: Clock;
  readonly download: DownloadWatched;
  /** Whether a task was downloaded already, for example by a person who didn't wait. */
  readonly isDownloaded: (task: TaskKey) => boolean;
  readonly tell: (outcome: WatchOutcome) => void;
  readonly log: Pick<Log, "debug" | "warn">;
}

/** Waits that end early when there is something to do. */
export class Alarm {
  #wake = new AbortController();

  /** Ends the wait that runs, or the next one. */
  ring(): void {
    this.#wake.abort();
  }

  /** @throws ExportError `cancelled` if the signal is aborted */
  async wait(milliseconds: number | undefined, clock: Clock, signal: AbortSignal): Promise<void> {
    const either = AbortSignal.any([signal, this.#wake.signal]);
    try {
      if (milliseconds === undefined) await abortOf(either);
      else await clock.wait(milliseconds, either);
    } catch (error) {
      if (!this.#wake.signal.aborted) throw error;
    }
    throwIfCancelled(signal);
    if (this.#wake.signal.aborted) this.#wake = new AbortController();
  }
}

function abortOf(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}

/** Two looks are never closer together than this, whatever rings. */
const leastMs = 2000;
/** Up to this pause, a row says "every few seconds" instead of a time that is over when it is read. */
const oftenMs = 10_000;
const hopeless = new Set<string>(["unauthorized", "forbidden", "noCredentials", "noAccount"]);

/** Asks the service of one account for what is watched there, in one window, until it is stopped. */
export class AccountWatch {
  readonly #accountId: string;
  readonly #parts: AccountWatchParts;
  readonly #budget: RequestBudget;
  readonly #alarm: Alarm;
  readonly #signal: AbortSignal;
  readonly #downloads: WatchedDownloads;
  readonly #askedBefore = new Map<string, number>();
  #failures = 0;
  /** How many requests the last look took. */
  #cost = 1;

  constructor(
    accountId: string,
    parts: AccountWatchParts,
    run: { readonly budget: RequestBudget; readonly alarm: Alarm; readonly signal: AbortSignal },
  ) {
    this.#accountId = accountId;
    this.#parts = parts;
    this.#budget = run.budget;
    this.#alarm = run.alarm;
    this.#signal = run.signal;
    this.#downloads = new WatchedDownloads({ ...parts, budget: run.budget, ended: () => run.alarm.ring() }, run.signal);
  }

  /** @throws ExportError `cancelled` */
  async run(): Promise<never> {
    const { clock } = this.#parts;
    let pause: Pause = { ms: undefined };
    for (;;) {
      throwIfCancelled(this.#signal);
      const watched = this.#waiting();
      if (watched.length === 0) {
        await this.#alarm.wait(undefined, clock, this.#signal);
        continue;
      }
      // Before the first look as well: another loop may have asked for this account just now.
      const early = this.#budget.waitFor(this.#cost, clock.now());
      if (early > 0) {
        // What is watched since the look waits like all else.
        if (early > oftenMs) await this.#announce({ ...pause, ms: early });
        await clock.wait(early, this.#signal);
        continue;
      }
      this.#budget.pause(leastMs, clock.now());
      pause = await this.#look(watched);
      await this.#announce(pause);
      await this.#alarm.wait(pause.ms, clock, this.#signal);
    }
  }

  /**
   * Says when the next look is. While requests are scarce, that is later than the pace of the tasks would have it. If the
   * list can't be written, other windows don't see it, but the loop goes on with its pauses.
   */
  async #announce(pause: Pause): Promise<void> {
    const scarce = this.#budget.waitFor(this.#cost, this.#parts.clock.now());
    const ms = pause.ms === undefined ? undefined : Math.max(pause.ms, scarce);
    try {
      await this.#parts.list.setCheck(this.#accountId, this.#check({ ...pause, ms }));
    } catch (error) {
      this.#parts.log.warn("The next check of watched tasks could not be stored", error);
    }
  }

  /** What is watched and not just being downloaded. */
  #waiting(): Watched[] {
    return this.#parts.list.ofAccount(this.#accountId).filter((entry) => !this.#downloads.has(entry));
  }

  async #look(watched: readonly Watched[]): Promise<Pause> {
    this.#cost = 0;
    try {
      const look = await lookAtAccount(this.#accountId, watched, this.#lookParts());
      this.#failures = 0;
      const now = this.#parts.clock.now();
      for (const taskId of look.asked) this.#askedBefore.set(taskId, now);
      for (const entry of watched) {
        if (isWatchedTask(entry)) await this.#task(entry, look);
        else await this.#kind(entry, look);
      }
      return { ms: this.#pace(now) };
    } catch (error) {
      throwIfCancelled(this.#signal);
      return this.#afterFailure(error);
    }
  }

  #lookParts() {
    const { service, clock } = this.#parts;
    const onRequest = (count: number): void => {
      this.#cost += count;
      this.#budget.spend(count, clock.now());
    };
    const onWaiting = (waiting: Waiting): void => {
      // The same request is sent once more.
      onRequest(1);
      const problem = { code: "waiting", sentence: waiting.reason };
      const check = this.#check({ ms: waiting.retryInMs, problem });
      void this.#parts.list.setCheck(this.#accountId, check).catch(() => undefined);
    };
    return { service, call: { signal: this.#signal, onWaiting }, askedBefore: this.#askedBefore, onRequest };
  }

  async #task(entry: WatchedTask, { tasks, refused }: Look): Promise<void> {
    const { list, tell } = this.#parts;
    const { taskId } = entry;
    const error = refused.get(taskId);
    const task = tasks.get(taskId);
    const end = async (): Promise<boolean> =>
      (await list.remove((one) => watchKey(one) === watchKey(entry))).length > 0;
    if (error !== undefined) {
      if (await end()) tell({ kind: "refused", watched: entry, taskId, error });
    } else if (task?.state === "failed") {
      const explained = await withLog(task, this.#lookParts());
      if (await end()) tell({ kind: "failed", watched: entry, task: explained });
    } else if (task !== undefined) {
      await this.#setState(entry, task);
      if (task.state === "done") this.#downloads.start(entry, task);
    }
  }

  async #setState(entry: WatchedTask, { state }: ExportTask): Promise<void> {
    if (entry.state === state) return;
    await this.#parts.list.update(watchKey(entry), (one) => (isWatchedTask(one) ? { ...one, state } : one));
  }

  async #kind(entry: WatchedKind, { page = [] }: Look): Promise<void> {
    const { list, isDownloaded } = this.#parts;
    const newest = newestExport(page, entry);
    const key = newest && { accountId: this.#accountId, taskId: newest.id };
    const isKnown = entry.fetched === undefined || (newest !== undefined && !isNewer(newest, entry.fetched));
    const isFetched = !isKnown && key !== undefined && (list.hasTask(key) || isDownloaded(key));
    if (entry.fetched === undefined || isFetched) {
      const fetched = asFetched(newest);
      await list.update(watchKey(entry), (one) => (isWatchedTask(one) ? one : { ...one, fetched }));
    } else if (newest !== undefined && !isKnown) this.#downloads.start(entry, newest);
  }

  /** The task that was watched last sets the pace. */
  #pace(now: number): number {
    const tasks = this.#parts.list.ofAccount(this.#accountId).filter(isWatchedTask);
    return Math.min(kindPauseMs, ...tasks.map(({ since }) => pauseByAge(now - Date.parse(since))));
  }

  #afterFailure(error: unknown): Pause {
    const { log } = this.#parts;
    this.#failures += 1;
    log.debug(
      `A look at the watched tasks of an account failed: ${error instanceof ExportError ? error.code : "internal"}`,
    );
    const problem = problemOf(error);
    if (hopeless.has(problem.code)) return { ms: undefined, problem };
    if (!(error instanceof ExportError)) log.warn("A look at watched tasks failed", error);
    if (problem.code === "offline") return { ms: offlinePauseMs, problem };
    const asked = error instanceof ExportError ? error.details.retryAfterMs : undefined;
    // A pause that the service has asked for is kept, whatever else happens.
    if (asked !== undefined && asked > leastMs) this.#budget.pause(asked, this.#parts.clock.now());
    return { ms: pauseAfterFailures(this.#failures, asked), problem };
  }

  #check({ ms, problem }: Pause) {
    const isSoon = ms === undefined || ms <= oftenMs;
    const next = isSoon ? undefined : new Date(this.#parts.clock.now() + ms).toISOString();
    return defined({ next, problem });
  }
}

/** How long to wait until the next look. Undefined: until the credentials are replaced. */
interface Pause {
  readonly ms: number | undefined;
  readonly problem?: WatchProblem;
}
