import type { ExportTask } from "../../model/contract.ts";
import type { TaskKey } from "../../model/taskKey.ts";
import type { DiskState, DiskStates } from "../downloads/diskStates.ts";
import type { DownloadedExport, DownloadHistory } from "../downloads/downloadHistory.ts";
import type { Downloads } from "../downloads/downloads.ts";
import type { UnfinishedFile, UnfinishedFiles } from "../downloads/unfinishedFiles.ts";
import { downloadedFiles } from "../parts/taskFilesOnDisk.ts";
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
}

/** What is known right now of the files of a task, for its row and theirs. */
export class RowFacts {
  readonly #sources: FactSources;

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
