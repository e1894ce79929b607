import { removePart, removeStaleParts } from "../../download/part/parts.ts";
import type { Account, DownloadProgress } from "../../model/contract.ts";
import { ExportError } from "../../model/exportError.ts";
import { isSameTask, type TaskKey, taskKeyText } from "../../model/taskKey.ts";
import { Owner } from "../disposables.ts";
import { Emitter, type Subscription } from "../emitter.ts";
import { Download, type DownloadEvent, type NamedRequest, type RunDownload, type WholeRequest } from "./download.ts";
import { findIdleLeftovers, findInterrupted, type IdleLeftover } from "./interrupted.ts";

/** All running and paused downloads of one task. */
export interface OngoingDownload extends TaskKey {
  /** `running` if any of them is running. */
  readonly state: "running" | "paused";
  /** The latest progress of each file, by its index within the task. */
  readonly progress: ReadonlyMap<number, DownloadProgress>;
  /** The failure that paused it; undefined if it was paused on purpose. */
  readonly error: unknown;
}

/** The accounts, as needed by downloads. */
export interface DownloadAccounts {
  /** @throws ExportError `noAccount` */
  only(accountId: string | undefined, taskId: string): Account;
  has(accountId: string): boolean;
  /** Called with the ID of an account that was changed or removed. */
  onDidChange(listener: (accountId: string) => void): Subscription;
}

export interface DownloadsParts {
  readonly accounts: DownloadAccounts;
  readonly run: RunDownload;
  /** The absolute folder for a request. Without an argument, the default one. @throws ExportError `notWritable` */
  readonly folderOf: (requested?: string) => string;
}

/** A download and its event. */
export interface DownloadChange {
  readonly download: Download;
  readonly event: DownloadEvent;
}

/** What is left of interrupted downloads. */
export interface InterruptedSummary {
  /** How many tasks. */
  readonly tasks: number;
  /** Bytes of unfinished files. */
  readonly bytes: number;
}

/** All downloads that are running or paused, for commands, tree and API. */
export class Downloads extends Owner {
  readonly #parts: DownloadsParts;
  readonly #downloads = new Set<Download>();
  readonly #folders = new Set<string>();
  readonly #events = new Emitter<DownloadChange>();
  readonly #changed = new Emitter<TaskKey>();
  /** Fires for every event of a download. */
  readonly listen = this.#events.event;
  /** Fires with the task when a row that shows a task's downloads has to be updated. */
  readonly onDidChange = this.#changed.event;

