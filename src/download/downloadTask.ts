import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { t } from "@vscode/l10n";
import { type Clock, systemClock } from "../http/clock.ts";
import type { HttpClient } from "../http/httpClient.ts";
import type { DownloadedFile, DownloadProgress, DownloadResult, ResolvedFile, ServiceCall } from "../model/contract.ts";
import { throwIfCancelled } from "../model/exportError.ts";
import { untilCancelled } from "../model/untilCancelled.ts";
import type { Digester } from "./digest/digester.ts";
import { downloadFile, type FileDownloadParts } from "./downloadFile.ts";
import { noSuchFile } from "./errors/downloadErrors.ts";
import { type FailedFile, filesFailed, withTask } from "./errors/taskErrors.ts";
import type { DownloadQueues, Turn } from "./fileQueue.ts";
import { fileKeyText, type PartPaths } from "./part/partPaths.ts";
import { CreatedFolders } from "./part/createdFolders.ts";
import { findPlaced, forgetPlaced } from "./part/placedFiles.ts";
import { usedPartPaths } from "./part/sidecar.ts";
import { safeFileName } from "../disk/fileNames.ts";
import { FinalPath, type NamedBy, PathClaims, pathBelow, type TakenChoice } from "./place/finalPath.ts";
import { ProgressReporter } from "./progressReporter.ts";
import { type Caller, SharedDownloads } from "./sharedDownloads.ts";
import type { TaskEvent } from "./taskEvents.ts";
import { TaskLinks } from "./transfer/fileLinks.ts";
import type { TransferLimits } from "./transfer/transferJob.ts";

export type { TransferLimits } from "./transfer/transferJob.ts";

export interface DownloadParts {
  readonly http: HttpClient;
  readonly digester: Digester;
  readonly limits: () => TransferLimits;
  /** Shared by all tasks, so that the setting for parallel downloads applies to all of them together. */
  readonly queues: DownloadQueues;
  readonly clock?: Clock;
  /** Returns a number from 0 up to, but not including, 1. */
  readonly random?: () => number;
}

export interface TaskDownload {
  readonly accountId: string;
  readonly taskId: string;
  /** Indexes of the wanted files; default all. */
  readonly files?: readonly number[];
  /** Requests new URLs for all files of the task. */
  resolve(call: ServiceCall): Promise<ResolvedFile[]>;
  /** Absolute. Created with owner-only permissions if it is missing. */
  readonly folder: string;
  /** The path in the folder for a file with this name. */
  relativePath(file: { index: number; count: number; name: string }): string;
  /**
   * Decides what to do about files that exist under the given paths: one choice for each, or one for all. Called once
   * with all paths that are known at the start, and again for a file that appears later. It decides about a path that a
   * response chose only if `existsByResponse` is missing; such a file is then never replaced.
   */
  fileExists(paths: readonly string[], signal: AbortSignal): Promise<TakenChoice | readonly TakenChoice[]>;
  /** Decides about a file that exists under a path that a response chose, which nobody knew when the choice was made. */
  existsByResponse?(path: string, signal: AbortSignal): Promise<TakenChoice>;
  /** The account's own endpoint is on this computer or a private network, so its files may be too. */
  readonly allowPrivateHosts: boolean;
  /** While another window downloads the same file: wait for it and take its file (the default), or `busyElsewhere`. */
  readonly whenBusy?: "wait" | "fail";
  readonly signal: AbortSignal;
  onProgress(progress: DownloadProgress): void;
  onEvent?(event: TaskEvent): void;
  /** When cancelled: keep the part for resuming (true), or remove it. */
  keepPartOnCancel(): boolean;
}

/** The same file requested twice in this process is fetched once. */
const shared = new SharedDownloads<DownloadedFile>();

/**
 * Downloads the files of a finished task. If a file fails, the others continue; a later call fetches only what is
 * missing.
 *
 * @throws ExportError the first failure of a file, with `details.completedFiles` if others were downloaded; what
 * `resolve` throws; `noResultFile` for an empty list; `invalidRequest` for a file that the task does not have;
 * `cancelled`. Its message names the task.
 */
