import { t } from "@vscode/l10n";
import * as vscode from "vscode";
import type { ExportTask } from "../../model/contract.ts";
import type { Accounts } from "../accounts/accounts.ts";
import { Owner } from "../disposables.ts";
import type { DownloadHistory } from "../downloads/downloadHistory.ts";
import type { Downloads } from "../downloads/downloads.ts";
import type { UnfinishedFile, UnfinishedFiles } from "../downloads/unfinishedFiles.ts";
import type { AccountTasksState } from "../tasks/accountTasks.ts";
import type { TaskFiles } from "../tasks/taskFiles.ts";
import { isFiltering, passesFilter } from "../tasks/taskFilter.ts";
import type { TaskLists } from "../tasks/taskLists.ts";
import { durationInWords } from "../wording.ts";
import { agedRows } from "./agingRows.ts";
import { AccountNode } from "./nodes/accountNode.ts";
import { FileNode } from "./nodes/fileNode.ts";
import { failureNodes, LoadMoreNode, NoteNode } from "./nodes/messageNodes.ts";
import { TaskNode, type TaskPresence } from "./nodes/taskNode.ts";
import type { TreeNode } from "./nodes/treeNode.ts";
import { taskKeyText } from "../../model/taskKey.ts";

export interface TasksProviderParts {
  readonly accounts: Accounts;
  readonly tasks: TaskLists;
  readonly files: TaskFiles;
  readonly downloads: Downloads;
  readonly unfinished: UnfinishedFiles;
  readonly history: DownloadHistory;
}

/** How often a running download may repaint its row. */
const repaintMs = 250;

/** Accounts → tasks → files, built from what the parts know; it holds nothing of its own but the rows in view. */
export class TasksProvider extends Owner implements vscode.TreeDataProvider<TreeNode> {
  readonly #parts: TasksProviderParts;
  readonly #changed = this.own(new vscode.EventEmitter<TreeNode | TreeNode[] | undefined>());
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #accountNodes = new Map<string, AccountNode>();
  readonly #taskNodes = new Map<string, TaskNode>();
  readonly #fileNodes = new Map<string, readonly FileNode[]>();
  readonly #repaints = new Map<string, NodeJS.Timeout>();
  readonly #stop = new AbortController();

