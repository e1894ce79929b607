import type { TaskKey } from "../../model/taskKey.ts";
import { kindOf } from "../../model/taskKind.ts";
import type { ExportTask } from "../../model/contract.ts";
import { Owner } from "../disposables.ts";
import type { Downloads } from "../downloads/downloads.ts";
import type { AccountStore } from "../accounts/accountStore.ts";
import { isWatchedTask, type Watched, watchKeyOfKind } from "../watching/watched.ts";
import type { WatchList } from "../watching/watchList.ts";
import { WatchedEntryNode, WatchedNode } from "./nodes/watchedNodes.ts";
import type { TaskWatch } from "./nodes/taskNode.ts";

export interface WatchedRowsParts {
  readonly watchList: WatchList;
  readonly downloads: Downloads;
  readonly store: Pick<AccountStore, "list">;
  /** Paints the row and those below it again; undefined: all rows of the view. */
  readonly paint: (row: WatchedNode | undefined) => void;
  /** Paints the row of a task again. */
  readonly paintTask: (task: TaskKey) => void;
}

/** The rows that say what is watched. */
export class WatchedRows extends Owner {
  readonly #parts: WatchedRowsParts;
  readonly #root = new WatchedNode();
  #shown: readonly Watched[];
  #downloading = "";

  constructor(parts: WatchedRowsParts) {
    super();
    this.#parts = parts;
    this.#shown = parts.watchList.watched;
    this.own(parts.watchList.onDidChange(() => this.#update()));
    this.own(parts.downloads.onDidChange(() => this.#downloadsChanged()));
  }

  /** The rows at the top of the view: none while nothing is watched. */
  top(): WatchedNode[] {
    const { watched } = this.#parts.watchList;
    this.#root.count(watched.length);
    return watched.length === 0 ? [] : [this.#root];
  }

  below(parent: WatchedNode): WatchedEntryNode[] {
    const { watchList, store } = this.#parts;
    const accounts = store.list();
    return watchList.watched.map((entry) => {
      const { accountId } = entry;
      const facts = {
        check: watchList.check(accountId),
        isDownloading: this.#isDownloading(entry),
        accountLabel: accounts.find(({ id }) => id === accountId)?.label,
      };
      return new WatchedEntryNode(entry, parent, facts);
    });
  }

  /** What the row of a task says about watching it. */
  ofTask(task: ExportTask): TaskWatch {
    const { watchList } = this.#parts;
    const kind = kindOf(task);
    return {
      isWatched: watchList.hasTask({ accountId: task.accountId, taskId: task.id }),
      canWatchKind: kind !== undefined && watchList.find(watchKeyOfKind(kind)) === undefined,
    };
  }

  #isDownloading(entry: Watched): boolean {
    if (!isWatchedTask(entry)) return false;
    return this.#parts.downloads.of(entry.accountId, entry.taskId)?.state === "running";
  }

  #update(): void {
    const before = this.#shown;
    const { watched } = this.#parts.watchList;
    this.#shown = watched;
    this.#root.count(watched.length);
    const hasKinds = [...before, ...watched].some((entry) => !isWatchedTask(entry)) && before.length !== watched.length;
    const comesOrGoes = (before.length === 0) !== (watched.length === 0);
    // The menus of all tasks of a kind change with it.
    this.#parts.paint(comesOrGoes || hasKinds ? undefined : this.#root);
    const had = new Set(before.filter(isWatchedTask).map(({ accountId, taskId }) => `${accountId}/${taskId}`));
    const has = new Set(watched.filter(isWatchedTask).map(({ accountId, taskId }) => `${accountId}/${taskId}`));
    for (const entry of [...before, ...watched].filter(isWatchedTask)) {
      const key = `${entry.accountId}/${entry.taskId}`;
      if (had.has(key) !== has.has(key)) this.#parts.paintTask(entry);
    }
  }

  /** Not with each step of a download: only when one begins or ends. */
  #downloadsChanged(): void {
    const downloading = this.#shown.map((entry) => this.#isDownloading(entry)).join();
    if (downloading === this.#downloading) return;
    this.#downloading = downloading;
    if (this.#shown.length > 0) this.#parts.paint(this.#root);
  }
}
