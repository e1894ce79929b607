import { t } from "@vscode/l10n";
import type { Account } from "../../model/contract.ts";
import type { TaskKey } from "../../model/taskKey.ts";
import { oneOf } from "./askAccount.ts";
import { TaskPick, type TaskQuestionParts } from "./taskPick.ts";
import { likelyAccounts } from "./taskRows.ts";

/** What is known about the task, and the title of the list that asks for the rest. */
interface TaskQuestion {
  readonly accountId?: string;
  readonly taskId?: string | number;
  readonly title?: string;
  /** Whether the tasks of an account are offered. Default: those of all accounts. */
  readonly offers?: (account: Account) => boolean;
}

/**
 * The task to work with: the given one, a finished task that the person selects, or an ID or URL that is typed or
 * pasted. The account follows from the task. It is only asked for if several accounts can have the task.
 *
 * @throws ExportError `noAccount`, `cancelled`
 */
export async function askTask(
  parts: TaskQuestionParts,
  { accountId, taskId, title = t("Download Task Export"), offers = () => true }: TaskQuestion,
): Promise<TaskKey> {
  if (taskId !== undefined) {
    const candidates = parts.accounts.candidatesFor(accountId, String(taskId));
    const lists = candidates.map((account) => ({ account, state: parts.tasks.known(account.id) }));
    return withAccount(parts, likelyAccounts(lists, String(taskId)), String(taskId));
  }
  const pick = new TaskPick(parts, parts.accounts.candidatesFor(accountId, undefined).filter(offers), title);
  try {
    const row = await pick.ask();
    if (row.kind === "task") return { accountId: row.account.id, taskId: row.task.id };
    return await withAccount(parts, row.accounts, row.taskId);
  } finally {
    pick.dispose();
  }
}

async function withAccount(
  { accounts }: TaskQuestionParts,
  candidates: readonly Account[],
  taskId: string,
): Promise<TaskKey> {
  const account = await oneOf(accounts, candidates, t("Select the account of task {0}", taskId));
  return { accountId: account.id, taskId };
}