  constructor(parts: TasksProviderParts) {
    super();
    this.#parts = parts;
    this.own(parts.tasks.onDidChange(() => this.#changed.fire(undefined)));
    this.own(parts.history.onDidChange(() => this.#changed.fire(undefined)));
    this.own(parts.downloads.onDidChange(({ accountId, taskId }) => this.#repaintSoon(accountId, taskId)));
    this.own({
      dispose: () => {
        this.#stop.abort();
        for (const timer of this.#repaints.values()) clearTimeout(timer);
      },
    });
  }

  getTreeItem(node: TreeNode): vscode.TreeItem {
    return node;
  }

  getParent(node: TreeNode): TreeNode | undefined {
    return node.parent;
  }

  async getChildren(node?: TreeNode): Promise<TreeNode[]> {
    if (node === undefined) return this.#accounts();
    if (node instanceof AccountNode) return this.#tasks(node);
    if (node instanceof TaskNode) return this.#files(node);
    return [];
  }

  /** The row of an account. It can be new, so VS Code may not have asked for it yet. */
  accountNode(accountId: string): AccountNode | undefined {
    return this.#accounts().find((node) => node.accountId === accountId);
  }

  /** The row of a task, if the tree holds it. */
  findTaskNode(accountId: string, taskId: string): TaskNode | undefined {
    return this.#taskNodes.get(taskKeyText({ accountId, taskId }));
  }

  /** Whether some row may tell how long ago something was. */
  hasAges(): boolean {
    const { accounts, tasks, history } = this.#parts;
    return accounts.store
      .list()
      .flatMap(({ id }) => tasks.known(id).tasks)
      .some(
        ({ accountId, id, completedAt, createdAt }) =>
          (completedAt ?? createdAt) !== undefined || history.ofTask(accountId, id).length > 0,
      );
  }

  /** Paints the rows whose age reads differently now; asks no service. */
  repaintAges(): void {
    const tasks = [...this.#taskNodes].map(([key, task]) => ({
      task,
      files: this.#fileNodes.get(key) ?? [],
      asksService: this.#parts.files.wouldAskAgain(task.accountId, task.taskId),
    }));
    const aged = agedRows<TaskNode | FileNode>(tasks);
    if (aged.length > 0) this.#changed.fire(aged);
  }

  #accounts(): AccountNode[] {
    return this.#parts.accounts.store.list().map((account) => {
      const hasError = this.#parts.tasks.known(account.id).error !== undefined;
      const node = new AccountNode(account, this.#parts.accounts.serviceLabel(account), hasError);
      this.#accountNodes.set(account.id, node);
      return node;
    });
  }

  #tasks(parent: AccountNode): TreeNode[] {
    const { accountId } = parent;
    const state = this.#parts.tasks.state(accountId);
    const shown = state.tasks.filter((task) => passesFilter(task, this.#parts.tasks.filter));
    const rows: TreeNode[] = state.error === undefined ? [] : failureNodes(parent, state.error, { accountId });
    rows.push(...this.#unlisted(parent, state).map((task) => this.#task(task, parent)));
    rows.push(...this.#notes(parent, state, shown.length), ...shown.map((task) => this.#task(task, parent)));
    if (state.hasMore) rows.push(new LoadMoreNode(parent, state.tasks.length, state.total));
    return rows;
  }

  /** Downloads of tasks that no page has shown yet: an id was typed, or an earlier session began them. */
  #unlisted({ accountId }: AccountNode, { tasks }: AccountTasksState): ExportTask[] {
    const listed = new Set(tasks.map(({ id }) => id));
    const ongoing = this.#parts.downloads.all().filter((download) => download.accountId === accountId);
    return ongoing.filter(({ taskId }) => !listed.has(taskId)).map(({ taskId }) => unlistedTask(accountId, taskId));
  }

  #notes(parent: AccountNode, state: AccountTasksState, shown: number): NoteNode[] {
    if (state.waiting !== undefined) {
      const wait = t("Next try in {0}.", durationInWords(state.waiting.retryInMs));
      return [new NoteNode(parent, `${state.waiting.reason} ${wait}`, "watch")];
    }
    if (shown > 0 || state.error !== undefined) return [];
    if (state.loading) return [new NoteNode(parent, t("Loading…"), "loading~spin")];
    return [
      new NoteNode(
        parent,
        isFiltering(this.#parts.tasks.filter) ? t("No task fits the filter.") : t("No export tasks yet."),
      ),
    ];
  }

  #task(task: ExportTask, parent: TreeNode): TaskNode {
    const node = new TaskNode(task, parent, this.#presence(task));
    this.#taskNodes.set(taskKeyText({ accountId: task.accountId, taskId: task.id }), node);
    return node;
  }

  #presence({ accountId, id }: ExportTask): TaskPresence {
    const task = { accountId, taskId: id };
    return {
      ongoing: this.#parts.downloads.of(accountId, id),
      isReadable: this.#readable(task).length > 0,
      isDownloaded: this.#parts.history.ofTask(accountId, id).length > 0,
    };
  }

  async #files(parent: TaskNode): Promise<TreeNode[]> {
    const { accountId, taskId } = parent;
    const downloaded = new Map(this.#parts.history.ofTask(accountId, taskId).map((record) => [record.index, record]));
    try {
      const files = await this.#parts.files.names(accountId, taskId, this.#stop.signal);
      const readable = new Set(this.#readable(parent).map(({ file }) => file));
      const count = files.length;
      const rows = files.map(
        ({ index, name }) => new FileNode(parent, { index, count }, name, downloaded.get(index), readable.has(index)),
      );
      return this.#keepFiles(parent, rows);
    } catch (error) {
      const known = [...downloaded.values()];
      const isFirstAlone = known.every(({ index }) => index === 0);
      const rows = known.map((record) => {
        const place = { index: record.index, count: isFirstAlone ? 1 : undefined };
        return new FileNode(parent, place, record.name, record, false);
      });
      return [...failureNodes(parent, error, { accountId, taskId }), ...this.#keepFiles(parent, rows)];
    }
  }

  #keepFiles({ accountId, taskId }: TaskNode, rows: FileNode[]): FileNode[] {
    this.#fileNodes.set(taskKeyText({ accountId, taskId }), rows);
    return rows;
  }

  /** The task's files that are not whole, but have bytes that can be looked at. */
  #readable(task: { accountId: string; taskId: string }): UnfinishedFile[] {
    return this.#parts.unfinished.ofTask(task).filter(({ bytes }) => bytes > 0);
  }

  /** Repaints one task's row, at most a few times a second however fast bytes arrive. */
  #repaintSoon(accountId: string, taskId: string): void {
    const key = taskKeyText({ accountId, taskId });
    if (this.#repaints.has(key)) return;
    const repaint = (): void => {
      this.#repaints.delete(key);
      const shown = this.#taskNodes.get(key);
      const ongoing = this.#parts.downloads.of(accountId, taskId);
      const task = this.#parts.tasks.find(accountId, taskId);
      const comesOrGoes = task === undefined && (shown === undefined) !== (ongoing === undefined);
      if (comesOrGoes) {
        this.#taskNodes.delete(key);
        this.#fileNodes.delete(key);
        this.#changed.fire(this.#accountNodes.get(accountId));
      } else if (shown !== undefined) {
        const current = task ?? unlistedTask(accountId, taskId);
        shown.show(current, this.#presence(current));
        this.#changed.fire(shown);
      }
    };
    this.#repaints.set(key, setTimeout(repaint, repaintMs));
  }
}

/** What is known of a task that the service was not asked about: its download is under way, so it is done. */
function unlistedTask(accountId: string, taskId: string): ExportTask {
  return { id: taskId, accountId, description: "", state: "done", serviceState: "" };
}
