import { t } from "@vscode/l10n";
import type { Account, ExportTask } from "../../model/contract.ts";
import { Slices, sortInSlices } from "../../model/slices.ts";
import type { TaskOwner } from "../../services/serviceRegistry.ts";
import type { AccountTasksState } from "../tasks/accountTasks.ts";
import { oncePerTask } from "../tasks/oncePerTask.ts";

/** More rows take VS Code seconds, and nobody reads them. A typed text finds the others. */
export const mostTaskRows = 1000;

/** An account with the tasks that are loaded. */
export interface AccountTaskList {
  readonly account: Account;
  readonly state: Pick<AccountTasksState, "tasks" | "hasMore" | "loading" | "error">;
}

/** A row of the list from which a person selects a task. */
export type TaskRow =
  | {
      readonly kind: "task";
      readonly account: Account;
      readonly task: ExportTask;
      /** Its ID was typed, maybe as part of a URL. */
      readonly isTyped?: true;
    }
  /** A task ID that was typed, and the accounts that can have such a task. */
  | { readonly kind: "typed"; readonly taskId: string; readonly accounts: readonly Account[] }
  | { readonly kind: "notATaskId"; readonly text: string }
  /** A task ID of a service without an account. */
  | { readonly kind: "noAccount"; readonly taskId: string; readonly service: string }
  | { readonly kind: "error"; readonly account: Account; readonly error: unknown }
  | { readonly kind: "loadMore"; readonly account: Account }
  | { readonly kind: "empty" };

/**
 * The rows for the loaded tasks and the typed text: first the finished tasks of all accounts by time, then what the
 * typed ID means or why the text is not an ID, then rows to load more. Long lists are searched in slices.
 *
 * VS Code says by its place which row was selected, also if the rows are being replaced at this moment. So a task keeps
 * its place while somebody types. VS Code itself shows rows first whose label contains the typed text.
 *
 * @throws ExportError `cancelled`
 */
export async function taskRows(
  lists: readonly AccountTaskList[],
  text: string,
  owners: readonly TaskOwner[],
  signal: AbortSignal,
): Promise<TaskRow[]> {
  const finished = await finishedTasks(lists, text, signal);
  const typed = typedRows(lists, owners);
  const rows = [
    ...markTyped(finished, typed),
    ...notListed(finished, typed),
    ...notAnId(finished, lists, text, owners),
  ];
  for (const { account, state } of lists) {
    if (state.error !== undefined) rows.push({ kind: "error", account, error: state.error });
    if (state.hasMore) rows.push({ kind: "loadMore", account });
  }
  const isLoading = lists.some(({ state }) => state.loading);
  return rows.length === 0 && !isLoading ? [{ kind: "empty" }] : rows;
}

/** The label of the rows that load more. */
export function loadMoreLabel(): string {
  return t("Load more tasks");
}

/** Whether two rows are shown in the same way. */
export function isShownAlike(one: TaskRow, other: TaskRow): boolean {
  if (one.kind === "typed" && other.kind === "typed") {
    const isSameAccount = (account: Account, at: number): boolean => account === other.accounts[at];
    return (
      one.taskId === other.taskId && one.accounts.length === other.accounts.length && one.accounts.every(isSameAccount)
    );
  }
  const others = new Map<string, unknown>(Object.entries(other));
  const fields = Object.entries(one);
  return fields.length === others.size && fields.every(([name, value]) => others.get(name) === value);
}

/** The accounts in whose loaded lists the task is, or else all of them. */
export function likelyAccounts(lists: readonly AccountTaskList[], taskId: string): Account[] {
  const holders = lists.filter(({ state }) => state.tasks.some(({ id }) => id === taskId));
  return (holders.length > 0 ? holders : lists).map(({ account }) => account);
}

type ListedTask = Extract<TaskRow, { kind: "task" }>;
type TypedTask = Extract<TaskRow, { kind: "typed" | "noAccount" }>;

/** VS Code searches the rows itself. Only of a longer list are the rows that can match selected here. */
async function finishedTasks(
  lists: readonly AccountTaskList[],
  text: string,
  signal: AbortSignal,
): Promise<ListedTask[]> {
  const count = lists.reduce((sum, { state }) => sum + state.tasks.length, 0);
  const isLong = count > mostTaskRows;
  const wanted = isLong ? searchOf(text) : "";
  const matches = new Map(lists.map(({ account }) => [account, matcher(account, wanted)]));
  const slices = new Slices(signal);
  const rows: ListedTask[] = [];
  for (const row of newestOf(isLong ? lists : await newestFirst(lists, signal))) {
    if (slices.isOver) await slices.next();
    if (row.task.state !== "done" || matches.get(row.account)?.(row.task) === false) continue;
    rows.push({ kind: "task", ...row });
    if (rows.length === mostTaskRows) break;
  }
  return rows;
}

interface AccountTask {
  readonly account: Account;
  readonly task: ExportTask;
}

