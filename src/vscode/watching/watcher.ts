import { createHash } from "node:crypto";
import { join } from "node:path";
import { tryLock } from "../../disk/fileLock.ts";
import { makeFolder } from "../../disk/folders.ts";
import { isCancelled } from "../../model/exportError.ts";
import { Owner } from "../disposables.ts";
import type { Subscription } from "../emitter.ts";
import { AccountWatch, type AccountWatchParts, Alarm } from "./accountWatch.ts";
import { RequestBudget } from "./pacing.ts";

/** What watching needs to know of the accounts. */
export interface WatchedAccounts {
  /** An account that another window has just added may be unknown here. */
  has(accountId: string): boolean;
  /** Called with the ID of an account that was added, changed or removed. */
  onDidChange(listener: (accountId: string) => void): Subscription;
}

export interface WatcherParts extends AccountWatchParts {
  readonly accounts: WatchedAccounts;
}

/** How often a window looks whether it has to take over from one that was closed. */
const takeoverMs = 10_000;

interface Running {
  readonly stop: AbortController;
  readonly alarm: Alarm;
  readonly budget: RequestBudget;
  /** What was watched when the loop was last told. */
  keys: string;
}

/**
 * Watches tasks: asks their services and has them downloaded. Of several windows, one asks for each account: the one
 * that holds the account's lock. While nothing is watched, there is no timer, no lock and no request.
 */
export class Watcher extends Owner {
  readonly #parts: WatcherParts;
  readonly #running = new Map<string, Running>();
  /** Kept while nothing is watched, so that watching something again is no way to send more requests. */
  readonly #budgets = new Map<string, RequestBudget>();

  constructor(parts: WatcherParts) {
    super();
    this.#parts = parts;
    this.own(parts.list.onDidChange(() => this.#follow()));
    this.own(parts.accounts.onDidChange((accountId) => void this.#accountChanged(accountId)));
    this.own({
      dispose: () => {
        for (const { stop } of this.#running.values()) stop.abort();
        this.#running.clear();
      },
    });
    this.#follow();
  }

  /** Starts and stops the loops of the accounts, and tells those that run what is new. */
  #follow(): void {
    if (this.isDisposed) return;
    const { list, accounts } = this.#parts;
    const wanted = new Set(list.watched.map(({ accountId }) => accountId).filter((id) => accounts.has(id)));
    for (const [id, { stop }] of this.#running) {
      if (wanted.has(id)) continue;
      stop.abort();
      this.#running.delete(id);
    }
    for (const id of wanted) this.#start(id);
  }

  #start(accountId: string): void {
    const keys = this.#keysOf(accountId);
    const running = this.#running.get(accountId);
    if (running !== undefined) {
      if (running.keys !== keys) running.alarm.ring();
      running.keys = keys;
      return;
    }
    const budget = this.#budgets.get(accountId) ?? new RequestBudget(this.#parts.clock.now());
    this.#budgets.set(accountId, budget);
    const started: Running = { stop: new AbortController(), alarm: new Alarm(), budget, keys };
    this.#running.set(accountId, started);
    void this.#hold(accountId, started).catch((error: unknown) => {
      if (!isCancelled(error)) this.#parts.log.warn("Watching tasks has stopped", error);
    });
  }

  /** Which entries there are, and since when: watching a task again makes it a new one. */
  #keysOf(accountId: string): string {
    return this.#parts.list
      .ofAccount(accountId)
      .map((entry) => JSON.stringify([entry.label, entry.since, entry.options]))
      .join("\n");
  }

  /** Watches while this window holds the lock, and otherwise waits for it. */
  async #hold(accountId: string, { stop, alarm, budget }: Running): Promise<never> {
    const { clock, log } = this.#parts;
    for (;;) {
      const lock = await this.#lock(accountId, stop.signal);
      if (lock === undefined) {
        await clock.wait(takeoverMs, stop.signal);
        continue;
      }
      log.debug("This window watches the tasks of an account");
      try {
        const signal = AbortSignal.any([stop.signal, lock.lost]);
        await new AccountWatch(accountId, this.#parts, { budget, alarm, signal }).run();
      } catch (error) {
        if (!isCancelled(error)) log.warn("Watching tasks failed", error);
        await clock.wait(lock.lost.aborted ? 0 : takeoverMs, stop.signal);
      } finally {
        await lock.release();
      }
    }
  }

  async #lock(accountId: string, signal: AbortSignal) {
    const { list, clock, log } = this.#parts;
    // An account's ID can have characters that a file's name can't.
    const mark = createHash("sha256").update(accountId).digest("hex").slice(0, 16);
    try {
      await makeFolder(list.folder, list.folder);
      return await tryLock(join(list.folder, `${mark}.lock`), clock, signal);
    } catch (error) {
      if (isCancelled(error)) throw error;
      log.warn("Watched tasks could not be locked", error);
      return undefined;
    }
  }

  async #accountChanged(accountId: string): Promise<void> {
    const { list, accounts, log } = this.#parts;
    try {
      if (!accounts.has(accountId)) await list.remove((entry) => entry.accountId === accountId);
    } catch (error) {
      log.warn("The tasks of a removed account are still watched", error);
    }
    this.#follow();
    // Its credentials may have been replaced.
    this.#running.get(accountId)?.alarm.ring();
  }
}
