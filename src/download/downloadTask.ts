import { basename } from "node:path";
import { t } from "@vscode/l10n";
import { type Clock, systemClock } from "../http/clock.ts";
import type { HttpClient } from "../http/httpClient.ts";
import type { DownloadedFile, DownloadProgress, DownloadResult, ResolvedFile, ServiceCall } from "../model/contract.ts";
import { ExportError, throwIfCancelled } from "../model/exportError.ts";
import type { Digester } from "./digest/digester.ts";
import { noSuchFile } from "./errors/downloadErrors.ts";
import { downloadFile, type FileDownloadParts } from "./downloadFile.ts";
import { TaskLinks } from "./transfer/fileLinks.ts";
import { safeFileName } from "./place/fileNames.ts";
import type { DownloadQueues, Turn } from "./fileQueue.ts";
import type { WrittenBytes } from "./writtenBytes.ts";
import { FinalPath, PathClaims, pathBelow, type TakenChoice } from "./place/finalPath.ts";
import { type PartPaths, partPaths } from "./part/partPaths.ts";
import { forgetPlaced } from "./part/placedFiles.ts";
import { ProgressReporter } from "./progressReporter.ts";
import { type Caller, SharedDownloads } from "./sharedDownloads.ts";
import type { TransferLimits } from "./transfer/transferJob.ts";

export type { TransferLimits } from "./transfer/transferJob.ts";

export interface DownloadParts {
  readonly http: HttpClient;
  readonly digester: Digester;
  readonly limits: () => TransferLimits;
  /** One for all tasks, so that the person's number of parallel downloads holds over all of them. */
  readonly queues: DownloadQueues;
  readonly clock?: Clock;
  /** Answers a number from 0 up to, not including, 1. */
  readonly random?: () => number;
}

export interface TaskDownload {
  readonly accountId: string;
  readonly taskId: string;
  /** Indexes of the files wanted; default all. */
  readonly files?: readonly number[];
  /** Asks the service for fresh URLs of all files of the task. */
  resolve(call: ServiceCall): Promise<ResolvedFile[]>;
  /** Absolute; created with owner-only rights when missing. */
  readonly folder: string;
  /** The path below the folder for a file whose name is known. */
  relativePath(file: { index: number; count: number; name: string }): string;
  fileExists(path: string): Promise<TakenChoice>;
  /** The account's own endpoint is on this computer or a private network, so its files may be too. */
  readonly allowPrivateHosts: boolean;
  /** While another window downloads the same file: wait for it and take its file (the default), or `busyElsewhere`. */
  readonly whenBusy?: "wait" | "fail";
  readonly signal: AbortSignal;
  onProgress(progress: DownloadProgress): void;
  /** Told of each file where its bytes are, whenever some were written. */
  onWrittenBytes?(growth: WrittenBytes): void;
  /** When cancelled: keep the part for resuming (true), or remove it. */
  keepPartOnCancel(): boolean;
}

/** The same file asked for twice in this process is fetched once. */
const shared = new SharedDownloads<DownloadedFile>();

/**
 * Downloads the files of a finished task. One that fails does not stop the others; a later call fetches only what is
 * missing.
 *
 * @throws ExportError the first failure of a file, with `details.completedFiles` where others are there; what `resolve`
 * throws; `noResultFile` for an empty list; `invalidRequest` for a file that the task does not have; `cancelled`.
 */
export async function downloadTask(download: TaskDownload, parts: DownloadParts): Promise<DownloadResult> {
  const { accountId, taskId, signal } = download;
  const { clock = systemClock, random = Math.random } = parts;
  throwIfCancelled(signal);
  const nothingYet = { file: 0, files: download.files?.length ?? 1, name: "" };
  const asking = new ProgressReporter(nothingYet, signal, clock, (progress) => download.onProgress(progress));
  asking.enter("resolving");
  const links = new TaskLinks((call) => download.resolve(call));
  await links.refresh({
    signal,
    onWaiting: ({ retryInMs, reason }) => asking.enter("waiting", { retryInMs, reason }),
  });
  throwIfCancelled(signal);
  const task = new TaskRun(download, { ...parts, clock, random }, links);
  const files = await task.all();
  return { accountId, taskId, files };
}

/** One file of the task, before its turn. */
interface PreparedFile {
  readonly paths: PartPaths;
  fetch(): Promise<DownloadedFile>;
}

/** The files of one task on their way. */
class TaskRun {
  readonly #download: TaskDownload;
  readonly #parts: FileDownloadParts;
  readonly #links: TaskLinks;
  readonly #wanted: readonly ResolvedFile[];
  readonly #claims = new PathClaims();

