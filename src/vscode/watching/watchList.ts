import { type FSWatcher, watch } from "node:fs";
import { t } from "@vscode/l10n";
import { ExportError } from "../../model/exportError.ts";
import type { TaskKey } from "../../model/taskKey.ts";
import { Owner } from "../disposables.ts";
import { Emitter } from "../emitter.ts";
import type { Log } from "../log.ts";
import { WatchFile } from "./watchFile.ts";
import {
  mostWatched,
  nothingWatched,
  type WatchCheck,
  type Watched,
  watchKey,
  watchKeyOfTask,
  type WatchState,
} from "./watched.ts";

/** Several changes of the file that follow each other are read once. */
const settleMs = 50;

export interface WatchListParts {
  /** A folder of the extension's own storage, the same one for all windows. */
  readonly folder: string;
  readonly log: Pick<Log, "warn">;
}

/** What is watched, in all windows. Commands and the watcher change it; tree and status bar show it. */
export class WatchList extends Owner {
  readonly #file: WatchFile;
  readonly #log: Pick<Log, "warn">;
  readonly #changed = new Emitter<undefined>();
  /** Fires when something else is watched, or when what is known of it has changed. */
  readonly onDidChange = this.#changed.event;
  #state: WatchState = nothingWatched;
  #files: FSWatcher | undefined;
  #settling: NodeJS.Timeout | undefined;
  /** The last of the calls, which run one after the other. */
  #last: Promise<unknown> = Promise.resolve();

  constructor({ folder, log }: WatchListParts) {
    super();
    this.#file = new WatchFile(folder);
    this.#log = log;
    this.own({ dispose: () => this.#close() });
  }

  get folder(): string {
    return this.#file.folder;
  }

  get watched(): readonly Watched[] {
    return this.#state.watched;
  }

  ofAccount(accountId: string): Watched[] {
    return this.#state.watched.filter((entry) => entry.accountId === accountId);
  }

  find(key: string): Watched | undefined {
    return this.#state.watched.find((entry) => watchKey(entry) === key);
  }

  hasTask(task: TaskKey): boolean {
    return this.find(watchKeyOfTask(task)) !== undefined;
  }

  check(accountId: string): WatchCheck {
    return this.#state.checks[accountId] ?? {};
  }

  /** Reads what other windows have changed. Call it at the start, and when the window gets the focus. */
  async look(): Promise<void> {
    await this.#inTurn(async () => {
      try {
        this.#show(await this.#file.read());
        if (this.#files === undefined) await this.#file.createFolder();
        this.#notice();
      } catch (error) {
        this.#log.warn("The list of watched tasks could not be read", error);
      }
    });
  }

  /** Watches something. What is watched already gets the new options. @throws ExportError `invalidRequest` if it is too much */
  async add(entry: Watched): Promise<void> {
    await this.#change((state) => {
      const others = state.watched.filter((other) => watchKey(other) !== watchKey(entry));
      if (others.length >= mostWatched) throw tooMuch();
      return { ...state, watched: [...others, entry] };
    });
  }

  /** Stops watching. Returns what was watched until now: of several windows that remove it, one gets it. */
  async remove(matches: (entry: Watched) => boolean): Promise<Watched[]> {
    const { before } = await this.#change((state) => ({
      ...state,
      watched: state.watched.filter((entry) => !matches(entry)),
    }));
    return before.watched.filter(matches);
  }

  /** Changes an entry. Does nothing if it is not watched anymore. */
  async update(key: string, change: (entry: Watched) => Watched): Promise<void> {
    await this.#change((state) => ({
      ...state,
      watched: state.watched.map((entry) => (watchKey(entry) === key ? change(entry) : entry)),
    }));
  }

  async setCheck(accountId: string, check: WatchCheck): Promise<void> {
    if (JSON.stringify(check) === JSON.stringify(this.check(accountId))) return;
    await this.#change((state) => ({ ...state, checks: { ...state.checks, [accountId]: check } }));
  }

  async #change(edit: (state: WatchState) => WatchState): Promise<{ before: WatchState; after: WatchState }> {
    return this.#inTurn(async () => {
      const change = await this.#file.change(edit);
      this.#show(change.after);
      this.#notice();
      return change;
    });
  }

  /** Otherwise a read that began earlier could show what was before a change. */
  #inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const turn = this.#last.then(work);
    this.#last = turn.catch(() => undefined);
    return turn;
  }

  #show(state: WatchState): void {
    if (JSON.stringify(state) === JSON.stringify(this.#state)) return;
    this.#state = state;
    this.#changed.fire(undefined);
  }

  /** From now on, notices the changes of other windows. */
  #notice(): void {
    if (this.#files !== undefined || this.isDisposed) return;
    try {
      const files = watch(this.#file.folder, { persistent: false }, (_event, name) => {
        if (name === null || name === "watched.json") this.#lookSoon();
      });
      files.on("error", () => {
        files.close();
        if (this.#files === files) this.#files = undefined;
      });
      this.#files = files;
    } catch {
      // The system can't watch the folder. Then the list is read when the window gets the focus.
    }
  }

  #lookSoon(): void {
    this.#settling ??= setTimeout(() => {
      this.#settling = undefined;
      void this.look();
    }, settleMs);
  }

  #close(): void {
    clearTimeout(this.#settling);
    this.#files?.close();
    this.#files = undefined;
  }
}

function tooMuch(): ExportError {
  return new ExportError(
    "invalidRequest",
    t("At most {0} tasks can be watched. Stop watching others first.", mostWatched),
  );
}
