import type { WrittenBytes } from "../../download/writtenBytes.ts";
import { fileURLToPath } from "node:url";
import { defined } from "../../model/defined.ts";
import { isSameTask, type TaskKey, taskKeyText } from "../../model/taskKey.ts";
import type { Subscription } from "../emitter.ts";
import type { DownloadEvent } from "./download.ts";
import type { DownloadChange, Downloads } from "./downloads.ts";

export type UnfinishedState =
  /** `waiting` is a sentence that says why no bytes are arriving. */
  | { readonly kind: "growing"; readonly waiting?: string }
  | { readonly kind: "paused" }
  /** `reason` is a sentence. */
  | { readonly kind: "failed"; readonly reason: string }
  /** The file is complete and has its final name, `path`. */
  | { readonly kind: "placed" }
  /** Nothing is left of it. If there is a reason (a sentence), the download failed; otherwise it was discarded. */
  | { readonly kind: "gone"; readonly reason?: string };

/** A file that is being downloaded, or that is paused with some of its bytes on disk. */
export interface UnfinishedFile extends Omit<WrittenBytes, "placed"> {
  readonly accountId: string;
  readonly taskId: string;
  readonly state: UnfinishedState;
}

type Listener = (changed: UnfinishedFile) => void;

/** All files that are not complete yet, so that they can be read while they are downloaded. */
export class UnfinishedFiles {
  readonly #files = new Map<string, UnfinishedFile>();
  readonly #listeners = new Set<Listener>();

  /** Called for each change. The last state of a file is `placed` or `gone`. */
  listen(listener: Listener): Subscription {
    this.#listeners.add(listener);
    return { dispose: () => this.#listeners.delete(listener) };
  }

  /** Listens to downloads. `inWords` turns an error into a sentence. */
  follow(downloads: Pick<Downloads, "listen">, inWords: (error: unknown) => string): Subscription {
    return downloads.listen(({ download, event }) => this.#take(download, event, inWords));
  }

  /** The file whose part has a path, or whose final path it is. */
  find(path: string): UnfinishedFile | undefined {
    const all = [...this.#files.values()];
    return all.find((each) => each.part === path) ?? all.find((each) => each.path === path);
  }

  /** The unfinished files of a task, in order. */
  ofTask(task: TaskKey): UnfinishedFile[] {
    return [...this.#files.values()]
      .filter((each) => isSameTask(each, task))
      .toSorted((one, other) => one.file - other.file);
  }

  /** Bytes of a file were written, or it got its final name. */
  grew(task: TaskKey, { placed, ...bytes }: WrittenBytes): void {
    this.#set({ ...task, ...bytes, state: { kind: placed ? "placed" : "growing" } });
  }

  /** Sets why no bytes are arriving, or undefined if they are arriving again. */
  setWaiting(task: TaskKey, file: number, reason: string | undefined): void {
    const known = this.#known(task, file);
    if (known?.state.kind !== "growing" || known.state.waiting === reason) return;
    this.#set({ ...known, state: { kind: "growing", ...defined({ waiting: reason }) } });
  }

  /** Paused files are downloaded again. Default: all files of the task. */
  resumed(task: TaskKey, files?: readonly number[]): void {
    this.#change(task, files, { kind: "growing" });
  }

  /** Files are no longer downloaded. If there is a reason, they failed; otherwise they were paused. */
  setStopped(task: TaskKey, parts: readonly Omit<WrittenBytes, "placed">[], reason: string | undefined): void {
    const state: UnfinishedState = reason === undefined ? { kind: "paused" } : { kind: "failed", reason };
    for (const { file, part, path, bytes, total } of parts) {
      // The last known path contains the name from the store. The sidecar may be older.
      const latest = this.#known(task, file)?.path ?? path;
      this.#set({ ...task, file, part, path: latest, bytes, ...defined({ total }), state });
    }
  }

  /** Nothing is left of files. Default: all files of the task. If there is a reason, the download failed. */
  ended(task: TaskKey, files?: readonly number[], reason?: string): void {
    this.#change(task, files, { kind: "gone", ...defined({ reason }) });
  }

  #take(download: DownloadChange["download"], event: DownloadEvent, inWords: (error: unknown) => string): void {
    const task = { accountId: download.accountId, taskId: download.taskId };
    switch (event.kind) {
      case "started":
        this.resumed(
          task,
          download.files.map(({ index }) => index),
        );
        return;
      case "written":
        this.grew(task, event.written);
        return;
      case "progress": {
        const { file, phase, reason } = event.progress;
        this.setWaiting(task, file, phase === "waiting" ? reason : undefined);
        return;
      }
      case "arrived":
        // Another window may have downloaded it, or it already existed.
        this.#change(task, [event.file.index], { kind: "placed" }, fileURLToPath(event.file.uri));
        return;
      case "failed":
        this.#change(task, [event.file], { kind: "failed", reason: inWords(event.error) });
        return;
      case "stopped": {
        const reasonOf = (file: number): string | undefined => {
          const error = download.files.find(({ index }) => index === file)?.error ?? event.error;
          return error === undefined ? undefined : inWords(error);
        };
        // A file that failed and was kept may be discarded later: then there is no error of this stop.
        for (const file of event.gone) this.ended(task, [file], event.error === undefined ? undefined : reasonOf(file));
        for (const part of event.unfinished) this.setStopped(task, [part], reasonOf(part.file));
        return;
      }
      case "planned":
      case "replaced":
        return;
    }
  }

  #change(task: TaskKey, files: readonly number[] | undefined, state: UnfinishedState, path?: string): void {
    for (const known of this.ofTask(task)) {
      if (files?.includes(known.file) ?? true) this.#set({ ...known, ...defined({ path }), state });
    }
  }

  #known(task: TaskKey, file: number): UnfinishedFile | undefined {
    return this.#files.get(`${taskKeyText(task)}/${file}`);
  }

  #set(changed: UnfinishedFile): void {
    const key = `${taskKeyText(changed)}/${changed.file}`;
    const isOver = changed.state.kind === "placed" || changed.state.kind === "gone";
    if (isOver) this.#files.delete(key);
    else this.#files.set(key, changed);
    for (const listener of [...this.#listeners]) listener(changed);
  }
}
