import { t } from "@vscode/l10n";
import * as vscode from "vscode";
import type { ExportTask } from "../../model/contract.ts";
import type { TaskKey } from "../../model/taskKey.ts";
import type { Accounts } from "../accounts/accounts.ts";
import { Owner } from "../disposables.ts";
import type { DownloadHistory } from "../downloads/downloadHistory.ts";
import type { Downloads } from "../downloads/downloads.ts";
import { contextKeys, viewIds } from "../ids.ts";
import { tasksWithSeveralFiles } from "../parts/taskFilesOnDisk.ts";
import { countsInWords } from "../status/statusText.ts";
import { plainLine } from "../surfaces/plainText.ts";
import { AutoRefresh } from "../tasks/autoRefresh.ts";
import type { KeptArrangement } from "../tasks/keptArrangement.ts";
import type { TaskCreation } from "../tasks/taskCreation.ts";
import { isFiltering, type TaskFilter } from "../tasks/taskFilter.ts";
import type { TaskLists } from "../tasks/taskLists.ts";
import type { WatchList } from "../watching/watchList.ts";
import { AgeRepaint } from "./ageRepaint.ts";
import { arrangementInWords } from "./arrangementWording.ts";
import { ContextKeySetter } from "./contextKeySetter.ts";
import { FileDrag } from "./fileDrag.ts";
import type { TreeNode } from "./nodes/treeNode.ts";
import type { TasksProvider } from "./tasksProvider.ts";

export interface TasksViewParts {
  readonly provider: TasksProvider;
  readonly accounts: Accounts;
  readonly tasks: TaskLists;
  readonly creation: TaskCreation;
  readonly arrangement: KeptArrangement;
  readonly downloads: Downloads;
  readonly history: DownloadHistory;
  readonly watchList: WatchList;
}

/** The Tasks view: its badge, its message line, its context keys, and its automatic refresh while it is visible. */
export class TasksView extends Owner {
  readonly #parts: TasksViewParts;
  readonly #view: vscode.TreeView<TreeNode>;
  readonly #keys = new ContextKeySetter((key, value) => void vscode.commands.executeCommand("setContext", key, value));

  constructor(parts: TasksViewParts) {
    super();
    this.#parts = parts;
    this.#view = this.own(
      vscode.window.createTreeView(viewIds.tasks, {
        treeDataProvider: parts.provider,
        showCollapseAll: true,
        dragAndDropController: new FileDrag(parts.history),
      }),
    );
    this.own(this.#view.onDidCollapseElement(({ element }) => parts.provider.collapsed(element)));
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
    this.own(parts.downloads.onDidChange(() => this.#showDownloads()));
    this.own(parts.watchList.onDidChange(() => this.#showDownloads()));
    this.own(parts.history.onDidChange(() => this.#showHistory()));
    this.own(
      parts.tasks.onDidChange(() => {
        this.#showState();
        ages.plan();
      }),
    );
    this.own(parts.arrangement.onDidChange(() => this.#showState()));
    this.#showState();
    this.#showDownloads();
    this.#showHistory();
    this.#keys.set(contextKeys.ready, true);
  }

  /** Shows the view and selects a task's row. Answers whether the tree has the task. */
  async revealTask(task: TaskKey): Promise<boolean> {
    await vscode.commands.executeCommand(`${viewIds.tasks}.focus`);
    const node = await this.#parts.provider.findTaskNode(task);
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

  /** Selects the first of the tasks that a further page brought, so that the keyboard continues there. */
  async selectFirstNew(accountId: string, before: readonly ExportTask[]): Promise<void> {
    const known = new Set(before.map(({ id }) => id));
    const shown = await this.#parts.provider.shownTasks(accountId);
    const added = shown.find(({ id }) => !known.has(id));
    if (added !== undefined) await this.revealTask({ accountId, taskId: added.id });
  }

  /** The tasks of an account that the tree shows. */
  shownTasks(accountId: string): Promise<readonly ExportTask[]> {
    return this.#parts.provider.shownTasks(accountId);
  }

  /** Shows more of the tasks that are loaded already. Answers whether there were any. */
  showMore(accountId: string): Promise<boolean> {
    return this.#parts.provider.showMore(accountId);
  }

  #showState(): void {
    const { filter } = this.#parts.tasks;
    const narrowed = isFiltering(filter) ? [filterInWords(filter)] : [];
    this.#view.message = plainLine([...narrowed, ...arrangementInWords(this.#parts.arrangement.current)].join(" · "));
    this.#keys.set(contextKeys.filtered, isFiltering(filter));
    const accounts = this.#parts.accounts.store.list();
    this.#keys.set(contextKeys.hasAccounts, accounts.length > 0);
    this.#keys.set(
      contextKeys.canCreate,
      accounts.some((account) => this.#parts.creation.canCreate(account)),
    );
    this.#keys.set(
      contextKeys.canRun,
      accounts.some((account) => this.#parts.creation.canRun(account)),
    );
  }

  /** Not with each step of a download: it reads everything that was ever downloaded. */
  #showHistory(): void {
    this.#keys.set(contextKeys.hasDownloads, this.#parts.history.all().length > 0);
    this.#keys.set(contextKeys.hasSeveralFiles, tasksWithSeveralFiles(this.#parts.history).length > 0);
  }

  #showDownloads(): void {
    const { running, paused } = this.#parts.downloads.tally();
    this.#keys.set(contextKeys.hasRunning, running > 0);
    this.#keys.set(contextKeys.hasPaused, paused > 0);
    const watched = this.#parts.watchList.watched.length;
    this.#keys.set(contextKeys.hasWatched, watched > 0);
    const tooltip = countsInWords({ running, watched }).join(", ");
    this.#view.badge = tooltip === "" ? undefined : { value: running + watched, tooltip };
  }
}

function filterInWords({ text, status }: TaskFilter): string {
  const parts = [text === undefined || text === "" ? undefined : t("“{0}”", text), status === "" ? undefined : status];
  return t("Filter: {0}", parts.filter((part) => part !== undefined).join(" · "));
}
