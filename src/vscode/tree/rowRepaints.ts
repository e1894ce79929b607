import { type TaskKey, taskKeyText } from "../../model/taskKey.ts";
import type { ExportTask } from "../../model/contract.ts";
import { Owner } from "../disposables.ts";
import type { DiskStates } from "../downloads/diskStates.ts";
import type { Downloads } from "../downloads/downloads.ts";
import type { DownloadHistory } from "../downloads/downloadHistory.ts";
import type { TaskFiles } from "../tasks/taskFiles.ts";
import type { TaskLists } from "../tasks/taskLists.ts";
import { agedRows } from "./agingRows.ts";
import type { KeptRows } from "./keptRows.ts";
import type { FileNode } from "./nodes/fileNode.ts";
import type { GroupNode } from "./nodes/groupNode.ts";
import { type TaskNode, unlistedTask } from "./nodes/taskNode.ts";
import type { TreeNode } from "./nodes/treeNode.ts";
import type { RowFacts } from "./rowFacts.ts";

/** How often a running download may repaint its row. */
const repaintMs = 250;

export interface RowRepaintParts {
  readonly rows: KeptRows;
  readonly facts: RowFacts;
  readonly tasks: TaskLists;
  readonly files: TaskFiles;
  readonly downloads: Downloads;
  readonly history: DownloadHistory;
  readonly disk: Pick<DiskStates, "onDidChange">;
  /** Asks VS Code to paint rows again. Undefined for all of them. */
  readonly paint: (rows: TreeNode | TreeNode[] | undefined) => void;
}

/** Paints single rows again, when a download or the time has changed them. */
export class RowRepaints extends Owner {
  readonly #parts: RowRepaintParts;
  readonly #timers = new Map<string, NodeJS.Timeout>();

  constructor(parts: RowRepaintParts) {
    super();
    this.#parts = parts;
    // One row only: while VS Code asks for all rows again, a click on a row's button reaches no row.
    this.own(parts.history.onDidChange((task) => this.soon(task)));
    this.own(parts.downloads.onDidChange((task) => this.soon(task)));
    this.own(parts.disk.onDidChange((task) => this.soon(task)));
    this.own({
      dispose: () => {
        for (const timer of this.#timers.values()) clearTimeout(timer);
      },
    });
  }

  /** Repaints the rows of one task, at most a few times a second however fast bytes arrive. */
  soon({ accountId, taskId }: TaskKey): void {
    const task = { accountId, taskId };
    const key = taskKeyText(task);
    if (this.#timers.has(key)) return;
    const repaint = (): void => {
      this.#timers.delete(key);
      this.#repaint(task);
    };
    this.#timers.set(key, setTimeout(repaint, repaintMs));
  }

  /** Repaints the rows whose age has changed. Sends no request. */
  ages(): void {
    const { rows, files } = this.#parts;
    const tasks = rows.tasks.map((task) => ({
      task,
      files: rows.files(task) ?? [],
      asksService: files.wouldAskAgain(task.accountId, task.taskId),
    }));
    const aged = [...this.#agedGroups(), ...agedRows<TaskNode | FileNode>(tasks)];
    if (aged.length > 0) this.#parts.paint(aged);
  }

  /** Groups whose names read differently, but for those with a task that would ask its service. */
  #agedGroups(): GroupNode[] {
    const { rows, files } = this.#parts;
    return rows.groups.filter(
      (node) => !node.group.tasks.some(({ accountId, id }) => files.wouldAskAgain(accountId, id)) && node.repaintAge(),
    );
  }

  #repaint(task: TaskKey): void {
    const { rows, tasks, downloads, paint } = this.#parts;
    const shown = rows.task(task);
    const listed = tasks.find(task.accountId, task.taskId);
    const isOngoing = downloads.of(task.accountId, task.taskId) !== undefined;
    const comesOrGoes = listed === undefined && (shown === undefined) === isOngoing;
    if (comesOrGoes) {
      rows.forgetTask(task);
      paint(rows.account(task.accountId));
    } else if (shown !== undefined) this.#repaintTask(shown, listed ?? unlistedTask(task));
  }

  /**
   * VS Code asks for the files of an expanded task whenever it repaints the task, and until it has them, a click on a
   * file's button reaches no row. So while only the progress changes, only the rows of files that changed are repainted.
   */
  #repaintTask(shown: TaskNode, task: ExportTask): void {
    const { rows, facts, paint } = this.#parts;
    const files = rows.files(shown);
    const before = shown.outline;
    shown.show(task, facts.presence(task, files !== undefined));
    if (files === undefined || shown.outline !== before) {
      paint(shown);
      return;
    }
    const statusOf = facts.fileStatus(shown);
    const changed = files.filter((file) => file.update(statusOf(file.index)));
    if (changed.length > 0) paint(changed);
  }
}
