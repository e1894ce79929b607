import { t } from "@vscode/l10n";
import * as vscode from "vscode";
import type { Account, ExportTask } from "../../model/contract.ts";
import type { Accounts } from "../accounts/accounts.ts";
import { Owner } from "../disposables.ts";
import type { DownloadedExport, DownloadHistory } from "../downloads/downloadHistory.ts";
import type { Downloads } from "../downloads/downloads.ts";
import type { UnfinishedFile, UnfinishedFiles } from "../downloads/unfinishedFiles.ts";
import { downloadedFiles } from "../parts/taskFilesOnDisk.ts";
import type { AccountTasksState } from "../tasks/accountTasks.ts";
import type { TaskFiles } from "../tasks/taskFiles.ts";
import { arrangeTasks, firstTasks, type TaskGroup } from "../tasks/arrangeTasks.ts";
import type { KeptArrangement } from "../tasks/keptArrangement.ts";
import { treeRow } from "../surfaces/surfaces.ts";
import { isFiltering, passesFilter } from "../tasks/taskFilter.ts";
import type { TaskLists } from "../tasks/taskLists.ts";
import { durationInWords } from "../wording.ts";
import { agedRows } from "./agingRows.ts";
import { AccountNode } from "./nodes/accountNode.ts";
import { FileNode, type FileStatus } from "./nodes/fileNode.ts";
import { GroupNode } from "./nodes/groupNode.ts";
import { failureNodes, LoadMoreNode, NoteNode } from "./nodes/messageNodes.ts";
import { taskLabel, TaskNode, type TaskPresence } from "./nodes/taskNode.ts";
import type { TreeNode } from "./nodes/treeNode.ts";
import { type TaskKey, taskKeyText } from "../../model/taskKey.ts";

export interface TasksProviderParts {
  readonly accounts: Accounts;
  readonly tasks: TaskLists;
  readonly arrangement: KeptArrangement;
  readonly files: TaskFiles;
  readonly downloads: Downloads;
  readonly unfinished: UnfinishedFiles;
  readonly history: DownloadHistory;
}

/** How often a running download may repaint its row. */
const repaintMs = 250;

/** How many tasks of an account are shown, and added by Load More Tasks. VS Code takes all rows of a list at once. */
const rowsAtOnce = 1000;

/**
 * The Tasks view: accounts, their tasks (in groups if the user chose that), and the files of each task. Everything shown
 * comes from the parts; only the visible rows are kept here.
 */
export class TasksProvider extends Owner implements vscode.TreeDataProvider<TreeNode> {
  readonly #parts: TasksProviderParts;
  readonly #changed = this.own(new vscode.EventEmitter<TreeNode | TreeNode[] | undefined>());
  readonly onDidChangeTreeData = this.#changed.event;
  readonly #accountNodes = new Map<string, AccountNode>();
  readonly #groupNodes = new Map<string, GroupNode>();
  readonly #taskNodes = new Map<string, TaskNode>();
  /** The files of the tasks that are expanded. */
  readonly #fileNodes = new Map<string, readonly FileNode[]>();
  /** How many tasks of an account are shown, if it is more than at first. */
  readonly #limits = new Map<string, number>();
  readonly #repaints = new Map<string, NodeJS.Timeout>();
  readonly #stop = new AbortController();

