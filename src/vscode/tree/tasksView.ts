import { t } from "@vscode/l10n";
import * as vscode from "vscode";
import type { Accounts } from "../accounts/accounts.ts";
import { Owner } from "../disposables.ts";
import type { DownloadHistory } from "../downloads/downloadHistory.ts";
import type { Downloads } from "../downloads/downloads.ts";
import { contextKeys, viewIds, type ContextKey } from "../ids.ts";
import { AutoRefresh } from "../tasks/autoRefresh.ts";
import { isFiltering, type TaskFilter } from "../tasks/taskFilter.ts";
import type { TaskLists } from "../tasks/taskLists.ts";
import { AgeRepaint } from "./ageRepaint.ts";
import type { TreeNode } from "./nodes/treeNode.ts";
import type { TasksProvider } from "./tasksProvider.ts";

export interface TasksViewParts {
  readonly provider: TasksProvider;
  readonly accounts: Accounts;
  readonly tasks: TaskLists;
  readonly downloads: Downloads;
  readonly history: DownloadHistory;
}

/** The Tasks view itself: its badge, its filter line, the context keys, and refreshing by itself while it is seen. */
export class TasksView extends Owner {
  readonly #parts: TasksViewParts;
  readonly #view: vscode.TreeView<TreeNode>;

  constructor(parts: TasksViewParts) {
    super();
    this.#parts = parts;
    this.#view = this.own(
      vscode.window.createTreeView(viewIds.tasks, { treeDataProvider: parts.provider, showCollapseAll: true }),
    );
    const autoRefresh = this.own(new AutoRefresh(parts.tasks, () => this.#view.visible));
    const ages = this.own(
      new AgeRepaint({
        isVisible: () => this.#view.visible,
        hasAges: () => parts.provider.hasAges(),
        repaintAges: () => parts.provider.repaintAges(),
      }),
    );
    this.own(
      this.#view.onDidChangeVisibility(() => {
        autoRefresh.plan();
        ages.visibilityChanged();
      }),
    );
    this.own(parts.history.onDidChange(() => ages.plan()));
    this.own(parts.downloads.onDidChange(() => this.#showBadge()));
    this.own(
      parts.tasks.onDidChange(() => {
        this.#showState();
        ages.plan();
      }),
    );
    this.#showState();
    setContext(contextKeys.ready, true);
  }

  /** Brings a task's row into view and selects it; answers whether the tree holds it. */
  async revealTask(accountId: string, taskId: string): Promise<boolean> {
    await vscode.commands.executeCommand(`${viewIds.tasks}.focus`);
    const node = this.#parts.provider.findTaskNode(accountId, taskId);
    if (node === undefined) return false;
    await this.#view.reveal(node, { select: true, focus: true });
    return true;
  }

  /** Scrolls to the row of an account and selects it. */
  async revealAccount(accountId: string): Promise<void> {
    await vscode.commands.executeCommand(`${viewIds.tasks}.focus`);
    const node = this.#parts.provider.accountNode(accountId);
    if (node !== undefined) await this.#view.reveal(node, { select: true, focus: true });
  }

  #showState(): void {
    const { filter } = this.#parts.tasks;
    this.#view.message = isFiltering(filter) ? filterInWords(filter) : "";
    setContext(contextKeys.filtered, isFiltering(filter));
    setContext(contextKeys.hasAccounts, this.#parts.accounts.store.list().length > 0);
  }

  #showBadge(): void {
    const running = this.#parts.downloads.all().filter(({ state }) => state === "running").length;
    this.#view.badge =
      running === 0
        ? undefined
        : {
            value: running,
            tooltip: running === 1 ? t("1 download is running") : t("{0} downloads are running", running),
          };
  }
}

function setContext(key: ContextKey, value: boolean): void {
  void vscode.commands.executeCommand("setContext", key, value);
}

function filterInWords({ text, status }: TaskFilter): string {
  const parts = [text === undefined || text === "" ? undefined : t("“{0}”", text), status === "" ? undefined : status];
  return t("Filter: {0}", parts.filter((part) => part !== undefined).join(" · "));
}