  constructor(parts: DownloadsParts) {
    super();
    this.#parts = parts;
    this.own(
      parts.accounts.onDidChange((accountId) => {
        if (parts.accounts.has(accountId)) return;
        for (const download of this.#downloads) if (download.accountId === accountId) void download.discard();
      }),
    );
  }

  /**
   * Creates a download, which still has to be started. If another download of the task is running, the new one has its
   * own files and its own choice for existing files; a file that both want is fetched once. A paused download is
   * replaced.
   *
   * @throws ExportError `noAccount`, `notWritable`
   */
  create(request: NamedRequest): Download {
    const taskId = String(request.taskId);
    const accountId = this.#parts.accounts.only(request.accountId, taskId).id;
    const whole = { ...request, accountId, taskId, folder: this.#parts.folderOf(request.folder) };
    const download = new Download(whole, this.#parts.run);
    for (const paused of this.ofTask(whole)) {
      if (paused.state === "paused" && download.covers(paused.request)) paused.replace();
    }
    this.#add(download);
    return download;
  }

  /** All running and paused downloads of a task. */
  ofTask(task: TaskKey): Download[] {
    return [...this.#downloads].filter((download) => isSameTask(download, task));
  }

  /** The downloads of a task, as one entry. */
  of(accountId: string, taskId: string): OngoingDownload | undefined {
    const [first, ...others] = this.ofTask({ accountId, taskId });
    return first === undefined ? undefined : summaryOf([first, ...others]);
  }

  /** All downloads, with one entry per task. */
  all(): OngoingDownload[] {
    const byTask = new Map<string, Download[]>();
    for (const download of this.#downloads) {
      const key = taskKeyText(download);
      byTask.set(key, [...(byTask.get(key) ?? []), download]);
    }
    return [...byTask.values()].map(summaryOf);
  }

  /** How many tasks have a running download, and how many have only paused ones. */
  tally(): { running: number; paused: number } {
    const running = new Set<string>();
    const all = new Set<string>();
    for (const download of this.#downloads) {
      all.add(taskKeyText(download));
      if (download.state === "running") running.add(taskKeyText(download));
    }
    return { running: running.size, paused: all.size - running.size };
  }

  /** Pauses all running downloads of a task. */
  async pause(task: TaskKey): Promise<void> {
    await Promise.all(this.ofTask(task).map((download) => download.pause()));
  }

  /** Stops all downloads of a task and keeps the received bytes. Returns the downloads that can be resumed. */
  async stop(task: TaskKey): Promise<Download[]> {
    const downloads = this.ofTask(task);
    await Promise.all(downloads.map((download) => download.stop()));
    return downloads.filter(({ state }) => state === "paused");
  }

  /** Ends all downloads of a task and removes the received bytes of unfinished files. */
  async discard(task: TaskKey): Promise<void> {
    await Promise.all(this.ofTask(task).map((download) => download.discard()));
  }

  /**
   * Lists unfinished downloads of earlier sessions as paused, and removes those that are too old.
   *
   * @param requests the requests of downloads that were not completed
   */
  async restore(requests: readonly WholeRequest[], staleMs: number): Promise<Download[]> {
    const folders = new Set(requests.map(({ folder }) => folder));
    for (const folder of folders) {
      this.#folders.add(folder);
      await removeStaleParts(folder, staleMs);
    }
    const restored: Download[] = [];
    for (const { accountId, taskId, folder, files } of await findInterrupted([...folders])) {
      const task = { accountId, taskId };
      if (!this.#parts.accounts.has(accountId) || this.ofTask(task).length > 0) continue;
      const known = requests.find((request) => isSameTask(request, task) && request.folder === folder);
      const download = new Download(known ?? { ...task, folder }, this.#parts.run, files);
      this.#add(download);
      this.#tell(download, { kind: "stopped", unfinished: files, gone: [], hasLeftovers: true });
      restored.push(download);
    }
    return restored;
  }

  /** What `clearInterrupted` would remove. */
  async interrupted(): Promise<InterruptedSummary> {
    const leftovers = await this.#interrupted();
    return {
      tasks: ownersOf(leftovers).size,
      bytes: leftovers.reduce((sum, { bytes }) => sum + bytes, 0),
    };
  }

  /** Removes everything that interrupted downloads left behind. Returns the number of tasks. */
  async clearInterrupted(): Promise<number> {
    const leftovers = await this.#interrupted();
    const owners = ownersOf(leftovers);
    for (const download of this.#downloads) {
      if (download.state !== "paused") continue;
      owners.add(taskKeyText(download));
      await download.discard();
    }
    const removals = await Promise.allSettled(leftovers.map((leftover) => removePart(leftover)));
    const failed = removals.find(({ status }) => status === "rejected");
    if (failed?.status === "rejected") throw failed.reason;
    return owners.size;
  }

  override dispose(): void {
    this.#pauseAll();
    super.dispose();
  }

  #add(download: Download): void {
    this.#downloads.add(download);
    this.#folders.add(download.request.folder);
    download.listen((event) => this.#tell(download, event));
  }

  #tell(download: Download, event: DownloadEvent): void {
    if (download.state === "ended") this.#downloads.delete(download);
    if (event.kind === "arrived") this.#shareArrival(download, event.file);
    if (event.kind === "stopped") this.#afterStop(download, event.error);
    this.#events.fire({ download, event });
    if (event.kind !== "written") {
      // Without a summary: each file of a task tells several times, and a summary contains all of them.
      this.#changed.fire({ accountId: download.accountId, taskId: download.taskId });
    }
  }

  #shareArrival(from: Download, file: Parameters<Download["fileArrived"]>[0]): void {
    for (const other of this.ofTask(from)) {
      if (other !== from && other.request.folder === from.request.folder) other.fileArrived(file);
    }
  }

  #afterStop(download: Download, error: unknown): void {
    // On a full disk, the other downloads would fail as well.
    if (error instanceof ExportError && error.code === "diskFull") this.#pauseAll(error);
    if (download.state !== "paused") return;
    // Downloads that are stopped together may want the same files.
    const others = this.ofTask(download).filter((other) => other !== download);
    if (others.some((other) => other.covers(download.request))) download.replace();
  }

  #pauseAll(because?: unknown): void {
    for (const download of this.#downloads) if (download.state === "running") void download.pause(because);
  }

  async #interrupted(): Promise<IdleLeftover[]> {
    const running = [...this.#downloads].filter(({ state }) => state === "running");
    const found = await findIdleLeftovers([...new Set([...this.#folders, this.#parts.folderOf()])]);
    return found.filter(({ task }) => task === undefined || !running.some((download) => isSameTask(download, task)));
  }
}

function summaryOf(downloads: readonly Download[]): OngoingDownload {
  const progress = new Map<number, DownloadProgress>();
  // A file that is paused in one download may be running in another.
  const running = downloads.filter(({ state }) => state === "running");
  const others = downloads.filter(({ state }) => state !== "running");
  for (const { files } of [...others, ...running]) for (const file of files) progress.set(file.index, file.progress);
  const [{ accountId, taskId } = { accountId: "", taskId: "" }] = downloads;
  const error = downloads.find((download) => download.error !== undefined)?.error;
  return { accountId, taskId, state: running.length > 0 ? "running" : "paused", progress, error };
}

/** The tasks of leftovers. A part without a readable sidecar counts as a task of its own. */
function ownersOf(leftovers: readonly IdleLeftover[]): Set<string> {
  return new Set(leftovers.map(({ task, paths }) => (task === undefined ? paths.part : taskKeyText(task))));
}
