import { t } from "@vscode/l10n";
import type { NamedBy, TakenChoice } from "../../download/place/finalPath.ts";
import type { TaskEvent } from "../../download/taskEvents.ts";
import { removePartsOf } from "../../download/part/parts.ts";
import type { DownloadedFile, DownloadProgress, DownloadRequest, DownloadResult } from "../../model/contract.ts";
import { defined } from "../../model/defined.ts";
import { cancelled, isCancelled } from "../../model/exportError.ts";
import type { TaskKey } from "../../model/taskKey.ts";
import { Emitter } from "../emitter.ts";
import { findStopped, type FoundFiles, type StoppedFile } from "./interrupted.ts";

/** A request that can also say what the only file of it is called. */
export interface NamedRequest extends DownloadRequest {
  /** The name of the file in the folder, instead of the setting's. Not for callers from outside. */
  readonly fileName?: string;
}

/** A request with everything that a download needs to know. */
export interface WholeRequest extends NamedRequest {
  readonly accountId: string;
  readonly taskId: string;
  /** Absolute. */
  readonly folder: string;
}

/** Decides what to do about existing files, with one choice for all or one for each path. */
export type FileExists = (
  paths: readonly string[],
  signal: AbortSignal,
  namedBy: NamedBy,
) => Promise<TakenChoice | readonly TakenChoice[]>;

/** The options for the code that moves bytes. */
export interface DownloadRun {
  readonly signal: AbortSignal;
  readonly fileExists: FileExists;
  onProgress(progress: DownloadProgress): void;
  onEvent(event: TaskEvent): void;
  keepPartOnCancel(): boolean;
}

export type RunDownload = (request: WholeRequest, run: DownloadRun) => Promise<DownloadResult>;

export type DownloadState = "running" | "paused" | "ended";

const nothingFound: FoundFiles = { unfinished: [], held: [], hasLeftovers: false };

/** One file of a download. */
export interface DownloadFile {
  readonly index: number;
  readonly progress: DownloadProgress;
  /** Present once the file is complete and has its final name. */
  readonly result?: DownloadedFile;
  /** Why this file failed. */
  readonly error?: unknown;
}

export type DownloadEvent =
  | TaskEvent
  | { readonly kind: "progress"; readonly progress: DownloadProgress }
  /** The download was started or resumed. */
  | { readonly kind: "started" }
  /** Another download has taken over its missing files. */
  | { readonly kind: "replaced" }
  /** The download is no longer running. */
  | {
      readonly kind: "stopped";
      /** Present if all files were downloaded. */
      readonly result?: DownloadResult;
      /** Why it failed. Undefined if it completed or was stopped on purpose. */
      readonly error?: unknown;
      /** Unfinished files whose received bytes were kept. */
      readonly unfinished: readonly StoppedFile[];
      /** Indexes of unfinished files that have no bytes left. */
      readonly gone: readonly number[];
      /** Whether the download folder contains anything of it besides complete files. */
      readonly hasLeftovers: boolean;
    };

/**
 * What happens when it stops: it stays listed, it stays listed if bytes were received, or the received bytes are
 * removed.
 */
type Ending = "pause" | "stop" | "discard";

/**
 * One download: its request, its files, and its events. It doesn't know who shows, logs or remembers it; they listen to
 * it. It can be stopped and restarted any number of times.
 */
export class Download implements TaskKey {
  readonly request: WholeRequest;
  readonly #run: RunDownload;
  readonly #emitter = new Emitter<DownloadEvent>();
  readonly listen = this.#emitter.event;
  #files = new Map<number, DownloadFile>();
  #state: DownloadState = "paused";
  #error: unknown;
  #pausedBecause: unknown;
  #abort = new AbortController();
  #ending: Ending = "pause";
  #result: Promise<DownloadResult> = Promise.reject(cancelled());

