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

/** The tasks with several downloaded files, the one with the newest file first. */
export function tasksWithSeveralFiles(history: Pick<DownloadHistory, "all" | "ofTask">): TaskWithFiles[] {
  const tasks = new Map(
    history.all().map(({ accountId, taskId }) => [taskKeyText({ accountId, taskId }), { accountId, taskId }]),
  );
  return [...tasks.values()]
    .map((task) => ({ ...task, files: downloadedFiles(history, task) }))
    .filter(({ files }) => files.length > 1);
}
