import { type FSWatcher, type Stats, watch } from "node:fs";
import { lstat } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { systemCode } from "../../model/systemCode.ts";
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

/** Tells which downloaded files were changed, moved or deleted, for the tasks whose files are shown. */
export class DiskStates extends Owner {
  readonly #parts: DiskStatesParts;
  readonly #shown = new Map<string, TaskKey>();
  readonly #states = new Map<string, DiskState>();
  /** What was found for a file of a certain size and date, whose content had to be compared. */
  readonly #compared = new Map<string, { readonly stamp: string; readonly state: DiskState }>();
  readonly #watchers = new Map<string, FSWatcher>();
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
  of({ uri }: Pick<DownloadedExport, "uri">): DiskState {
    return this.#states.get(uri) ?? "same";
  }

  /** Looks at the files of a task now, and whenever something changes in their folders. */
  show({ accountId, taskId }: TaskKey): void {
    const task = { accountId, taskId };
    this.#shown.set(taskKeyText(task), task);
    this.#watchFolders();
    this.#lookSoon(task);
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
    for (const { uri } of this.#recordsOf(task)) this.#states.delete(uri);
  }

  #recordsOf({ accountId, taskId }: TaskKey): DownloadedExport[] {
    return this.#parts.history.ofTask(accountId, taskId);
  }

  #watchFolders(): void {
    const paths = [...this.#shown.values()].flatMap((task) => this.#recordsOf(task)).map(pathOf);
    const folders = new Set(paths.map((path) => dirname(path)));
    for (const [folder, watcher] of this.#watchers) {
      if (folders.has(folder)) continue;
      watcher.close();
      this.#watchers.delete(folder);
    }
    for (const folder of folders) if (!this.#watchers.has(folder)) this.#watchFolder(folder);
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

  #noticed(folder: string, name: string | null): void {
    for (const task of this.#shown.values()) {
      const isTheirs = this.#recordsOf(task)
        .map(pathOf)
        .some((path) => dirname(path) === folder && (name === null || name === basename(path)));
      if (isTheirs) this.#lookSoon(task);
    }
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
      this.#states.set(record.uri, state);
    }
    if (hasChanged) this.#changed.fire(task);
  }

  /** Compares the content only of a file that has its size, but was written after its download. */
  async #stateOf(record: DownloadedExport): Promise<DiskState> {
    const file = await fileAt(pathOf(record));
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

function pathOf({ uri }: DownloadedExport): string {
  return fileURLToPath(uri);
}

async function fileAt(path: string): Promise<Stats | undefined> {
  try {
    return await lstat(path);
  } catch (error) {
    if (["ENOENT", "ENOTDIR"].includes(systemCode(error) ?? "")) return undefined;
    throw error;
  }
}
