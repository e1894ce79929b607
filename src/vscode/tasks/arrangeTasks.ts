import type { ExportTask, TaskState } from "../../model/contract.ts";
import { onFirstUse } from "../../model/onFirstUse.ts";
import { mapInSlices, Slices, sortInSlices } from "../../model/slices.ts";

/** How tasks can be sorted. */
export const taskOrders = ["newest", "oldest", "completed", "name", "status"] as const;
export type TaskOrder = (typeof taskOrders)[number];

/** What tasks can be grouped by. `subject` is what a task exports. */
export const taskGroupings = ["none", "status", "day", "format", "subject"] as const;
export type TaskGrouping = (typeof taskGroupings)[number];

/** How the Tasks view sorts and groups the tasks of each account. */
export interface TaskArrangement {
  readonly order: TaskOrder;
  readonly grouping: TaskGrouping;
}

export const usualArrangement: TaskArrangement = { order: "newest", grouping: "none" };

/** Tasks that belong together. */
export interface TaskGroup {
  /** The status, the day (`2026-11-25`), the format or the subject. Empty for tasks that have none. */
  readonly key: string;
  readonly tasks: readonly ExportTask[];
}

/** Tasks that still change come first, then those that need attention. */
export const statusOrder: readonly TaskState[] = ["running", "waiting", "failed", "unknown", "done"];

type Compare<Item> = (one: Item, other: Item) => number;

/**
 * Sorts and groups tasks, in slices. Without a grouping there is one group with an empty key.
 *
 * @param tasks newest first, which decides where the order leaves a choice
 * @throws ExportError `cancelled`
 */
export async function arrangeTasks(
  tasks: readonly ExportTask[],
  { order, grouping }: TaskArrangement,
  nameOf: (task: ExportTask) => string,
  signal: AbortSignal,
): Promise<TaskGroup[]> {
  const sorted = await sortedTasks(tasks, order, nameOf, signal);
  if (grouping === "none") return sorted.length === 0 ? [] : [{ key: "", tasks: sorted }];
  const groups = new Map<string, ExportTask[]>();
  const slices = new Slices(signal);
  for (const task of sorted) {
    if (slices.isOver) await slices.next();
    const key = groupKey(task, grouping);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [task]);
    else group.push(task);
  }
  const compare = compareGroups(grouping, order);
  const named = Array.from(groups, ([key, members]) => ({ key, tasks: members }));
  return sortInSlices(named, (a, b) => compare(a.key, b.key), signal);
}

/** The first tasks of all groups together, and no group without a task. */
export function firstTasks(groups: readonly TaskGroup[], most: number): TaskGroup[] {
  let left = most;
  return groups.flatMap(({ key, tasks }) => {
    const first = tasks.slice(0, left);
    left -= first.length;
    return first.length === 0 ? [] : [{ key, tasks: first }];
  });
}

async function sortedTasks(
  tasks: readonly ExportTask[],
  order: TaskOrder,
  nameOf: (task: ExportTask) => string,
  signal: AbortSignal,
): Promise<readonly ExportTask[]> {
  switch (order) {
    case "newest":
      return tasks;
    case "oldest":
      return sortedBy(
        tasks,
        timeOf(({ createdAt }) => createdAt, 1),
        compareValues,
        signal,
      );
    case "completed":
      return sortedBy(
        tasks,
        timeOf(({ completedAt }) => completedAt, -1),
        compareValues,
        signal,
      );
    case "name":
      return sortedBy(tasks, nameOf, (a, b) => collator().compare(a, b), signal);
    case "status":
      return sortedBy(tasks, ({ state }) => statusRank(state), compareValues, signal);
  }
}

/** Each value is made once, and not for each comparison. */
async function sortedBy<Value>(
  tasks: readonly ExportTask[],
  valueOf: (task: ExportTask) => Value,
  compare: Compare<Value>,
  signal: AbortSignal,
): Promise<ExportTask[]> {
  const valued = await mapInSlices(tasks, (task) => ({ task, value: valueOf(task) }), signal);
  return (await sortInSlices(valued, (a, b) => compare(a.value, b.value), signal)).map(({ task }) => task);
}

/** "Task 9" comes before "Task 10". */
const collator = onFirstUse(() => new Intl.Collator(undefined, { numeric: true, sensitivity: "base" }));

/** Tasks without the time come last, whatever the direction. */
function timeOf(momentOf: (task: ExportTask) => string | undefined, direction: 1 | -1): (task: ExportTask) => number {
  return (task) => {
    const time = Date.parse(momentOf(task) ?? "");
    return Number.isNaN(time) ? Number.POSITIVE_INFINITY : direction * time;
  };
}

function groupKey({ state, createdAt, format, subject }: ExportTask, grouping: TaskGrouping): string {
  switch (grouping) {
    case "none":
      return "";
    case "status":
      return state;
    case "day":
      return dayOf(createdAt);
    case "format":
      return format ?? "";
    case "subject":
      return subject ?? "";
  }
}

/** The day in the person's time zone. */
export function dayOf(iso: string | undefined): string {
  const date = new Date(iso ?? Number.NaN);
  if (Number.isNaN(date.getTime())) return "";
  const parts = [date.getFullYear(), date.getMonth() + 1, date.getDate()];
  return parts.map((part) => String(part).padStart(2, "0")).join("-");
}

/** Days follow the order of the tasks; the group of tasks that have no key is the last. */
function compareGroups(grouping: TaskGrouping, order: TaskOrder): Compare<string> {
  const direction = grouping === "day" && order !== "oldest" ? -1 : 1;
  return (a, b) => {
    if (a === "" || b === "") return compareValues(a === "" ? 1 : 0, b === "" ? 1 : 0);
    return grouping === "status" ? statusRank(a) - statusRank(b) : direction * collator().compare(a, b);
  };
}

function statusRank(status: string): number {
  return statusOrder.findIndex((each) => each === status);
}

function compareValues(one: number, other: number): number {
  if (one === other) return 0;
  return one < other ? -1 : 1;
}
