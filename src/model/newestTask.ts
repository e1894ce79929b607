import type { ExportTask } from "./contract.ts";
import { momentOf } from "./outsideNumbers.ts";

/**
 * When a task was finished, in milliseconds since 1970; before all others if it has no date. As text, dates of other time
 * zones or in other words are in no order.
 */
export function finishedAt({ completedAt, createdAt }: Pick<ExportTask, "completedAt" | "createdAt">): number {
  return momentOf(completedAt ?? createdAt) ?? Number.NEGATIVE_INFINITY;
}

/** The task that was finished last; the first of several, because lists begin with new tasks. Undefined without any. */
export function newestOf(tasks: Iterable<ExportTask>): ExportTask | undefined {
  let newest: ExportTask | undefined;
  for (const task of tasks) if (newest === undefined || finishedAt(task) > finishedAt(newest)) newest = task;
  return newest;
}
