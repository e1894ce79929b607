import type { ExportTask } from "../../model/contract.ts";
import type { TaskKey } from "../../model/taskKey.ts";
import type { DiskState, DiskStates } from "../downloads/diskStates.ts";
import type { DownloadedExport, DownloadHistory } from "../downloads/downloadHistory.ts";
import type { Downloads } from "../downloads/downloads.ts";
import type { UnfinishedFile, UnfinishedFiles } from "../downloads/unfinishedFiles.ts";
import type { Accounts } from "../accounts/accounts.ts";
import { downloadedFiles } from "../parts/taskFilesOnDisk.ts";
import type { TaskCreation } from "../tasks/taskCreation.ts";
import type { TaskFiles } from "../tasks/taskFiles.ts";
import type { FileStatus } from "./nodes/fileNode.ts";
import type { WatchedRows } from "./watchedRows.ts";
import type { TaskPresence } from "./nodes/taskNode.ts";

/** Where the facts come from. */
export interface FactSources {
  readonly disk: Pick<DiskStates, "of">;
  readonly files: TaskFiles;
  readonly downloads: Downloads;
  readonly unfinished: UnfinishedFiles;
  readonly history: DownloadHistory;
  readonly watched: Pick<WatchedRows, "ofTask">;
  readonly accounts: Accounts;
  readonly creation: Pick<TaskCreation, "canCreate" | "canRun">;
}

/** What is known right now of the files of a task, for its row and theirs. */
export class RowFacts {
  readonly #sources: FactSources;
  /** The service of each account, which never changes: reading the accounts for each of thousands of rows takes too long. */
  readonly #services = new Map<string, string>();

  constructor(sources: FactSources) {
    this.#sources = sources;
  }

  presence(exportTask: ExportTask, showsFiles: boolean): TaskPresence {
    const { accountId, id } = exportTask;
    const task = { accountId, taskId: id };
    return {
      ongoing: this.#sources.downloads.of(accountId, id),
      isReadable: this.#readable(task).length > 0,
      showsFiles,
      ...this.#sources.watched.ofTask(exportTask),
      ...this.#creation(accountId),
      ...this.#fileCounts(task),
    };
  }

  fileStatus(task: TaskKey): (index: number) => FileStatus {
    const downloaded = this.downloadedByIndex(task);
    const ongoing = this.#sources.downloads.of(task.accountId, task.taskId);
    const readable = new Set(this.#readable(task).map(({ file }) => file));
    const stateOf = (record: DownloadedExport | undefined): DiskState | undefined =>
      record === undefined ? undefined : this.#sources.disk.of(record);
    return (index) => ({
      downloaded: downloaded.get(index),
      onDisk: stateOf(downloaded.get(index)),
      progress: ongoing?.progress.get(index),
      isPaused: ongoing?.state === "paused",
      isReadable: readable.has(index),
    });
  }

  /** The newest downloaded copy of each file. */
  downloadedByIndex({ accountId, taskId }: TaskKey): ReadonlyMap<number, DownloadedExport> {
    return new Map(this.#sources.history.ofTask(accountId, taskId).map((record) => [record.index, record]));
  }

  /** What the account's service can do besides listing tasks. An account that was just removed has no service. */
  #creation(accountId: string): Pick<TaskPresence, "canCreate" | "canRun"> {
    const { accounts, creation } = this.#sources;
    const service = this.#services.get(accountId) ?? accounts.store.list().find(({ id }) => id === accountId)?.service;
    if (service === undefined) return { canCreate: false, canRun: false };
    this.#services.set(accountId, service);
    return { canCreate: creation.canCreate({ service }), canRun: creation.canRun({ service }) };
  }

  /** How many files the task has, from the cheapest source that knows, and how many of them are on this machine. */
  #fileCounts(task: TaskKey): Pick<TaskPresence, "downloaded" | "fileCount"> {
    const { disk, files, downloads, history } = this.#sources;
    const downloaded = downloadedFiles(history, task);
    const there = downloaded.filter((record) => disk.of(record) !== "missing");
    const [progress] = downloads.of(task.accountId, task.taskId)?.progress.values() ?? [];
    const highest = downloaded.at(-1)?.index ?? 0;
    const atLeast = highest > 0 ? highest + 1 : undefined;
    return { downloaded: there.length, fileCount: files.known(task)?.length ?? progress?.files ?? atLeast };
  }

  /** The task's unfinished files of which some bytes are there to open. */
  #readable(task: TaskKey): UnfinishedFile[] {
    return this.#sources.unfinished.ofTask(task).filter(({ bytes }) => bytes > 0);
  }
}
