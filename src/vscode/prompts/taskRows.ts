import type { Account, ExportTask } from "../../model/contract.ts";
import type { TaskOwner } from "../../services/serviceRegistry.ts";
import type { AccountTasksState } from "../tasks/accountTasks.ts";

/** An account with the tasks that are loaded. */
export interface AccountTaskList {
  readonly account: Account;
  readonly state: Pick<AccountTasksState, "tasks" | "hasMore" | "loading" | "error">;
}

/** A row of the list from which a person selects a task. */
export type TaskRow =
  | { readonly kind: "task"; readonly account: Account; readonly task: ExportTask }
  /** A task ID that was typed, and the accounts that can have such a task. */
  | { readonly kind: "typed"; readonly taskId: string; readonly accounts: readonly Account[] }
  | { readonly kind: "notATaskId"; readonly text: string }
  /** A task ID of a service without an account. */
  | { readonly kind: "noAccount"; readonly taskId: string; readonly service: string }
  | { readonly kind: "error"; readonly account: Account; readonly error: unknown }
  | { readonly kind: "loadMore"; readonly account: Account }
  | { readonly kind: "empty" };

/**
 * The rows for the loaded tasks and the typed text: first the typed ID, then the finished tasks of all accounts by
 * time, then rows to load more.
 */
export function taskRows(lists: readonly AccountTaskList[], text: string, owners: readonly TaskOwner[]): TaskRow[] {
  const rows = [...typedRows(lists, text, owners), ...finishedTasks(lists)];
  for (const { account, state } of lists) {
    if (state.error !== undefined) rows.push({ kind: "error", account, error: state.error });
    if (state.hasMore) rows.push({ kind: "loadMore", account });
  }
  const isLoading = lists.some(({ state }) => state.loading);
  return rows.length === 0 && !isLoading ? [{ kind: "empty" }] : rows;
}

/** The accounts in whose loaded lists the task is, or else all of them. */
export function likelyAccounts(lists: readonly AccountTaskList[], taskId: string): Account[] {
  const holders = lists.filter(({ state }) => state.tasks.some(({ id }) => id === taskId));
  return (holders.length > 0 ? holders : lists).map(({ account }) => account);
}

function finishedTasks(lists: readonly AccountTaskList[]): TaskRow[] {
  return lists
    .flatMap(({ account, state }) =>
      state.tasks
        .filter((task) => task.state === "done")
        .map((task): TaskRow & { kind: "task" } => ({ kind: "task", account, task })),
    )
    .sort((a, b) => (b.task.createdAt ?? "").localeCompare(a.task.createdAt ?? ""));
}

function typedRows(lists: readonly AccountTaskList[], typed: string, owners: readonly TaskOwner[]): TaskRow[] {
  const text = typed.trim();
  if (text === "") return [];
  const rows = owners.flatMap(({ service, taskId }): TaskRow[] => {
    const fitting = lists.filter(({ account }) => account.service === service.id);
    if (fitting.length === 0) return [];
    return [{ kind: "typed", taskId, accounts: likelyAccounts(fitting, taskId) }];
  });
  if (rows.length > 0) return rows;
  const [owner] = owners;
  if (owner !== undefined) return [{ kind: "noAccount", taskId: owner.taskId, service: owner.service.label }];
  return looksLikeId(text) ? [{ kind: "notATaskId", text }] : [];
}

/** Plain words are a search. Text with a digit, or a URL, was meant as an ID. */
function looksLikeId(text: string): boolean {
  return /^\S*\d\S*$/.test(text) || text.includes("://");
}
