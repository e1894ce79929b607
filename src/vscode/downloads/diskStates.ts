import { type FSWatcher, watch } from "node:fs";
import { basename, dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { statsOf } from "../../disk/fileStamp.ts";
import { type TaskKey, taskKeyText } from "../../model/taskKey.ts";
import { Owner } from "../disposables.ts";
import { Emitter } from "../emitter.ts";
import type { DownloadedExport, DownloadHistory } from "./downloadHistory.ts";
import type { OwnFiles } from "./ownFiles.ts";

/** What became of a downloaded file. */
export type DiskState = "same" | "changed" | "missing";

export interface DiskStatesParts {
  readonly history: Pick<DownloadHistory, "ofTask" | "onDidChange">;
  readonly ownFiles: Pick<OwnFiles, "check">;
}

/** A program that writes causes several notices. */
const settleMs = 100;

/** Tells which downloaded files were changed, moved or deleted, for the tasks whose files one view shows. */
export class DiskStates extends Owner {
  readonly #parts: DiskStatesParts;
  readonly #shown = new Map<string, TaskKey>();
  readonly #states = new Map<string, DiskState>();
  /** What was found for a file of a certain size and date, whose content had to be compared. */
  readonly #compared = new Map<string, { readonly stamp: string; readonly state: DiskState }>();
  readonly #watchers = new Map<string, FSWatcher>();
  /** The tasks that are shown, by the folders and names of their files: a running download causes many notices. */
  #files = new Map<string, Map<string, readonly TaskKey[]>>();
  readonly #timers = new Map<string, NodeJS.Timeout>();
  #work = Promise.resolve();
  readonly #changed = new Emitter<TaskKey>();
  readonly #end = new AbortController();
  /** A file of the task is in another state than before. */
  readonly onDidChange = this.#changed.event;

  constructor(parts: DiskStatesParts) {
    super();
    this.#parts = parts;
    this.own(
      parts.history.onDidChange((task) => {
        if (this.#shown.has(taskKeyText(task))) this.show(task);
        else this.#forget(task);
      }),
    );
    this.own({
      dispose: () => {
        this.#end.abort();
        for (const watcher of this.#watchers.values()) watcher.close();
        for (const timer of this.#timers.values()) clearTimeout(timer);
      },
    });
  }

  /** The state that is known; it counts as the same until it was looked at. */
  of(record: Pick<DownloadedExport, "uri" | "sha256">): DiskState {
    return this.#states.get(contentKey(record)) ?? "same";
  }

  /** Looks at the files of a task now, and whenever something changes in their folders. */
  show({ accountId, taskId }: TaskKey): void {
    const task = { accountId, taskId };
    this.#shown.set(taskKeyText(task), task);
    this.#watchFolders();
    this.#lookSoon(task);
  }

  /** From now on, the files of exactly these tasks are shown. Only the new ones are looked at. */
  showOnly(tasks: readonly TaskKey[]): void {
    const before = new Map(this.#shown);
    this.#shown.clear();
    for (const { accountId, taskId } of tasks)
      this.#shown.set(taskKeyText({ accountId, taskId }), { accountId, taskId });
    this.#watchFolders();
    for (const [key, task] of this.#shown) if (!before.has(key)) this.#lookSoon(task);
  }

  /** The files of the task are not shown anymore. */
  hide(task: TaskKey): void {
    this.#shown.delete(taskKeyText(task));
    this.#watchFolders();
  }

  /** Looks again at all files that are shown: not every disk reports changes. */
  lookAgain(): void {
    for (const task of this.#shown.values()) this.#lookSoon(task);
  }

  /** A file that was missing may have been downloaded again. */
  #forget(task: TaskKey): void {
    for (const record of this.#recordsOf(task)) this.#states.delete(contentKey(record));
  }

  #recordsOf({ accountId, taskId }: TaskKey): DownloadedExport[] {
    return this.#parts.history.ofTask(accountId, taskId);
  }

  #watchFolders(): void {
    this.#files = new Map();
    for (const task of this.#shown.values()) for (const record of this.#recordsOf(task)) this.#follow(record, task);
    for (const [folder, watcher] of this.#watchers) {
      if (this.#files.has(folder)) continue;
      watcher.close();
      this.#watchers.delete(folder);
    }
    for (const folder of this.#files.keys()) if (!this.#watchers.has(folder)) this.#watchFolder(folder);
  }

  #follow(record: DownloadedExport, task: TaskKey): void {
    const path = pathOf(record);
    const names = this.#files.get(dirname(path)) ?? new Map<string, readonly TaskKey[]>();
    names.set(basename(path), [...(names.get(basename(path)) ?? []), task]);
    this.#files.set(dirname(path), names);
  }

  #watchFolder(folder: string): void {
    try {
      const watcher = watch(folder, { persistent: false }, (_kind, name) => this.#noticed(folder, name));
      watcher.on("error", () => watcher.close());
      this.#watchers.set(folder, watcher);
    } catch {
      // The folder is gone, or the disk reports no changes.
    }
  }

  /** @param name null if the system doesn't say which file */
  #noticed(folder: string, name: string | null): void {
    const names = this.#files.get(folder) ?? new Map<string, readonly TaskKey[]>();
    const theirs = name === null ? [...names.values()].flat() : (names.get(name) ?? []);
    for (const task of theirs) this.#lookSoon(task);
  }

  #lookSoon(task: TaskKey): void {
    const key = taskKeyText(task);
    clearTimeout(this.#timers.get(key));
    const look = (): void => {
      this.#timers.delete(key);
      // One after the other, so that no content is compared twice.
      this.#work = this.#work.then(() => this.#look(task));
    };
    this.#timers.set(key, setTimeout(look, settleMs));
  }

  async #look(task: TaskKey): Promise<void> {
    if (!this.#shown.has(taskKeyText(task))) return;
    let hasChanged = false;
    for (const record of this.#recordsOf(task)) {
      const state = await this.#stateOf(record).catch(() => this.of(record));
      if (this.#end.signal.aborted) return;
      hasChanged ||= state !== this.of(record);
      this.#states.set(contentKey(record), state);
    }
    if (hasChanged) this.#changed.fire(task);
  }

  /** Compares the content only of a file that has its size, but was written after its download. */
  async #stateOf(record: DownloadedExport): Promise<DiskState> {
    const file = await statsOf(pathOf(record));
    if (file === undefined) return "missing";
    if (!file.isFile() || file.size !== record.bytes) return "changed";
    const { mtimeMs, ctimeMs, ino } = file;
    if (Math.max(mtimeMs, ctimeMs) <= Date.parse(record.at)) return "same";
    const stamp = [record.sha256, mtimeMs, ctimeMs, ino].join();
    const known = this.#compared.get(record.uri);
    if (known?.stamp === stamp) return known.state;
    const { found } = await this.#parts.ownFiles.check(record, this.#end.signal);
    const state = found === "changed" || found === "missing" ? found : "same";
    this.#compared.set(record.uri, { stamp, state });
    return state;
  }
}

/** A file of one task can replace one of another task, which then counts as changed. */
function contentKey({ uri, sha256 }: Pick<DownloadedExport, "uri" | "sha256">): string {
  return `${sha256} ${uri}`;
}

function pathOf({ uri }: DownloadedExport): string {
  return fileURLToPath(uri);
}
