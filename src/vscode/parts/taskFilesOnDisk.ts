import type { TaskKey } from "../../model/taskKey.ts";
import { taskKeyText } from "../../model/taskKey.ts";
import type { DownloadedExport, DownloadHistory } from "../downloads/downloadHistory.ts";

/** A task with several downloaded files. */
export interface TaskWithFiles extends TaskKey {
  /** In the order of their indexes, with the newest copy of each. */
  readonly files: readonly DownloadedExport[];
}

/** The downloaded files of a task in the order of their indexes, with the newest copy of each. */
export function downloadedFiles(
  history: Pick<DownloadHistory, "ofTask">,
  { accountId, taskId }: TaskKey,
): DownloadedExport[] {
  const newest = new Map(history.ofTask(accountId, taskId).map((record) => [record.index, record]));
  return [...newest.values()];
}

/** A task as a caller names it. */
export interface NamedTask {
  readonly accountId: string | undefined;
  readonly taskId: string;
  /** The indexes of the wanted files; undefined: all. */
  readonly files: readonly number[] | undefined;
}

/**
 * The downloaded files of a task. If several accounts have files of such a task and none is named, those of the account
 * with the newest one.
 */
export function filesOfNamedTask(
  history: Pick<DownloadHistory, "all" | "ofTask">,
  { accountId, taskId, files }: NamedTask,
): DownloadedExport[] {
  const owner = accountId ?? history.all().find((record) => record.taskId === taskId)?.accountId;
  if (owner === undefined) return [];
  return downloadedFiles(history, { accountId: owner, taskId }).filter(({ index }) => files?.includes(index) ?? true);
}

/** The tasks with several downloaded files, the one with the newest file first. */
export function tasksWithSeveralFiles(history: Pick<DownloadHistory, "all" | "ofTask">): TaskWithFiles[] {
  const tasks = new Map(
    history.all().map(({ accountId, taskId }) => [taskKeyText({ accountId, taskId }), { accountId, taskId }]),
  );
  return [...tasks.values()]
    .map((task) => ({ ...task, files: downloadedFiles(history, task) }))
    .filter(({ files }) => files.length > 1);
}