  /** @param stopped files of an earlier session to continue with */
  constructor(request: WholeRequest, run: RunDownload, stopped: readonly StoppedFile[] = []) {
    this.request = request;
    this.#run = run;
    this.#result.catch(() => undefined);
    for (const { progress } of stopped) this.#setFile(progress.file, { progress });
  }

  get accountId(): string {
    return this.request.accountId;
  }

  get taskId(): string {
    return this.request.taskId;
  }

  get state(): DownloadState {
    return this.#state;
  }

  /** Why it failed, if it did. */
  get error(): unknown {
    return this.#error;
  }

  /** Why it was paused, if no person did. */
  get pausedBecause(): unknown {
    return this.#pausedBecause;
  }

  /** The files that are known so far, in the order of the task. */
  get files(): readonly DownloadFile[] {
    return [...this.#files.values()].toSorted((one, other) => one.index - other.index);
  }

  /** Whether it includes everything that another download of the same task does, in the same folder. */
  covers(other: WholeRequest): boolean {
    const { files, folder } = this.request;
    return (
      folder === other.folder && (files === undefined || (other.files?.every((file) => files.includes(file)) ?? false))
    );
  }

  /**
   * Downloads the missing files.
   *
   * @throws ExportError with the codes of the contract; `cancelled` if it was paused, stopped or discarded
   */
  start(fileExists: FileExists): Promise<DownloadResult> {
    if (this.#state === "running") return this.#result;
    this.#abort = new AbortController();
    this.#ending = "pause";
    this.#error = undefined;
    this.#pausedBecause = undefined;
    this.#state = "running";
    this.#emitter.fire({ kind: "started" });
    this.#result = this.#work(fileExists);
    return this.#result;
  }

  /**
   * Stops it and keeps the received bytes. It stays listed as paused.
   *
   * @param because what another download failed with, if no person has paused it
   */
  pause(because?: unknown): Promise<void> {
    this.#pausedBecause ??= because;
    return this.#end("pause");
  }

  /** Stops it and keeps the received bytes. It stays listed as paused only if there is something to resume. */
  stop(): Promise<void> {
    return this.#end("stop");
  }

  /** Stops it and removes the received bytes of unfinished files. Complete files stay. */
  discard(): Promise<void> {
    return this.#end("discard");
  }

  /** Another download has taken over the missing files of this paused one. */
  replace(): void {
    if (this.#state !== "paused") return;
    this.#state = "ended";
    this.#emitter.fire({ kind: "replaced" });
  }

  /** Another download has completed one of the files of this paused one. */
  fileArrived({ index }: DownloadedFile): void {
    if (this.#state !== "paused" || !this.#files.delete(index)) return;
    if (this.#files.size === 0) this.replace();
  }

  async #end(ending: Ending): Promise<void> {
    if (this.#state === "ended") return;
    this.#ending = ending;
    this.#abort.abort();
    if (this.#state === "running") await this.#result.catch(() => undefined);
    else if (ending === "discard") await this.#stopped({});
  }

  async #work(fileExists: FileExists): Promise<DownloadResult> {
    try {
      const result = await this.#run(this.request, {
        signal: this.#abort.signal,
        fileExists: (...question) => this.#whileAsked(question[2], fileExists(...question)),
        onProgress: (progress) => this.#progressed(progress),
        onEvent: (event) => this.#take(event),
        keepPartOnCancel: () => this.#ending !== "discard",
      });
      await this.#stopped({ result });
      return result;
    } catch (error) {
      await this.#stopped(isCancelled(error) ? {} : { error });
      throw error;
    }
  }

  /**
   * Says in the progress of the files that it waits for a choice about existing ones, until that was made. A question
   * about a name from a response belongs to one file, which is only known if it is the only one.
   */
  async #whileAsked<Choice>(namedBy: NamedBy, choice: Promise<Choice>): Promise<Choice> {
    const { files } = this;
    const waiting = files.filter(({ result }) => result === undefined && (namedBy === "service" || files.length === 1));
    const reason = t("Waiting for your choice about existing files.");
    const asked = waiting.map(({ progress }) => ({
      before: progress,
      now: { ...progress, phase: "waiting", reason } as const,
    }));
    for (const { now } of asked) this.#progressed(now);
    try {
      return await choice;
    } finally {
      for (const { before, now } of asked) {
        if (this.#files.get(now.file)?.progress === now) this.#progressed(before);
      }
    }
  }

  #progressed(progress: DownloadProgress): void {
    this.#setFile(progress.file, { progress });
    this.#emitter.fire({ kind: "progress", progress });
  }

  #take(event: TaskEvent): void {
    if (event.kind === "planned") this.#plan(event);
    if (event.kind === "arrived") this.#arrive(event.file);
    if (event.kind === "failed") this.#setFile(event.file, { error: event.error });
    this.#emitter.fire(event);
  }

  /** From now on, every file is known. Until then, progress was reported for a file without a name. */
  #plan({ files, count }: { files: readonly { index: number; name: string }[]; count: number }): void {
    const known = this.#files;
    this.#files = new Map();
    for (const { index, name } of files) {
      const { receivedBytes = 0, totalBytes } = known.get(index)?.progress ?? {};
      const progress = { file: index, files: count, name, phase: "resolving", receivedBytes } as const;
      this.#setFile(index, { progress: { ...progress, ...defined({ totalBytes }) } });
    }
  }

