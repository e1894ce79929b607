import type { ExportTask, ServiceCall, TaskPage } from "../../model/contract.ts";
import { defined } from "../../model/defined.ts";
import { ExportError } from "../../model/exportError.ts";
import { isWatchedTask, type Watched, type WatchedTask } from "./watched.ts";

/** What watching needs from the accounts. */
export interface WatchedService {
  listTasks(accountId: string, page: { pageSize: number }, call: ServiceCall): Promise<TaskPage>;
  getTask(accountId: string, taskId: string, call: ServiceCall): Promise<ExportTask>;
}

/** What one look at an account brought. */
export interface Look {
  readonly tasks: ReadonlyMap<string, ExportTask>;
  /** The first page of its tasks, if it was needed. */
  readonly page: readonly ExportTask[] | undefined;
  /** Tasks that can't be downloaded, with the reason. */
  readonly refused: ReadonlyMap<string, ExportError>;
  /** The tasks that were asked for one by one. */
  readonly asked: readonly string[];
}

/** The tasks that somebody waits for are new ones. */
const pageSize = 50;
/** So many of the tasks that are not on the page are asked for in one look. */
const mostOneByOne = 3;

function needsPage(watched: readonly Watched[]): boolean {
  return watched.length > 1 || !watched.every(isWatchedTask);
}

/**
 * Asks for the tasks that are watched: a single one by its ID; several with one page of the list, and then a few of those
 * that are not on it.
 *
 * @param onRequest called for each request
 * @param askedBefore when each task was last asked for by its ID; those that waited longest come first
 * @throws ExportError if the account could not be asked
 */
export async function lookAtAccount(
  accountId: string,
  watched: readonly Watched[],
  { service, call, askedBefore, onRequest }: LookParts,
): Promise<Look> {
  const tasks = new Map<string, ExportTask>();
  const refused = new Map<string, ExportError>();
  let page: readonly ExportTask[] | undefined;
  if (needsPage(watched)) {
    onRequest(1);
    page = (await service.listTasks(accountId, { pageSize }, call)).tasks;
    // A list that ends before its page does can take another request, to know that it has ended.
    if (page.length < pageSize) onRequest(1);
    for (const task of page) tasks.set(task.id, task);
  }
  const missing = watched.filter(isWatchedTask).filter(({ taskId }) => !tasks.has(taskId));
  const asked = longestWaiting(missing, askedBefore);
  for (const taskId of asked) {
    onRequest(1);
    try {
      // Whatever the service answers, nothing else is downloaded than what was asked for.
      tasks.set(taskId, { ...(await service.getTask(accountId, taskId, call)), id: taskId });
    } catch (error) {
      if (!isAboutTask(error)) throw error;
      refused.set(taskId, error);
    }
  }
  return { tasks, page, refused, asked };
}

export interface LookParts {
  readonly service: WatchedService;
  readonly call: ServiceCall;
  readonly askedBefore: ReadonlyMap<string, number>;
  readonly onRequest: (count: number) => void;
}

function longestWaiting(tasks: readonly WatchedTask[], askedBefore: ReadonlyMap<string, number>): string[] {
  const since = (taskId: string): number => askedBefore.get(taskId) ?? 0;
  return tasks
    .map(({ taskId }) => taskId)
    .toSorted((one, other) => since(one) - since(other))
    .slice(0, mostOneByOne);
}

/** Whether an error says something about one task, and will say the same tomorrow. */
function isAboutTask(error: unknown): error is ExportError {
  return error instanceof ExportError && ["taskNotFound", "notAnExportTask", "invalidRequest"].includes(error.code);
}

/** A task that was found in the list has no log. */
export async function withLog(task: ExportTask, { service, call, onRequest }: LookParts): Promise<ExportTask> {
  if (task.log !== undefined) return task;
  onRequest(1);
  try {
    const { log } = await service.getTask(task.accountId, task.id, call);
    return { ...task, ...defined({ log }) };
  } catch {
    // Why it failed is not worth a failure of its own.
    return task;
  }
}