export async function downloadTask(download: TaskDownload, parts: DownloadParts): Promise<DownloadResult> {
  const { accountId, taskId, signal } = download;
  const { clock = systemClock, random = Math.random } = parts;
  throwIfCancelled(signal);
  const nothingYet = { file: 0, files: download.files?.length ?? 1, name: "" };
  const asking = new ProgressReporter(nothingYet, signal, clock, (progress) => download.onProgress(progress));
  asking.enter("resolving");
  const links = new TaskLinks((call) => download.resolve(call));
  try {
    await links.refresh({
      signal,
      onWaiting: ({ retryInMs, reason }) => asking.enter("waiting", { retryInMs, reason }),
    });
    throwIfCancelled(signal);
    const task = new TaskRun(download, { ...parts, clock, random }, links);
    return { accountId, taskId, files: await task.all() };
  } catch (error) {
    throw withTask(error, taskId);
  }
}

/** One file of the task, before its turn. */
interface PreparedFile {
  readonly index: number;
  readonly paths: PartPaths;
  readonly final: FinalPath;
  /** Identifies the file among the downloads of this process. */
  readonly sharedAs: string;
  fetch(): Promise<DownloadedFile>;
}

/** The final path of a file if somebody has to decide about an existing file that has it. */
async function openFinal({ final, paths, sharedAs }: PreparedFile): Promise<FinalPath | undefined> {
  // A file that another download of this process is fetching, or that an earlier call placed, replaces nothing.
  const isOurs = shared.isRunning(sharedAs) || (await findPlaced(paths))?.path === final.path;
  return !isOurs && (await final.isOpen()) ? final : undefined;
}

/** The files of one task while they are downloaded. */
class TaskRun {
  readonly #download: TaskDownload;
  readonly #parts: FileDownloadParts;
  readonly #links: TaskLinks;
  readonly #wanted: readonly ResolvedFile[];
  readonly #claims = new PathClaims();
  readonly #folders: CreatedFolders;

  constructor(download: TaskDownload, parts: FileDownloadParts, links: TaskLinks) {
    this.#download = download;
    this.#parts = parts;
    this.#links = links;
    this.#folders = new CreatedFolders(download.folder);
    this.#wanted = wantedFiles(links.files, download.files);
  }

