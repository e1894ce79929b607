import type { ExportTask, ServiceCall } from "../../model/contract.ts";
import { defined } from "../../model/defined.ts";
import { ExportError } from "../../model/exportError.ts";
import type { TaskKey } from "../../model/taskKey.ts";
import type { TaskKind } from "../../model/taskKind.ts";
import { asFetched, newestExport } from "./newestExport.ts";
import { type Watched, type WatchedKind, watchKey, type WatchOptions } from "./watched.ts";
import type { WatchList } from "./watchList.ts";

/** What is needed to watch something. */
export interface WatchingParts {
  readonly list: WatchList;
  /** @throws ExportError `noAccount` */
  readonly requireAccount: (accountId: string) => void;
  readonly getTask: (accountId: string, taskId: string, call: ServiceCall) => Promise<ExportTask>;
  /** The tasks that this window has loaded; undefined if it has loaded none. */
  readonly loaded: (accountId: string) => readonly ExportTask[] | undefined;
  /** The absolute folder for a request. @throws ExportError `notWritable` */
  readonly folderOf: (requested?: string) => string;
  /** A description is a person's text, which can contain anything, and it is stored. */
  readonly redact: (text: string) => string;
}

/** Failures that say that there is nothing to watch. After others, such as without a network, the task is watched. */
const refusals = new Set<string>(["taskNotFound", "notAnExportTask", "invalidRequest", "noAccount", "noCredentials"]);
const longestLabel = 300;

/** Watches tasks and kinds, for commands and the API. */
export class Watching {
  readonly list: WatchList;
  readonly #parts: WatchingParts;

  constructor(parts: WatchingParts) {
    this.list = parts.list;
    this.#parts = parts;
  }

  /**
   * Has a task downloaded when it is done.
   *
   * @throws ExportError `noAccount`, `taskNotFound` and others if there is nothing to watch; `notWritable`
   */
  async watchTask({ accountId, taskId }: TaskKey, options: WatchOptions, signal: AbortSignal): Promise<void> {
    this.#parts.requireAccount(accountId);
    const whole = this.#whole(options);
    const task = await this.#known(accountId, taskId, signal);
    const label = this.#label(task?.description ?? "");
    const since = new Date().toISOString();
    const state = task?.state ?? "unknown";
    await this.list.add({ accountId, taskId, label, since, options: whole, state });
  }

  /** Has the new exports of a kind downloaded. @throws ExportError `noAccount`, `notWritable`, `invalidRequest` */
  async watchKind(kind: TaskKind, label: string, options: WatchOptions): Promise<void> {
    const { accountId, ...rest } = kind;
    this.#parts.requireAccount(accountId);
    const since = new Date().toISOString();
    const watched = {
      accountId,
      kind: rest,
      label: this.#label(label),
      since,
      options: this.#whole(options),
    };
    await this.list.add({ ...watched, ...this.#baseline(watched) });
  }

  /** Stops watching. Does nothing if it is not watched. */
  async unwatch(key: string): Promise<Watched | undefined> {
    const [removed] = await this.list.remove((entry) => watchKey(entry) === key);
    return removed;
  }

  /** What a row is called. */
  #label(description: string): string {
    return this.#parts.redact(description).slice(0, longestLabel);
  }

  /** The download may run in a window with another folder in its settings. */
  #whole(options: WatchOptions): WatchOptions {
    return { ...options, folder: this.#parts.folderOf(options.folder) };
  }

  /** What is finished by now is not new. If no tasks are loaded, the first look says what there is. */
  #baseline(watched: WatchedKind): Pick<WatchedKind, "fetched"> {
    const tasks = this.#parts.loaded(watched.accountId);
    return defined({ fetched: tasks === undefined ? undefined : asFetched(newestExport(tasks, watched)) });
  }

  async #known(accountId: string, taskId: string, signal: AbortSignal): Promise<ExportTask | undefined> {
    const listed = this.#parts.loaded(accountId)?.find(({ id }) => id === taskId);
    if (listed !== undefined) return listed;
    try {
      return await this.#parts.getTask(accountId, taskId, { signal });
    } catch (error) {
      if (signal.aborted || (error instanceof ExportError && refusals.has(error.code))) throw error;
      return undefined;
    }
  }
}
