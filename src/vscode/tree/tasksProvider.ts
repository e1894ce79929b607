import { t } from "@vscode/l10n";
import * as vscode from "vscode";
import type { Account, ExportTask } from "../../model/contract.ts";
import { mapInSlices } from "../../model/slices.ts";
import type { TaskKey } from "../../model/taskKey.ts";
import type { Accounts } from "../accounts/accounts.ts";
import type { DiskStates } from "../downloads/diskStates.ts";
import { Owner } from "../disposables.ts";
import { treeRow } from "../surfaces/surfaces.ts";
import type { AccountTasksState } from "../tasks/accountTasks.ts";
import { type Arranged, ArrangedTasks } from "../tasks/arrangedTasks.ts";
import { firstTasks, type TaskGroup } from "../tasks/arrangeTasks.ts";
import type { KeptArrangement } from "../tasks/keptArrangement.ts";
import { isFiltering } from "../tasks/taskFilter.ts";
import type { TaskLists } from "../tasks/taskLists.ts";
import type { WatchList } from "../watching/watchList.ts";
import { durationInWords } from "../wording.ts";
import { KeptRows } from "./keptRows.ts";
import { AccountNode } from "./nodes/accountNode.ts";
import { FileNode } from "./nodes/fileNode.ts";
import { GroupNode } from "./nodes/groupNode.ts";
import { noMatchesNodes, noTasksNodes } from "./nodes/emptyNodes.ts";
import { failureNodes, LoadMoreNode, NoteNode } from "./nodes/messageNodes.ts";
import { taskLabel, TaskNode, unlistedTask } from "./nodes/taskNode.ts";
import { WatchedNode } from "./nodes/watchedNodes.ts";
import type { TreeNode } from "./nodes/treeNode.ts";
import { type FactSources, RowFacts } from "./rowFacts.ts";
import { RowRepaints } from "./rowRepaints.ts";
import { WatchedRows } from "./watchedRows.ts";

