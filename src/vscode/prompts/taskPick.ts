import { t } from "@vscode/l10n";
import type * as vscode from "vscode";
import { noAccount } from "../../model/accountErrors.ts";
import type { Account, ExportTask } from "../../model/contract.ts";
import { cancelled, isCancelled } from "../../model/exportError.ts";
import { mapInSlices } from "../../model/slices.ts";
import type { Accounts } from "../accounts/accounts.ts";
import { Owner } from "../disposables.ts";
import { errorInWords } from "../errors/showError.ts";
import { createPick, type PickItem, pickRow, type PickRow } from "../surfaces/surfaces.ts";
import type { TaskLists } from "../tasks/taskLists.ts";
import { taskDetail, taskLabel } from "../tree/nodes/taskNode.ts";
import { isShownAlike, loadMoreLabel, type TaskRow, taskRows } from "./taskRows.ts";

/** The parts that the question needs. */
export interface TaskQuestionParts {
  readonly accounts: Accounts;
  readonly tasks: TaskLists;
}

/** The rows that answer the question. */
export type ChosenRow = Extract<TaskRow, { kind: "task" | "typed" }>;

interface TaskItem extends PickRow {
  readonly row: TaskRow;
}

/** An open list of the finished tasks of some accounts, with a field for an ID or URL. */
export class TaskPick extends Owner {
  readonly #parts: TaskQuestionParts;
  readonly #accounts: readonly Account[];
  #search = new AbortController();
  readonly #pick: vscode.QuickPick<TaskItem & PickItem>;

  constructor(parts: TaskQuestionParts, accounts: readonly Account[], title: string) {
    super();
    this.#parts = parts;
    this.#accounts = accounts;
    const placeholder = t("Select a finished task, or enter a task ID or URL");
    this.#pick = this.own(createPick<TaskItem & PickItem>({ title, placeholder }));
    this.#pick.matchOnDescription = true;
    this.#pick.matchOnDetail = true;
    this.#pick.keepScrollPosition = true;
    this.own(parts.tasks.onDidChange(() => void this.#update()));
    this.own({ dispose: () => this.#search.abort() });
  }

  /** @throws ExportError `noAccount` if there is no account to list, `cancelled` */
  ask(): Promise<ChosenRow> {
    if (this.#accounts.length === 0) throw noAccount();
    return new Promise((resolve, reject) => {
      this.#pick.onDidChangeValue(() => void this.#show());
      this.#pick.onDidAccept(() => {
        const row = this.#pick.selectedItems[0]?.row;
        if (row?.kind === "loadMore") void this.#parts.tasks.loadMore(row.account.id);
        else if (row?.kind === "task" || row?.kind === "typed") resolve(row);
      });
      this.#pick.onDidHide(() => reject(cancelled()));
      void this.#show();
      this.#pick.show();
    });
  }

  /** Shows newly loaded tasks. The focused row stays the same. */
  async #update(): Promise<void> {
    const active = this.#pick.activeItems[0];
    if (!(await this.#show())) return;
    const same = this.#pick.items.filter((item) => active !== undefined && isSameRow(item.row, active.row));
    if (same.length > 0) this.#pick.activeItems = same;
  }

  /** Stops an earlier search that has not finished. Answers whether the rows were shown: a later search can stop this one. */
  async #show(): Promise<boolean> {
    this.#search.abort();
    const search = new AbortController();
    this.#search = search;
    const { accounts, tasks } = this.#parts;
    const lists = this.#accounts.map((account) => ({ account, state: tasks.state(account.id) }));
    const text = this.#pick.value;
    this.#pick.busy = lists.some(({ state }) => state.loading);
    try {
      const rows = await taskRows(lists, text, accounts.services.findOwners(text), search.signal);
      // VS Code selects the first of new rows, which would undo an arrow key that was pressed meanwhile.
      if (isShownAlready(this.#pick.items, rows)) return true;
      const items = await mapInSlices(rows, (row) => pickRow(this.#item(row)), search.signal);
      if (search.signal.aborted) return false;
      this.#pick.items = items;
      return true;
    } catch (error) {
      if (isCancelled(error)) return false;
      throw error;
    }
  }

  #item(row: TaskRow): TaskItem {
    switch (row.kind) {
      case "task":
        return this.#taskItem(row);
      case "typed":
        return { row, icon: "arrow-right", label: t("Task {0}", row.taskId), ...ofAccounts(row.accounts), alwaysShow };
      case "notATaskId": {
        const label = t("“{0}” is not a task ID", row.text.slice(0, 60));
        const detail = t("Enter a whole number (Spaaza), a UUID (TextReveal), or the URL of a task");
        return { row, icon: "info", label, detail, alwaysShow };
      }
      case "noAccount": {
        const label = t("Task {0} belongs to {1}", row.taskId, row.service);
        return { row, icon: "info", label, description: t("Add an account of {0} first", row.service), alwaysShow };
      }
      case "error":
        return { row, icon: "error", label: `${row.account.label}: ${errorInWords(row.error)}`, alwaysShow };
      case "loadMore":
        return { row, icon: "ellipsis", label: loadMoreLabel(), ...this.#ofAccount(row.account), alwaysShow };
      case "empty":
        return { row, label: t("No finished tasks. Enter a task ID or URL."), alwaysShow };
    }
  }

  /** If its ID was typed, that is the label: so VS Code shows the row before those that only contain the text. */
  #taskItem(row: Extract<TaskRow, { kind: "task" }>): TaskItem {
    const { task } = row;
    const item = { row, icon: "pass", label: taskLabel(task), description: this.#about(row), detail: task.id };
    if (row.isTyped !== true) return item;
    const description = [task.description, this.#about(row)].filter((part) => part !== "").join(" · ");
    return { row, icon: "pass", label: t("Task {0}", task.id), description, alwaysShow };
  }

  #about({ account, task }: { account: Account; task: ExportTask }): string {
    const detail = taskDetail(task);
    return this.#accounts.length === 1 ? detail : `${account.label} · ${detail}`;
  }

  #ofAccount(account: Account): { description?: string } {
    return this.#accounts.length === 1 ? {} : { description: account.label };
  }
}

const alwaysShow = true;

function ofAccounts(accounts: readonly Account[]): { description: string } {
  return { description: accounts.map(({ label }) => label).join(", ") };
}

function isShownAlready(items: readonly TaskItem[], rows: readonly TaskRow[]): boolean {
  if (items.length !== rows.length) return false;
  return items.every(({ row }, at) => {
    const other = rows[at];
    return other !== undefined && isShownAlike(row, other);
  });
}

function isSameRow(one: TaskRow, other: TaskRow): boolean {
  if (one.kind === "task" && other.kind === "task") {
    return one.account.id === other.account.id && one.task.id === other.task.id;
  }
  if (one.kind === "loadMore" && other.kind === "loadMore") return one.account.id === other.account.id;
  return one.kind === other.kind;
}
