import { type TaskKey, taskKeyText } from "../../model/taskKey.ts";
import type { AccountNode } from "./nodes/accountNode.ts";
import type { FileNode } from "./nodes/fileNode.ts";
import { GroupNode } from "./nodes/groupNode.ts";
import { TaskNode } from "./nodes/taskNode.ts";
import type { TreeNode } from "./nodes/treeNode.ts";

/** The rows that VS Code was given: it repaints only the objects that it knows. */
export class KeptRows {
  readonly #accounts = new Map<string, AccountNode>();
  readonly #groups = new Map<string, GroupNode>();
  readonly #tasks = new Map<string, TaskNode>();
  /** The files of the tasks that are expanded. */
  readonly #files = new Map<string, readonly FileNode[]>();

  account(accountId: string): AccountNode | undefined {
    return this.#accounts.get(accountId);
  }

  task(key: TaskKey): TaskNode | undefined {
    return this.#tasks.get(taskKeyText(key));
  }

  /** The rows of a task's files; undefined if the task is collapsed. */
  files(key: TaskKey): readonly FileNode[] | undefined {
    return this.#files.get(taskKeyText(key));
  }

  get groups(): readonly GroupNode[] {
    return [...this.#groups.values()];
  }

  get tasks(): readonly TaskNode[] {
    return [...this.#tasks.values()];
  }

  keepAccount(node: AccountNode): void {
    this.#accounts.set(node.accountId, node);
  }

  /** Keeps the rows among these that are repainted. */
  keep(nodes: readonly TreeNode[]): void {
    for (const node of nodes) {
      if (node instanceof TaskNode) this.#tasks.set(taskKeyText(node), node);
      else if (node instanceof GroupNode) this.#groups.set(node.id, node);
    }
  }

  keepFiles(key: TaskKey, nodes: readonly FileNode[]): void {
    this.#files.set(taskKeyText(key), nodes);
  }

  forgetTask(key: TaskKey): void {
    this.#tasks.delete(taskKeyText(key));
    this.forgetFiles(key);
  }

  forgetFiles(key: TaskKey): void {
    this.#files.delete(taskKeyText(key));
  }

  /** Forgets the files of an account's tasks. VS Code asks again for those of the tasks that stay expanded. */
  forgetFilesOf(accountId: string): void {
    for (const key of this.#files.keys()) if (key.startsWith(`${accountId}/`)) this.#files.delete(key);
  }
}