export interface TasksProviderParts extends Omit<FactSources, "watched"> {
  readonly disk: DiskStates;
  readonly accounts: Accounts;
  readonly tasks: TaskLists;
  readonly arrangement: KeptArrangement;
  readonly watchList: WatchList;
}

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
  readonly #rows = new KeptRows();
  readonly #watched: WatchedRows;
  readonly #facts: RowFacts;
  readonly #repaints: RowRepaints;
  readonly #arranged: ArrangedTasks;
  /** How many tasks of an account are shown, if it is more than at first. */
  readonly #limits = new Map<string, number>();
  readonly #stop = new AbortController();

  constructor(parts: TasksProviderParts) {
    super();
    this.#parts = parts;
    const paint = (rows: TreeNode | TreeNode[] | undefined): void => this.#changed.fire(rows);
    const { store } = parts.accounts;
    this.#watched = this.own(
      new WatchedRows({ ...parts, store, paint, paintTask: (task) => this.#repaints.soon(task) }),
    );
    this.#facts = new RowFacts({ ...parts, watched: this.#watched });
    this.#repaints = this.own(new RowRepaints({ ...parts, rows: this.#rows, facts: this.#facts, paint }));
    const { tasks, arrangement } = parts;
    this.#arranged = this.own(
      new ArrangedTasks(
        (accountId) => ({
          tasks: tasks.known(accountId).tasks,
          filter: tasks.filter,
          arrangement: arrangement.current,
        }),
        taskLabel,
      ),
    );
    this.own(
      vscode.window.onDidChangeWindowState(({ focused }) => {
        if (focused) parts.disk.lookAgain();
      }),
    );
    this.own(tasks.onDidChange(() => this.#changed.fire(undefined)));
    this.own(arrangement.onDidChange(() => this.#changed.fire(undefined)));
    this.own({ dispose: () => this.#stop.abort() });
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
  async showMore(accountId: string): Promise<boolean> {
    const limit = this.#limitOf(accountId);
    const { count } = await this.#arranged.of(accountId);
    if (count <= limit) return false;
    this.#limits.set(accountId, limit + rowsAtOnce);
    this.#changed.fire(undefined);
    return true;
  }

  getParent(node: TreeNode): TreeNode | undefined {
    return node.parent;
  }

  async getChildren(node?: TreeNode): Promise<TreeNode[]> {
    if (node === undefined) return [...this.#watched.top(), ...this.#accounts()];
    if (node instanceof WatchedNode) return this.#watched.below(node);
    if (node instanceof AccountNode) return this.#tasks(node);
    if (node instanceof GroupNode) return this.#kept(await this.#taskRows(node.group.tasks, node));
    if (node instanceof TaskNode) return this.#files(node);
    return [];
  }

  /** The rows below a row are not shown anymore. */
  collapsed(node: TreeNode): void {
    if (!(node instanceof TaskNode)) return;
    this.#rows.forgetFiles(node);
    this.#parts.disk.hide(node);
    this.#repaints.soon(node);
  }

  /** The row of an account. It can be new, so VS Code may not have asked for it yet. */
  accountNode(accountId: string): AccountNode | undefined {
    const account = this.#parts.accounts.store.list().find(({ id }) => id === accountId);
    return account === undefined ? undefined : this.#account(account);
  }

  /** The row of a task, if the tree shows it or will show it. VS Code finds its own row by the ID. */
  async findTaskNode(key: TaskKey): Promise<TaskNode | undefined> {
    const groups = this.#groupsIn(key.accountId, await this.#arranged.of(key.accountId));
    const account = this.accountNode(key.accountId);
    const task = this.#parts.tasks.find(key.accountId, key.taskId);
    if (account === undefined) return undefined;
    const isOngoing = this.#parts.downloads.of(key.accountId, key.taskId) !== undefined;
    if (task === undefined) return isOngoing ? this.#task(unlistedTask(key), account) : undefined;
    const group = groups.find(({ tasks }) => tasks.includes(task));
    if (group === undefined) return undefined;
    const { grouping } = this.#parts.arrangement.current;
    return this.#task(task, grouping === "none" ? account : new GroupNode(account, grouping, group));
  }

  /** The tasks of an account in the order in which the tree shows them. */
  async shownTasks(accountId: string): Promise<readonly ExportTask[]> {
    return this.#groupsIn(accountId, await this.#arranged.of(accountId)).flatMap(({ tasks }) => tasks);
  }

  /** Whether some row shows an age. */
  hasAges(): boolean {
    const { accounts, tasks, history } = this.#parts;
    const isDated = ({ completedAt, createdAt }: ExportTask): boolean => (completedAt ?? createdAt) !== undefined;
    return (
      accounts.store.list().some(({ id }) => tasks.known(id).tasks.some(isDated)) ||
      history.all().some(({ accountId, taskId }) => tasks.find(accountId, taskId) !== undefined)
    );
  }

  /** Repaints the rows whose age has changed. Sends no request. */
  repaintAges(): void {
    this.#repaints.ages();
  }

  #accounts(): AccountNode[] {
    return this.#parts.accounts.store.list().map((account) => {
      const node = this.#account(account);
      this.#rows.keepAccount(node);
      return node;
    });
  }

  #account(account: Account): AccountNode {
    const hasError = this.#parts.tasks.known(account.id).error !== undefined;
    const canCreate = this.#canCreate(account.id);
    return new AccountNode(account, this.#parts.accounts.serviceLabel(account), { hasError, canCreate });
  }

  #canCreate(accountId: string): boolean {
    const account = this.#parts.accounts.store.list().find(({ id }) => id === accountId);
    return account !== undefined && this.#parts.creation.canCreate(account);
  }

  async #tasks(parent: AccountNode): Promise<TreeNode[]> {
    const { accountId } = parent;
    this.#rows.forgetFilesOf(accountId);
    // The first call loads the tasks.
    this.#parts.tasks.state(accountId);
    const arranged = await this.#arranged.of(accountId);
    const state = this.#parts.tasks.known(accountId);
    const shown = await this.#shownRows(parent, arranged);
    const rows: TreeNode[] = state.error === undefined ? [] : failureNodes(parent, state.error, { accountId });
    rows.push(...this.#unlisted(parent).map((task) => this.#task(task, parent)));
    rows.push(...this.#notes(parent, state, shown.length), ...shown);
    const limit = this.#limitOf(accountId);
    if (arranged.count > limit) rows.push(new LoadMoreNode(parent, limit, arranged.count));
    else if (state.hasMore) rows.push(new LoadMoreNode(parent, state.tasks.length, state.total));
    return this.#kept(rows);
  }

  /** The rows of the tasks that pass the filter, or those of their groups. */
  async #shownRows(parent: AccountNode, arranged: Arranged): Promise<TreeNode[]> {
    const { grouping } = this.#parts.arrangement.current;
    const groups = this.#groupsIn(parent.accountId, arranged);
    return grouping === "none"
      ? this.#taskRows(
          groups.flatMap(({ tasks }) => tasks),
          parent,
        )
      : groups.map((group) => new GroupNode(parent, grouping, group));
  }

  #taskRows(tasks: readonly ExportTask[], parent: TreeNode): Promise<TaskNode[]> {
    return mapInSlices(tasks, (task) => this.#task(task, parent), this.#stop.signal);
  }

  /** The groups as far as they are shown. */
  #groupsIn(accountId: string, { groups }: Arranged): TaskGroup[] {
    return firstTasks(groups, this.#limitOf(accountId));
  }

  #limitOf(accountId: string): number {
    return this.#limits.get(accountId) ?? rowsAtOnce;
  }

  /** Downloads of tasks that are on no loaded page: somebody typed the ID, or an earlier session started them. */
  #unlisted({ accountId }: AccountNode): ExportTask[] {
    const { downloads, tasks } = this.#parts;
    const ongoing = downloads.all().filter((download) => download.accountId === accountId);
    return ongoing.filter(({ taskId }) => tasks.find(accountId, taskId) === undefined).map(unlistedTask);
  }

  #notes(parent: AccountNode, state: AccountTasksState, shown: number): TreeNode[] {
    if (state.waiting !== undefined) {
      const wait = t("Trying again in {0}.", durationInWords(state.waiting.retryInMs));
      return [new NoteNode(parent, `${state.waiting.reason} ${wait}`, "watch")];
    }
    if (shown > 0 || state.error !== undefined) return [];
    if (state.loading) return [new NoteNode(parent, t("Loading…"), "loading~spin")];
    if (isFiltering(this.#parts.tasks.filter)) return noMatchesNodes(parent, state.tasks.length);
    return noTasksNodes(parent, this.#canCreate(parent.accountId));
  }

  #task(task: ExportTask, parent: TreeNode): TaskNode {
    const showsFiles = this.#rows.files({ accountId: task.accountId, taskId: task.id }) !== undefined;
    return new TaskNode(task, parent, this.#facts.presence(task, showsFiles));
  }

  /** Keeps rows that are given to VS Code, so that they can be repainted. */
  #kept<Row extends TreeNode>(rows: Row[]): Row[] {
    this.#rows.keep(rows);
    return rows;
  }

  async #files(parent: TaskNode): Promise<TreeNode[]> {
    const { accountId, taskId } = parent;
    const { signal } = this.#stop;
    this.#parts.disk.show(parent);
    try {
      const files = await this.#parts.files.names(accountId, taskId, signal);
      const statusOf = this.#facts.fileStatus(parent);
      const row = ({ index, name }: (typeof files)[number]): FileNode =>
        new FileNode(parent, { index, count: files.length }, name, statusOf(index));
      return this.#keptFiles(parent, await mapInSlices(files, row, signal));
    } catch (error) {
      const known = [...this.#facts.downloadedByIndex(parent).values()];
      const isFirstAlone = known.every(({ index }) => index === 0);
      const rows = known.map((record) => {
        const place = { index: record.index, count: isFirstAlone ? 1 : undefined };
        const onDisk = this.#parts.disk.of(record);
        const status = { downloaded: record, onDisk, isPaused: false, isReadable: false };
        return new FileNode(parent, place, record.name, status);
      });
      return [...failureNodes(parent, error, { accountId, taskId }), ...this.#keptFiles(parent, rows)];
    }
  }

  #keptFiles(parent: TaskNode, rows: FileNode[]): FileNode[] {
    this.#rows.keepFiles(parent, rows);
    return rows;
  }
}
