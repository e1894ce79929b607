import type { ExportTask } from "../../model/contract.ts";

/** The filter for tasks. Empty fields match everything. */
export interface TaskFilter {
  readonly text?: string;
  readonly status?: string;
}

export const noFilter: TaskFilter = {};

export function isFiltering(filter: TaskFilter): boolean {
  return (filter.text ?? "") !== "" || (filter.status ?? "") !== "";
}

/** Every word of the text must occur in what the tree shows of a task. The status can be ours or the service's. */
export function passesFilter(task: ExportTask, filter: TaskFilter): boolean {
  const status = filter.status?.trim().toLowerCase() ?? "";
  if (status !== "" && task.state !== status && task.serviceState.toLowerCase() !== status) return false;
  const shown = [task.id, task.description, task.subject, task.format, task.serviceState, task.chain]
    .filter((part) => part !== undefined)
    .join("\n")
    .toLowerCase();
  const words = (filter.text ?? "").toLowerCase().split(/\s+/);
  return words.every((word) => shown.includes(word));
}
