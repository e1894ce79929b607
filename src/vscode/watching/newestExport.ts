import type { ExportTask } from "../../model/contract.ts";
import { finishedAt, newestOf } from "../../model/newestTask.ts";
import { momentOf } from "../../model/outsideNumbers.ts";
import { isOfKind } from "../../model/taskKind.ts";
import { kindOfWatched, type WatchedKind } from "./watched.ts";
import { defined } from "../../model/defined.ts";

type Fetched = NonNullable<WatchedKind["fetched"]>;

/** The newest finished task of a kind in a list; of tasks without a date, the first one, as lists begin with new tasks. */
export function newestExport(tasks: readonly ExportTask[], watched: WatchedKind): ExportTask | undefined {
  const kind = kindOfWatched(watched);
  return newestOf(tasks.filter((task) => task.state === "done" && isOfKind(task, kind)));
}

/** Whether a task is newer than the one that was downloaded last. */
export function isNewer(task: ExportTask, fetched: Fetched): boolean {
  if (task.id === fetched.taskId) return false;
  const [at, before] = [finishedAt(task), finishedAt(defined({ completedAt: fetched.at }))];
  return at === Number.NEGATIVE_INFINITY || before === Number.NEGATIVE_INFINITY || at > before;
}

/** What is remembered of the newest task. Without one, every export is new. */
export function asFetched(task: ExportTask | undefined): Fetched {
  return task === undefined
    ? { taskId: "" }
    : { taskId: task.id, ...defined({ at: storedMoment(task.completedAt ?? task.createdAt) }) };
}

/** A service's date can be as long as it likes. */
function storedMoment(date: string | undefined): string | undefined {
  const at = momentOf(date);
  return at === undefined ? undefined : new Date(at).toISOString();
}