/** The tasks of all lists, of which each is sorted, newest first and one after the other. */
function* newestOf(lists: readonly AccountTaskList[]): Generator<AccountTask> {
  const next = lists.map(() => 0);
  for (;;) {
    let newest: { at: number; row: AccountTask } | undefined;
    for (const [at, { account, state }] of lists.entries()) {
      const task = state.tasks[next[at] ?? 0];
      if (task === undefined || (newest !== undefined && !isNewer(task, newest.row.task))) continue;
      newest = { at, row: { account, task } };
    }
    if (newest === undefined) return;
    next[newest.at] = (next[newest.at] ?? 0) + 1;
    yield newest.row;
  }
}

async function newestFirst(lists: readonly AccountTaskList[], signal: AbortSignal): Promise<AccountTaskList[]> {
  const compare = (one: ExportTask, other: ExportTask): number =>
    Number(isNewer(other, one)) - Number(isNewer(one, other));
  return Promise.all(
    lists.map(async ({ account, state }) => ({
      account,
      state: { ...state, tasks: await sortInSlices(state.tasks, compare, signal) },
    })),
  );
}

function searchOf(text: string): string {
  return text.toLowerCase().replaceAll(/\s+/g, "");
}

/**
 * A test whether the characters of a text occur in an account's name and its task in this order, which every match of
 * VS Code requires.
 */
function matcher({ label }: Account, wanted: string): (task: ExportTask) => boolean {
  const rest = unmatched(wanted, label.toLowerCase());
  return (task) => rest === "" || unmatched(rest, searchedText(task)) === "";
}

/** What is left of the characters after those that occur in the text in this order. */
function unmatched(wanted: string, text: string): string {
  let from = 0;
  let done = 0;
  for (const character of wanted) {
    const at = text.indexOf(character, from);
    if (at < 0) break;
    from = at + character.length;
    done += character.length;
  }
  return wanted.slice(done);
}

/** What is searched in a task. */
const searchedText = oncePerTask(({ id, description, subject, format }) =>
  [description, id, format, subject].join(" ").toLowerCase(),
);

function isNewer({ createdAt: one = "" }: ExportTask, { createdAt: other = "" }: ExportTask): boolean {
  return one > other;
}

function typedRows(lists: readonly AccountTaskList[], owners: readonly TaskOwner[]): TypedTask[] {
  const rows = owners.flatMap(({ service, taskId }): TypedTask[] => {
    const fitting = lists.filter(({ account }) => account.service === service.id);
    if (fitting.length === 0) return [];
    return [{ kind: "typed", taskId, accounts: likelyAccounts(fitting, taskId) }];
  });
  const [owner] = owners;
  const hasOwnAccount = lists.some(({ account }) => account.service === owner?.service.id);
  // Another extension's service can claim any ID, so its row must not be the first if the ID is one of a built-in service.
  const isMissing = owner !== undefined && !hasOwnAccount && (owner.isBuiltIn || rows.length === 0);
  return isMissing ? [{ kind: "noAccount", taskId: owner.taskId, service: owner.service.label }, ...rows] : rows;
}

/** Whether what was typed is the ID of a listed task. */
function isTyped({ account, task }: ListedTask, row: TypedTask): boolean {
  return row.kind === "typed" && row.taskId === task.id && row.accounts.includes(account);
}

function markTyped(finished: readonly ListedTask[], typed: readonly TypedTask[]): ListedTask[] {
  return finished.map((listed) => (typed.some((row) => isTyped(listed, row)) ? { ...listed, isTyped: true } : listed));
}

/** What was typed, without the accounts in whose lists the task is anyway. */
function notListed(finished: readonly ListedTask[], typed: readonly TypedTask[]): TypedTask[] {
  return typed.flatMap((row): TypedTask[] => {
    if (row.kind === "noAccount") return [row];
    const holders = finished.filter((listed) => isTyped(listed, row)).map(({ account }) => account);
    const accounts = row.accounts.filter((account) => !holders.includes(account));
    return accounts.length === 0 ? [] : [{ ...row, accounts }];
  });
}

/** Text that isn't an ID is a search. If it finds nothing, it was perhaps meant as an ID. */
function notAnId(
  finished: readonly ListedTask[],
  lists: readonly AccountTaskList[],
  typed: string,
  owners: readonly TaskOwner[],
): TaskRow[] {
  const text = typed.trim();
  const wanted = text.toLowerCase();
  if (text === "" || owners.length > 0) return [];
  const showsAccounts = lists.length > 1;
  const findsMore = lists.some(({ state }) => state.hasMore) && loadMoreLabel().toLowerCase().includes(wanted);
  if (findsMore) return [];
  const isFound = finished.some(
    ({ account, task: { description, id, format = "", subject = "" } }) =>
      [description, id, format, subject].some((shown) => shown.toLowerCase().includes(wanted)) ||
      (showsAccounts && account.label.toLowerCase().includes(wanted)),
  );
  return isFound ? [] : [{ kind: "notATaskId", text }];
}
