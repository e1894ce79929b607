import type { ExportTask } from "../../model/contract.ts";
import { momentOf } from "../../model/outsideNumbers.ts";
import { isOfKind } from "../../model/taskKind.ts";
import { kindOfWatched, type WatchedKind } from "./watched.ts";
import { defined } from "../../model/defined.ts";

type Fetched = NonNullable<WatchedKind["fetched"]>;

/** The newest finished task of a kind in a list; of tasks without a date, the first one, as lists begin with new tasks. */
export function newestExport(tasks: readonly ExportTask[], watched: WatchedKind): ExportTask | undefined {
  const kind = kindOfWatched(watched);
  const finished = tasks.filter((task) => task.state === "done" && isOfKind(task, kind));
  let newest: ExportTask | undefined;
  for (const task of finished) if (newest === undefined || finishedAt(task) > finishedAt(newest)) newest = task;
  return newest;
}

/** Whether a task is newer than the one that was downloaded last. */
export function isNewer(task: ExportTask, fetched: Fetched): boolean {
  if (task.id === fetched.taskId) return false;
  const [at, before] = [finishedAt(task), moment(fetched.at)];
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

function finishedAt({ completedAt, createdAt }: ExportTask): number {
  return moment(completedAt ?? createdAt);
}

function moment(iso: string | undefined): number {
  const at = Date.parse(iso ?? "");
  return Number.isNaN(at) ? Number.NEGATIVE_INFINITY : at;
}
