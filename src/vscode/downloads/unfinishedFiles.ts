import { type TaskKey, taskKeyText } from "../../model/taskKey.ts";
import type { WrittenBytes } from "../../download/writtenBytes.ts";
import { defined } from "../../model/defined.ts";

export type UnfinishedState =
  /** `waiting`: why no bytes come at the moment, one sentence. */
  | { readonly kind: "growing"; readonly waiting?: string }
  | { readonly kind: "paused" }
  /** `reason`: one sentence. */
  | { readonly kind: "failed"; readonly reason: string }
  /** It has its name: `path` is where it lies. */
  | { readonly kind: "placed" }
  /** It was cancelled, and what had come was removed. */
  | { readonly kind: "gone" };

/** A file that is being downloaded, or stands still with some of its bytes there. */
export interface UnfinishedFile extends Omit<WrittenBytes, "placed"> {
  readonly accountId: string;
  readonly taskId: string;
  readonly state: UnfinishedState;
}

/** A part that a download left. */
export type StoppedPart = Pick<UnfinishedFile, "file" | "part" | "path" | "bytes" | "total">;

type Listener = (changed: UnfinishedFile) => void;

/** Knows every file that is not whole yet, so that it can be read while it grows. */
export class UnfinishedFiles {
  readonly #exports = new Map<string, UnfinishedFile>();
  readonly #listeners = new Set<Listener>();

  /** Told of each change; the last that is told of a file is `placed` or `gone`. */
  listen(listener: Listener): { dispose(): void } {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  /** The one that is to lie at a path, or whose part lies there. */
  find(path: string): UnfinishedFile | undefined {
    const all = [...this.#exports.values()];
    return all.find((each) => each.part === path) ?? all.find((each) => each.path === path);
  }

  /** A task's files that are not whole, in their order. */
  ofTask({ accountId, taskId }: TaskKey): UnfinishedFile[] {
    return [...this.#exports.values()]
      .filter((each) => each.accountId === accountId && each.taskId === taskId)
      .toSorted((one, other) => one.file - other.file);
  }

  /** A download goes on: what stood still is expected to grow again. */
  resumed(task: TaskKey): void {
    for (const each of this.ofTask(task)) this.#tell({ ...each, state: { kind: "growing" } });
  }

  grew(task: TaskKey, { placed, ...growth }: WrittenBytes): void {
    this.#tell({ ...task, ...growth, state: { kind: placed ? "placed" : "growing" } });
  }

  /** No bytes come for the moment, or they come again (no reason). */
  setWaiting(task: TaskKey, file: number, reason: string | undefined): void {
    const known = this.ofTask(task).find((each) => each.file === file);
    if (known?.state.kind !== "growing" || known.state.waiting === reason) return;
    this.#tell({ ...known, state: { kind: "growing", ...defined({ waiting: reason }) } });
  }

  /** A download stands still, because of a failure when there is a reason. What left no part is gone. */
  setStopped(task: TaskKey, parts: readonly StoppedPart[], reason: string | undefined): void {
    const state: UnfinishedState = reason === undefined ? { kind: "paused" } : { kind: "failed", reason };
    for (const known of this.ofTask(task)) {
      if (parts.every(({ file }) => file !== known.file)) this.#tell({ ...known, state: { kind: "gone" } });
    }
    for (const part of parts) {
      // The path that was told last knows what the store called the file; a part's own notes may be older.
      const { path = part.path } = this.ofTask(task).find(({ file }) => file === part.file) ?? {};
      this.#tell({ ...task, ...part, path, state });
    }
  }

  /** A download ended; `placed` tells where its files lie, by their place among the task's files. */
  ended(task: TaskKey, placed: ReadonlyMap<number, string> = new Map()): void {
    for (const known of this.ofTask(task)) {
      const path = placed.get(known.file);
      if (path === undefined) this.#tell({ ...known, state: { kind: "gone" } });
      else this.#tell({ ...known, path, state: { kind: "placed" } });
    }
  }

  #tell(changed: UnfinishedFile): void {
    const key = `${taskKeyText(changed)}/${changed.file}`;
    const isOver = changed.state.kind === "placed" || changed.state.kind === "gone";
    if (isOver) this.#exports.delete(key);
    else this.#exports.set(key, changed);
    for (const listener of [...this.#listeners]) listener(changed);
  }
}
