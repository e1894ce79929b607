import { removePart, removeStaleParts } from "../../download/part/parts.ts";
import type { Account, DownloadProgress, DownloadRequest } from "../../model/contract.ts";
import { ExportError } from "../../model/exportError.ts";
import { isSameTask, type TaskKey, taskKeyText } from "../../model/taskKey.ts";
import { Owner } from "../disposables.ts";
import { Emitter, type Subscription } from "../emitter.ts";
import { Download, type DownloadEvent, type RunDownload, type WholeRequest } from "./download.ts";
import { findIdleLeftovers, findInterrupted, type IdleLeftover } from "./interrupted.ts";

/** What is under way of one task: all its downloads together. */
export interface OngoingDownload extends TaskKey {
  /** `running` if any of them runs. */
  readonly state: "running" | "paused";
  /** The latest progress of each file, by its index within the task. */
  readonly progress: ReadonlyMap<number, DownloadProgress>;
  /** Why it is paused, if a failure and nobody's decision paused it. */
  readonly error: unknown;
}

/** The accounts as downloads need them. */
export interface DownloadAccounts {
  /** @throws ExportError `noAccount` */
  only(accountId: string | undefined, taskId: string): Account;
  has(accountId: string): boolean;
  /** Called with the id of an account that was changed or removed. */
  onDidChange(listener: (accountId: string) => void): Subscription;
}

export interface DownloadsParts {
  readonly accounts: DownloadAccounts;
  readonly run: RunDownload;
  /** The absolute folder for a request; without an argument the usual one. @throws ExportError `notWritable` */
  readonly folderOf: (asked?: string) => string;
}

/** A download, and what happened to it. */
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

/** Knows every download that runs or is paused, for commands, tree and API alike. */
export class Downloads extends Owner {
  readonly #parts: DownloadsParts;
  readonly #downloads = new Set<Download>();
  readonly #folders = new Set<string>();
  readonly #events = new Emitter<DownloadChange>();
  readonly #changed = new Emitter<OngoingDownload>();
  /** Fires for everything that happens to a download. */
  readonly listen = this.#events.event;
  /** Fires when a row that shows a task's downloads has to be painted again. */
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
   * Makes a download, which is then to be started. If the task has one that runs already, the new one has its own files
   * and its own choice about existing files; a file that both want is fetched once. It takes over from a paused one.
   *
   * @throws ExportError `noAccount`, `notWritable`
   */
  create(request: DownloadRequest): Download {
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

  /** All downloads of a task that run or are paused. */
  ofTask(task: TaskKey): Download[] {
    return [...this.#downloads].filter((download) => isSameTask(download, task));
  }

  /** What is under way of a task. */
  of(accountId: string, taskId: string): OngoingDownload | undefined {
    const [first, ...others] = this.ofTask({ accountId, taskId });
    return first === undefined ? undefined : summaryOf([first, ...others]);
  }

  /** What is under way, one entry for each task. */
  all(): OngoingDownload[] {
    const byTask = new Map<string, Download[]>();
    for (const download of this.#downloads) {
      const key = taskKeyText(download);
      byTask.set(key, [...(byTask.get(key) ?? []), download]);
    }
    return [...byTask.values()].map(summaryOf);
  }

  /** Pauses all downloads of a task that run. */
  async pause(task: TaskKey): Promise<void> {
    await Promise.all(this.ofTask(task).map((download) => download.pause()));
  }

  /** Stops all downloads of a task; what was received is kept. Answers the ones that can be resumed. */
  async stop(task: TaskKey): Promise<Download[]> {
    const downloads = this.ofTask(task);
    await Promise.all(downloads.map((download) => download.stop()));
    return downloads.filter(({ state }) => state === "paused");
  }

  /** Ends all downloads of a task and removes what was received of unfinished files. */
  async discard(task: TaskKey): Promise<void> {
    await Promise.all(this.ofTask(task).map((download) => download.discard()));
  }

  /**
   * Lists what earlier sessions left unfinished as paused; removes what nobody resumed for too long.
   *
   * @param requests the requests of downloads that had not completed
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

  /** Removes everything that interrupted downloads left. Answers of how many tasks. */
  async clearInterrupted(): Promise<number> {
    const leftovers = await this.#interrupted();
    const owners = ownersOf(leftovers);
    for (const download of this.#downloads) {
      if (download.state !== "paused") continue;
      owners.add(taskKeyText(download));
      await download.discard();
    }
    for (const { paths } of leftovers) await removePart({ paths });
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
      this.#changed.fire(this.of(download.accountId, download.taskId) ?? summaryOf([download]));
    }
  }

  #shareArrival(from: Download, file: Parameters<Download["fileArrived"]>[0]): void {
    for (const other of this.ofTask(from)) {
      if (other !== from && other.request.folder === from.request.folder) other.fileArrived(file);
    }
  }

  #afterStop(download: Download, error: unknown): void {
    // A full disk would only make the other downloads fail as well.
    if (error instanceof ExportError && error.code === "diskFull") this.#pauseAll();
    if (download.state !== "paused") return;
    // One of several that were stopped together may want no file that the others don't.
    const others = this.ofTask(download).filter((other) => other !== download);
    if (others.some((other) => other.covers(download.request))) download.replace();
  }

  #pauseAll(): void {
    for (const download of this.#downloads) if (download.state === "running") void download.pause();
  }

  async #interrupted(): Promise<IdleLeftover[]> {
    const running = [...this.#downloads].filter(({ state }) => state === "running");
    const found = await findIdleLeftovers([...new Set([...this.#folders, this.#parts.folderOf()])]);
    return found.filter(({ task }) => task === undefined || !running.some((download) => isSameTask(download, task)));
  }
}

function summaryOf(downloads: readonly Download[]): OngoingDownload {
  const progress = new Map<number, DownloadProgress>();
  // A file that one download has paused may be under way in another.
  const running = downloads.filter(({ state }) => state === "running");
  const others = downloads.filter(({ state }) => state !== "running");
  for (const { files } of [...others, ...running]) for (const file of files) progress.set(file.index, file.progress);
  const [{ accountId, taskId } = { accountId: "", taskId: "" }] = downloads;
  const error = downloads.find((download) => download.error !== undefined)?.error;
  return { accountId, taskId, state: running.length > 0 ? "running" : "paused", progress, error };
}

/** The tasks that leftovers belong to. A part without readable notes counts as a task of its own. */
function ownersOf(leftovers: readonly IdleLeftover[]): Set<string> {
  return new Set(leftovers.map(({ task, paths }) => (task === undefined ? paths.part : taskKeyText(task))));
}