  constructor(download: TaskDownload, parts: FileDownloadParts, links: TaskLinks) {
    this.#download = download;
    this.#parts = parts;
    this.#links = links;
    this.#wanted = wantedFiles(links.files, download.files);
  }

  /** Fetches all that are wanted, then says what failed. */
  async all(): Promise<DownloadedFile[]> {
    const { signal } = this.#download;
    const prepared = this.#prepareAll();
    const results = await Promise.allSettled(prepared.map((file) => file.fetch()));
    const files = results.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
    const failure = results.find((result) => result.status === "rejected");
    if (failure === undefined || (signal.aborted && !this.#download.keepPartOnCancel())) {
      for (const { paths } of prepared) await forgetPlaced(paths);
    }
    throwIfCancelled(signal);
    if (failure !== undefined) throw withCompleted(failure.reason, files);
    return files;
  }

  /**
   * Paths are claimed in the order of the task's files, for those that are not wanted as well: where names are alike,
   * a file's path depends neither on its company nor on which one comes first.
   */
  #prepareAll(): PreparedFile[] {
    const prepared = new Map(inOrder(this.#links.files).map((file) => [file.index, this.#prepare(file)]));
    return this.#wanted.flatMap(({ index }) => prepared.get(index) ?? []);
  }

  #prepare({ index, name }: ResolvedFile): PreparedFile {
    const download = this.#download;
    const { accountId, taskId, folder, allowPrivateHosts, whenBusy = "wait" } = download;
    const count = this.#links.files.length;
    const relativePath = (given: string): string =>
      download.relativePath({ index, count, name: safeFileName(given, "export") });
    const key = { accountId, taskId, fileIndex: index, name };
    // The part's path comes from the service's name and no other file, so that the next start finds it again.
    const paths = partPaths(pathBelow(folder, relativePath(name)), key);
    const fileExists = (path: string): Promise<TakenChoice> => download.fileExists(path);
    const final = new FinalPath(name, { folder, relativePath, fileExists, claims: this.#claims, part: paths.part });
    const start = (all: Caller): Promise<DownloadedFile> => {
      const subject = { file: index, files: count, name: basename(final.path) };
      const progress = new ProgressReporter(subject, all.signal, this.#parts.clock, (each) => all.onProgress(each));
      const turn = this.#turn(index, progress, all.signal);
      const link = this.#links.of(index);
      const hasSiblings = this.#wanted.length > 1;
      const keepPartOnCancel = (): boolean => all.keepPartOnCancel();
      const onWrittenBytes = (growth: WrittenBytes): void => all.onWrittenBytes?.(growth);
      const told = { keepPartOnCancel, onWrittenBytes, turn };
      const file = { key, paths, final, link, allowPrivateHosts, whenBusy, hasSiblings, ...told };
      const work = (): Promise<DownloadedFile> => downloadFile({ ...file, signal: all.signal, progress }, this.#parts);
      return this.#parts.queues.files.run(work, turn);
    };
    return {
      paths,
      async fetch() {
        throwIfCancelled(download.signal);
        return shared.run(paths.part, download, start);
      },
    };
  }

  /** That it waits is told of the first file: while a later one waits, it is the first one's progress that is of interest. */
  #turn(index: number, progress: ProgressReporter, signal: AbortSignal): Turn {
    const isFirst = index === this.#wanted[0]?.index;
    return {
      signal,
      onWaiting: () => {
        if (isFirst) progress.enter("waiting", { reason: t("Waiting for other downloads to end.") });
      },
      onTurn: () => {
        if (isFirst) progress.enter("resolving");
      },
    };
  }
}

function inOrder(files: readonly ResolvedFile[]): ResolvedFile[] {
  return files.toSorted((one, other) => one.index - other.index);
}

function wantedFiles(files: readonly ResolvedFile[], indexes: readonly number[] | undefined): ResolvedFile[] {
  if (indexes === undefined) return inOrder(files);
  return [...new Set(indexes)].map((index) => {
    const file = files.find((each) => each.index === index);
    if (file === undefined) throw noSuchFile(index, files.length);
    return file;
  });
}

/** Says with the failure of one file which others are there. */
function withCompleted(error: unknown, completed: readonly DownloadedFile[]): unknown {
  if (!(error instanceof ExportError) || completed.length === 0) return error;
  const completedFiles = completed.map(({ uri, name }) => ({ uri, name }));
  return new ExportError(error.code, error.message, { details: { ...error.details, completedFiles }, cause: error });
}
