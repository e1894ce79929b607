import type { ExportTask } from "../../model/contract.ts";
import { oncePerTask } from "./oncePerTask.ts";

/** The filter for tasks. Empty fields match everything. */
export interface TaskFilter {
  readonly text?: string;
  readonly status?: string;
}

export const noFilter: TaskFilter = {};

export function isFiltering(filter: TaskFilter): boolean {
  return (filter.text ?? "") !== "" || (filter.status ?? "") !== "";
}

/**
 * A test for tasks. Every word of the text must occur in what the tree shows of a task, or be its chain. The status can
 * be ours or the service's.
 */
export function passing(filter: TaskFilter): (task: ExportTask) => boolean {
  const status = filter.status?.trim().toLowerCase() ?? "";
  const words = (filter.text ?? "")
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  return (task) => {
    if (status !== "" && task.state !== status && task.serviceState.toLowerCase() !== status) return false;
    if (words.length === 0) return true;
    const text = searchedText(task);
    return words.every((word) => text.includes(word) || word === task.chain?.toLowerCase());
  };
}

/** What is searched in a task. */
const searchedText = oncePerTask(({ id, description, subject, format, serviceState }) =>
  [id, description, subject, format, serviceState]
    .filter((part) => part !== undefined)
    .join("\n")
    .toLowerCase(),
);