  constructor(parts: TasksProviderParts) {
    super();
    this.#parts = parts;
    this.own(parts.tasks.onDidChange(() => this.#changed.fire(undefined)));
    this.own(parts.arrangement.onDidChange(() => this.#changed.fire(undefined)));
    // One row only: while VS Code asks for all rows again, a click on a row's button reaches no row.
    this.own(parts.history.onDidChange((task) => this.#repaintSoon(task)));
    this.own(parts.downloads.onDidChange((task) => this.#repaintSoon(task)));
    this.own({
      dispose: () => {
        this.#stop.abort();
        for (const timer of this.#repaints.values()) clearTimeout(timer);
      },
    });
  }

  getTreeItem(node: TreeNode): vscode.TreeItem {
    return treeRow(node);
  }

  /** Called when the pointer is on a row: a tooltip with its dates takes longer than the row itself. */
  resolveTreeItem(_item: vscode.TreeItem, node: TreeNode): vscode.TreeItem {
    node.resolveTooltip();
    return treeRow(node);
  }

  /** Shows more of the loaded tasks of an account. Answers whether there were any. */
  showMore(accountId: string): boolean {
    const limit = this.#limitOf(accountId);
    if (this.#passing(accountId).length <= limit) return false;
    this.#limits.set(accountId, limit + rowsAtOnce);
    this.#changed.fire(undefined);
    return true;
  }

  getParent(node: TreeNode): TreeNode | undefined {
    return node.parent;
  }

  async getChildren(node?: TreeNode): Promise<TreeNode[]> {
    if (node === undefined) return this.#accounts();
    if (node instanceof AccountNode) return this.#tasks(node);
    if (node instanceof GroupNode) return node.group.tasks.map((task) => this.#task(task, node));
    if (node instanceof TaskNode) return this.#files(node);
    return [];
  }

  /** The rows below a row are not shown anymore. */
  collapsed(node: TreeNode): void {
    if (!(node instanceof TaskNode)) return;
    this.#fileNodes.delete(taskKeyText(node));
    this.#repaintSoon(node);
  }

  /** The row of an account. It can be new, so VS Code may not have asked for it yet. */
  accountNode(accountId: string): AccountNode | undefined {
    const account = this.#parts.accounts.store.list().find(({ id }) => id === accountId);
    return account === undefined ? undefined : this.#account(account);
  }

  /** The row of a task, if the tree shows it or will show it. VS Code finds its own row by the ID. */
  findTaskNode(key: TaskKey): TaskNode | undefined {
    const account = this.accountNode(key.accountId);
    const task = this.#parts.tasks.find(key.accountId, key.taskId);
    if (account === undefined) return undefined;
    const isOngoing = this.#parts.downloads.of(key.accountId, key.taskId) !== undefined;
    if (task === undefined) return isOngoing ? this.#taskNode(unlistedTask(key), account) : undefined;
    const group = this.#groups(key.accountId).find(({ tasks }) => tasks.includes(task));
    if (group === undefined) return undefined;
    const { grouping } = this.#parts.arrangement.current;
    return this.#taskNode(task, grouping === "none" ? account : new GroupNode(account, grouping, group));
  }

  /** The tasks of an account in the order in which the tree shows them. */
  shownTasks(accountId: string): readonly ExportTask[] {
    return this.#groups(accountId).flatMap(({ tasks }) => tasks);
  }

  /** Whether some row shows an age. */
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

  /** Repaints the rows whose age has changed. Sends no request. */
  repaintAges(): void {
    const tasks = [...this.#taskNodes].map(([key, task]) => ({
      task,
      files: this.#fileNodes.get(key) ?? [],
      asksService: this.#parts.files.wouldAskAgain(task.accountId, task.taskId),
    }));
    const aged = [...this.#agedGroups(), ...agedRows<TaskNode | FileNode>(tasks)];
    if (aged.length > 0) this.#changed.fire(aged);
  }

  /** Groups whose names read differently, but for those with a task that would ask its service. */
  #agedGroups(): GroupNode[] {
    const { files } = this.#parts;
    return [...this.#groupNodes.values()].filter(
      (node) => !node.group.tasks.some(({ accountId, id }) => files.wouldAskAgain(accountId, id)) && node.repaintAge(),
    );
  }

  #accounts(): AccountNode[] {
    return this.#parts.accounts.store.list().map((account) => {
      const node = this.#account(account);
      this.#accountNodes.set(account.id, node);
      return node;
    });
  }

  #account(account: Account): AccountNode {
    const hasError = this.#parts.tasks.known(account.id).error !== undefined;
    return new AccountNode(account, this.#parts.accounts.serviceLabel(account), hasError);
  }

  #tasks(parent: AccountNode): TreeNode[] {
    const { accountId } = parent;
    // VS Code asks again for the files of the tasks that stay expanded. One that was filtered out comes back collapsed.
    for (const key of this.#fileNodes.keys()) if (key.startsWith(`${accountId}/`)) this.#fileNodes.delete(key);
    const state = this.#parts.tasks.state(accountId);
    const shown = this.#shownRows(parent);
    const rows: TreeNode[] = state.error === undefined ? [] : failureNodes(parent, state.error, { accountId });
    rows.push(...this.#unlisted(parent, state).map((task) => this.#task(task, parent)));
    rows.push(...this.#notes(parent, state, shown.length), ...shown);
    const passing = this.#passing(accountId).length;
    const limit = this.#limitOf(accountId);
    if (passing > limit) rows.push(new LoadMoreNode(parent, limit, passing));
    else if (state.hasMore) rows.push(new LoadMoreNode(parent, state.tasks.length, state.total));
    return rows;
  }

  /** The rows of the tasks that pass the filter, or those of their groups. */
  #shownRows(parent: AccountNode): TreeNode[] {
    const { grouping } = this.#parts.arrangement.current;
    const groups = this.#groups(parent.accountId);
    if (grouping === "none") return groups.flatMap(({ tasks }) => tasks.map((task) => this.#task(task, parent)));
    return groups.map((group) => {
      const node = new GroupNode(parent, grouping, group);
      this.#groupNodes.set(node.id, node);
      return node;
    });
  }

  #groups(accountId: string): TaskGroup[] {
    const groups = arrangeTasks(this.#passing(accountId), this.#parts.arrangement.current, taskLabel);
    return firstTasks(groups, this.#limitOf(accountId));
  }

  #passing(accountId: string): readonly ExportTask[] {
    const { tasks } = this.#parts;
    const known = tasks.known(accountId).tasks;
    return isFiltering(tasks.filter) ? known.filter((task) => passesFilter(task, tasks.filter)) : known;
  }

  #limitOf(accountId: string): number {
    return this.#limits.get(accountId) ?? rowsAtOnce;
  }

  /** Downloads of tasks that are on no loaded page: somebody typed the ID, or an earlier session started them. */
  #unlisted({ accountId }: AccountNode, { tasks }: AccountTasksState): ExportTask[] {
    const listed = new Set(tasks.map(({ id }) => id));
    const ongoing = this.#parts.downloads.all().filter((download) => download.accountId === accountId);
    return ongoing.filter(({ taskId }) => !listed.has(taskId)).map(unlistedTask);
  }

  #notes(parent: AccountNode, state: AccountTasksState, shown: number): NoteNode[] {
    if (state.waiting !== undefined) {
      const wait = t("Trying again in {0}.", durationInWords(state.waiting.retryInMs));
      return [new NoteNode(parent, `${state.waiting.reason} ${wait}`, "watch")];
    }
    if (shown > 0 || state.error !== undefined) return [];
    if (state.loading) return [new NoteNode(parent, t("Loading…"), "loading~spin")];
    return [
      new NoteNode(
        parent,
        isFiltering(this.#parts.tasks.filter)
          ? t("No matches in {0} loaded tasks", state.tasks.length)
          : t("No export tasks yet"),
      ),
    ];
  }

  /** A row that is given to VS Code. */
  #task(task: ExportTask, parent: TreeNode): TaskNode {
    const node = this.#taskNode(task, parent);
    this.#taskNodes.set(taskKeyText({ accountId: task.accountId, taskId: task.id }), node);
    return node;
  }

  #taskNode(task: ExportTask, parent: TreeNode): TaskNode {
    return new TaskNode(task, parent, this.#presence(task));
  }

  #presence({ accountId, id }: ExportTask): TaskPresence {
    const task = { accountId, taskId: id };
    return {
      ongoing: this.#parts.downloads.of(accountId, id),
      isReadable: this.#readable(task).length > 0,
      showsFiles: this.#fileNodes.has(taskKeyText(task)),
      ...this.#fileCounts(task),
    };
  }

  /** How many files the task has, from the cheapest source that knows, and how many of them are downloaded. */
  #fileCounts(task: TaskKey): Pick<TaskPresence, "downloaded" | "fileCount"> {
    const { files, downloads, history } = this.#parts;
    const downloaded = downloadedFiles(history, task);
    const [progress] = downloads.of(task.accountId, task.taskId)?.progress.values() ?? [];
    const highest = downloaded.at(-1)?.index ?? 0;
    const atLeast = highest > 0 ? highest + 1 : undefined;
    return { downloaded: downloaded.length, fileCount: files.known(task)?.length ?? progress?.files ?? atLeast };
  }

  async #files(parent: TaskNode): Promise<TreeNode[]> {
    const { accountId, taskId } = parent;
    try {
      const files = await this.#parts.files.names(accountId, taskId, this.#stop.signal);
      const status = this.#fileStatus(parent);
      const count = files.length;
      const rows = files.map(({ index, name }) => new FileNode(parent, { index, count }, name, status(index)));
      return this.#keepFiles(parent, rows);
    } catch (error) {
      const known = [...this.#downloadedByIndex(parent).values()];
      const isFirstAlone = known.every(({ index }) => index === 0);
      const rows = known.map((record) => {
        const place = { index: record.index, count: isFirstAlone ? 1 : undefined };
        return new FileNode(parent, place, record.name, { downloaded: record, isPaused: false, isReadable: false });
      });
      return [...failureNodes(parent, error, { accountId, taskId }), ...this.#keepFiles(parent, rows)];
    }
  }

  /** The newest downloaded copy of each file. */
  #downloadedByIndex({ accountId, taskId }: TaskKey): ReadonlyMap<number, DownloadedExport> {
    return new Map(this.#parts.history.ofTask(accountId, taskId).map((record) => [record.index, record]));
  }

  #fileStatus(task: TaskKey): (index: number) => FileStatus {
    const downloaded = this.#downloadedByIndex(task);
    const ongoing = this.#parts.downloads.of(task.accountId, task.taskId);
    const readable = new Set(this.#readable(task).map(({ file }) => file));
    return (index) => ({
      downloaded: downloaded.get(index),
      progress: ongoing?.progress.get(index),
      isPaused: ongoing?.state === "paused",
      isReadable: readable.has(index),
    });
  }

  #keepFiles({ accountId, taskId }: TaskNode, rows: FileNode[]): FileNode[] {
    this.#fileNodes.set(taskKeyText({ accountId, taskId }), rows);
    return rows;
  }

  /** The task's unfinished files of which some bytes are there to open. */
  #readable(task: { accountId: string; taskId: string }): UnfinishedFile[] {
    return this.#parts.unfinished.ofTask(task).filter(({ bytes }) => bytes > 0);
  }

  /** Repaints the rows of one task, at most a few times a second however fast bytes arrive. */
  #repaintSoon({ accountId, taskId }: TaskKey): void {
    const task = { accountId, taskId };
    const key = taskKeyText(task);
    if (this.#repaints.has(key)) return;
    const repaint = (): void => {
      this.#repaints.delete(key);
      const shown = this.#taskNodes.get(key);
      const listed = this.#parts.tasks.find(accountId, taskId);
      const isOngoing = this.#parts.downloads.of(accountId, taskId) !== undefined;
      const comesOrGoes = listed === undefined && (shown === undefined) === isOngoing;
      if (comesOrGoes) {
        this.#taskNodes.delete(key);
        this.#fileNodes.delete(key);
        this.#changed.fire(this.#accountNodes.get(accountId));
      } else if (shown !== undefined) this.#repaint(shown, listed ?? unlistedTask(task));
    };
    this.#repaints.set(key, setTimeout(repaint, repaintMs));
  }

  /**
   * VS Code asks for the files of an expanded task whenever it repaints the task, and until it has them, a click on a
   * file's button reaches no row. So while only the progress changes, only the rows of the files are repainted.
   */
  #repaint(shown: TaskNode, task: ExportTask): void {
    const files = this.#fileNodes.get(taskKeyText(shown));
    const before = shown.outline;
    shown.show(task, this.#presence(task));
    if (files === undefined || shown.outline !== before) {
      this.#changed.fire(shown);
      return;
    }
    const status = this.#fileStatus(shown);
    for (const file of files) file.show(status(file.index));
    this.#changed.fire([...files]);
  }
}

/** A task that is not loaded. Its download was started, so the task itself is done. */
function unlistedTask({ accountId, taskId }: TaskKey): ExportTask {
  return { id: taskId, accountId, description: "", state: "done", serviceState: "" };
}