  #arrive(file: DownloadedFile): void {
    const { index, name, bytes } = file;
    const { files = 1 } = this.#files.get(index)?.progress ?? {};
    const progress = { file: index, files, name, phase: "done", receivedBytes: bytes, totalBytes: bytes } as const;
    this.#setFile(index, { progress, result: file });
  }

  #setFile(index: number, change: Partial<DownloadFile>): void {
    const unknown = { file: index, files: 1, name: "", phase: "resolving", receivedBytes: 0 } as const;
    this.#files.set(index, { index, progress: unknown, ...this.#files.get(index), ...change });
  }

  async #stopped({ result, error }: { result?: DownloadResult; error?: unknown }): Promise<void> {
    const { folder, files } = this.request;
    if (result === undefined && this.#ending === "discard")
      await removePartsOf(folder, this.accountId, this.taskId, files);
    const isMine = (file: number): boolean => files?.includes(file) ?? true;
    const found = result === undefined ? await findStopped(folder, this, isMine) : nothingFound;
    const gone = this.#forgetUnfinished(found);
    this.#error = error;
    this.#state = this.#staysListed(result, found.unfinished) ? "paused" : "ended";
    this.#emitter.fire({
      kind: "stopped",
      ...defined({ result, error }),
      unfinished: found.unfinished,
      gone,
      hasLeftovers: found.hasLeftovers,
    });
  }

  /** Updates the files according to what is on the disk. Returns the indexes of files that have no bytes left. */
  #forgetUnfinished({ unfinished, held }: FoundFiles): number[] {
    const gone: number[] = [];
    for (const { index, result, progress } of this.files) {
      if (result !== undefined) continue;
      const part = unfinished.find(({ file }) => file === index);
      const { file, files, name } = progress;
      const nothing = { file, files, name, phase: "downloading", receivedBytes: 0 } as const;
      this.#setFile(index, { progress: part === undefined ? nothing : { ...part.progress, files } });
      if (part === undefined && !held.includes(index)) gone.push(index);
    }
    for (const part of unfinished)
      if (!this.#files.has(part.file)) this.#setFile(part.file, { progress: part.progress });
    return gone;
  }

  #staysListed(result: DownloadResult | undefined, unfinished: readonly StoppedFile[]): boolean {
    if (result !== undefined || this.#ending === "discard") return false;
    if (unfinished.length > 0) return true;
    if (!this.#abort.signal.aborted) return false;
    return this.#ending === "pause" || this.files.some((file) => file.result !== undefined);
  }
}
