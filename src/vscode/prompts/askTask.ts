import { t } from "@vscode/l10n";
import * as vscode from "vscode";
import type { Account, ExportTask } from "../../model/contract.ts";
import { cancelled } from "../../model/exportError.ts";
import type { Accounts } from "../accounts/accounts.ts";
import { errorInWords } from "../errors/showError.ts";
import type { TaskLists } from "../tasks/taskLists.ts";
import { taskDetail, taskLabel } from "../tree/nodes/taskNode.ts";
import { askAccount } from "./askAccount.ts";

export interface ChosenTask {
  readonly accountId: string;
  readonly taskId: string;
}

interface TaskItem extends vscode.QuickPickItem {
  /** What choosing the row means; a row without it only says something. */
  readonly chosen?: ChosenTask | "loadMore";
}

/** The parts that the question needs. */
export interface TaskQuestionParts {
  readonly accounts: Accounts;
  readonly tasks: TaskLists;
}

/**
 * The task to work with: what is given, else what a person picks from the finished tasks, types or pastes (an id,
 * or a URL that holds one).
 *
 * @throws ExportError `noAccount`, `cancelled`
 */
export async function askTask(
  parts: TaskQuestionParts,
  given: { accountId?: string; taskId?: string | number },
): Promise<ChosenTask> {
  const taskId = given.taskId === undefined ? undefined : String(given.taskId);
  const account = await askAccount(parts.accounts, given.accountId, taskId);
  if (taskId !== undefined) return { accountId: account.id, taskId };
  const pick = new TaskPick(parts, account);
  try {
    return await pick.ask();
  } finally {
    pick.dispose();
  }
}

/** One open quick pick over an account's finished tasks. */
class TaskPick {
  readonly #parts: TaskQuestionParts;
  readonly #account: Account;
  readonly #pick = vscode.window.createQuickPick<TaskItem>();
  readonly #subscription: vscode.Disposable;

  constructor(parts: TaskQuestionParts, account: Account) {
    this.#parts = parts;
    this.#account = account;
    this.#pick.title = t("Download Task Export");
    this.#pick.placeholder = t("Choose a finished task of {0}, or paste a task's id or URL", account.label);
    this.#pick.matchOnDescription = true;
    this.#pick.matchOnDetail = true;
    this.#pick.ignoreFocusOut = true;
    this.#subscription = parts.tasks.onDidChange(() => this.#show());
  }

  ask(): Promise<ChosenTask> {
    return new Promise((resolve, reject) => {
      this.#pick.onDidChangeValue(() => this.#show());
      this.#pick.onDidAccept(() => {
        const chosen = this.#pick.selectedItems[0]?.chosen;
        if (chosen === "loadMore") void this.#parts.tasks.loadMore(this.#account.id);
        else if (chosen !== undefined) resolve(chosen);
      });
      this.#pick.onDidHide(() => reject(cancelled()));
      this.#show();
      this.#pick.show();
    });
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#pick.dispose();
  }

  #show(): void {
    const state = this.#parts.tasks.state(this.#account.id);
    const finished = state.tasks.filter((task) => task.state === "done");
    const items = [...this.#typedItems(), ...finished.map((task) => this.#taskItem(task))];
    if (state.error !== undefined) items.push({ label: `$(error) ${errorInWords(state.error)}`, alwaysShow: true });
    if (state.hasMore)
      items.push({ label: `$(ellipsis) ${t("Load more tasks")}`, alwaysShow: true, chosen: "loadMore" });
    if (!state.loading && items.length === 0)
      items.push({ label: t("No finished task yet. A task's id can be typed here.") });
    this.#pick.busy = state.loading;
    this.#pick.items = items;
  }

  #taskItem(task: ExportTask): TaskItem {
    return {
      label: `$(pass) ${taskLabel(task)}`,
      description: taskDetail(task),
      detail: task.id,
      chosen: { accountId: this.#account.id, taskId: task.id },
    };
  }

  /** What the typed text may mean as an id: a task of this account, or of one whose service has ids of that form. */
  #typedItems(): TaskItem[] {
    const text = this.#pick.value.trim();
    if (text === "") return [];
    const { accounts } = this.#parts;
    const owners = accounts.services.findOwners(text);
    const here = owners.find(({ service }) => service.id === this.#account.service);
    if (here !== undefined) return [typedItem(this.#account, here.taskId)];
    const elsewhere = owners.flatMap(({ service, taskId }) =>
      accounts.store
        .list()
        .filter((account) => account.service === service.id)
        .map((account) => typedItem(account, taskId)),
    );
    return elsewhere.length > 0 || !looksLikeId(text) ? elsewhere : [notAnId(text)];
  }
}

function typedItem(account: Account, taskId: string): TaskItem {
  return {
    label: `$(arrow-right) ${t("Task {0}", taskId)}`,
    description: account.label,
    alwaysShow: true,
    chosen: { accountId: account.id, taskId },
  };
}

/** Words are searched for; what has digits or is an address was meant as an id. */
function looksLikeId(text: string): boolean {
  return /^[^\s]*\d[^\s]*$/.test(text) || text.includes("://");
}

function notAnId(text: string): TaskItem {
  return {
    label: `$(info) ${t("“{0}” is no task id", text.slice(0, 60))}`,
    description: t("Spaaza's are whole numbers, TextReveal's are UUIDs"),
    alwaysShow: true,
  };
}