  /** Fetches all wanted files, then throws if one failed. */
  async all(): Promise<DownloadedFile[]> {
    const { signal, taskId } = this.#download;
    const prepared = await this.#prepareAll();
    const files = this.#wanted.map(({ index, name }) => ({ index, name }));
    this.#download.onEvent?.({ kind: "planned", files, count: this.#links.files.length });
    await this.#fileExists(prepared);
    const completed: DownloadedFile[] = [];
    const failed: (FailedFile & { index: number })[] = [];
    await Promise.all(
      prepared.map(async (file) => {
        try {
          completed.push(await this.#fetch(file));
        } catch (error) {
          failed.push({ index: file.index, name: basename(file.final.path), error });
        }
      }),
    );
    // What was received may have been discarded, and a file that failed at once left nothing.
    if (failed.length > 0) await this.#folders.removeEmpty();
    if (failed.length === 0 || (signal.aborted && !this.#download.keepPartOnCancel())) {
      await forgetPlaced(prepared.map(({ paths }) => paths));
    }
    throwIfCancelled(signal);
    const result = { completed: inOrder(completed), failed: inOrder(failed) };
    if (failed.length === 0) return result.completed;
    throw prepared.length === 1 ? failed[0]?.error : filesFailed(taskId, result);
  }

  async #fetch(file: PreparedFile): Promise<DownloadedFile> {
    const download = this.#download;
    try {
      const downloaded = await file.fetch();
      const folders = this.#folders.around(fileURLToPath(downloaded.uri));
      download.onEvent?.({ kind: "arrived", file: downloaded, folders });
      return downloaded;
    } catch (error) {
      if (!download.signal.aborted) download.onEvent?.({ kind: "failed", file: file.index, error });
      throw error;
    }
  }

  /** Asks once about all existing files, before anything is fetched. */
  async #fileExists(prepared: readonly PreparedFile[]): Promise<void> {
    const { signal } = this.#download;
    const finals = await Promise.all(prepared.map((file) => openFinal(file)));
    const open = finals.filter((final) => final !== undefined);
    if (open.length === 0) return;
    const paths = open.map(({ path }) => path);
    const choices = await untilCancelled(this.#download.fileExists(paths, signal), signal);
    open.forEach((final, at) => final.settleAs(choiceAt(choices, at)));
  }

  /**
   * Claims paths in the order of the task's files, including files that are not wanted. So if names are alike, a file's
   * path doesn't depend on the selection or on which file arrives first.
   */
  async #prepareAll(): Promise<PreparedFile[]> {
    const files = inOrder(this.#links.files);
    const located = await Promise.all(files.map(async (file) => ({ file, paths: await this.#pathsOf(file) })));
    const prepared = new Map(located.map(({ file, paths }) => [file.index, this.#prepare(file, paths)]));
    return this.#wanted.flatMap(({ index }) => prepared.get(index) ?? []);
  }

  /** The part's path depends only on the name from the service, so that the next start finds it again. */
  #pathsOf({ index, name }: ResolvedFile): Promise<PartPaths> {
    const { accountId, taskId, folder } = this.#download;
    const key = { accountId, taskId, fileIndex: index };
    return usedPartPaths(pathBelow(folder, this.#relativePath(index, name)), key, folder);
  }

  #relativePath(index: number, name: string): string {
    const count = this.#links.files.length;
    return this.#download.relativePath({ index, count, name: safeFileName(name, "export") });
  }

  #prepare({ index, name }: ResolvedFile, paths: PartPaths): PreparedFile {
    const download = this.#download;
    const { accountId, taskId, folder } = download;
    const key = { accountId, taskId, fileIndex: index, name };
    const sharedAs = `${fileKeyText(key)} ${paths.part}`;
    const relativePath = (given: string): string => this.#relativePath(index, given);
    const decide = (path: string, namedBy: NamedBy): Promise<TakenChoice> => decideAbout(path, namedBy, download);
    const final = new FinalPath(name, { folder, relativePath, decide, claims: this.#claims, part: paths.part });
    const start = (all: Caller): Promise<DownloadedFile> => {
      const progress = this.#reporterOf(index, final, all);
      const turn = this.#turn(index, progress, all.signal);
      const work = (): Promise<DownloadedFile> =>
        downloadFile(
          {
            key,
            paths,
            final,
            folders: this.#folders,
            turn,
            progress,
            link: this.#links.of(index),
            allowPrivateHosts: download.allowPrivateHosts,
            whenBusy: download.whenBusy ?? "wait",
            hasSiblings: this.#wanted.length > 1,
            signal: all.signal,
            keepPartOnCancel: () => all.keepPartOnCancel(),
            onWrittenBytes: (written) => all.onEvent({ kind: "written", written }),
          },
          this.#parts,
        );
      return this.#parts.queues.files.run(work, turn);
    };
    const fetch = async (): Promise<DownloadedFile> => {
      throwIfCancelled(download.signal);
      return shared.run(sharedAs, callerOf(download), start);
    };
    return { index, paths, final, sharedAs, fetch };
  }

  #reporterOf(index: number, final: FinalPath, all: Caller): ProgressReporter {
    const subject = { file: index, files: this.#links.files.length, name: basename(final.path) };
    return new ProgressReporter(subject, all.signal, this.#parts.clock, (progress) =>
      all.onEvent({ kind: "progress", progress }),
    );
  }

  /** Only the first file reports that it waits. While a later one waits, the progress of the first is what matters. */
  #turn(index: number, progress: ProgressReporter, signal: AbortSignal): Turn {
    const isFirst = index === this.#wanted[0]?.index;
    return {
      signal,
      onWaiting: () => {
        if (isFirst) progress.enter("waiting", { reason: t("Waiting for other downloads to finish.") });
      },
      onTurn: () => {
        if (isFirst) progress.enter("resolving");
      },
    };
  }
}

function callerOf(download: TaskDownload): Caller {
  return {
    signal: download.signal,
    onEvent: (event) => {
      if (event.kind === "progress") download.onProgress(event.progress);
      else download.onEvent?.(event);
    },
    keepPartOnCancel: () => download.keepPartOnCancel(),
  };
}

async function decideAbout(path: string, namedBy: NamedBy, download: TaskDownload): Promise<TakenChoice> {
  const { signal } = download;
  if (namedBy === "response" && download.existsByResponse !== undefined) return download.existsByResponse(path, signal);
  const choice = choiceAt(await download.fileExists([path], signal), 0);
  return namedBy === "response" && choice === "overwrite" ? "keepBoth" : choice;
}

function choiceAt(choices: TakenChoice | readonly TakenChoice[], index: number): TakenChoice {
  return typeof choices === "string" ? choices : (choices[index] ?? "skip");
}

function inOrder<File extends { index: number }>(files: readonly File[]): File[] {
  return files.toSorted((one, other) => one.index - other.index);
}

function wantedFiles(files: readonly ResolvedFile[], indexes: readonly number[] | undefined): ResolvedFile[] {
  if (indexes === undefined) return inOrder(files);
  const byIndex = new Map(files.map((file) => [file.index, file]));
  return [...new Set(indexes)].map((index) => {
    const file = byIndex.get(index);
    if (file === undefined) throw noSuchFile(index, files.length);
    return file;
  });
}
