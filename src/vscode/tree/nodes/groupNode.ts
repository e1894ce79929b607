import { t } from "@vscode/l10n";
import * as vscode from "vscode";
import type { TaskGroup, TaskGrouping } from "../../tasks/arrangeTasks.ts";
import type { AgingRow } from "../agingRows.ts";
import { groupInWords } from "../arrangementWording.ts";
import type { AccountNode } from "./accountNode.ts";
import { TreeNode } from "./treeNode.ts";

/** Tasks of an account that belong together; its children are the tasks. */
export class GroupNode extends TreeNode implements AgingRow {
  override readonly id: string;
  override readonly contextValue = "group";
  readonly argument = {};
  readonly group: TaskGroup;
  readonly #grouping: TaskGrouping;

  constructor(parent: AccountNode, grouping: TaskGrouping, group: TaskGroup) {
    super(groupInWords(grouping, group.key), parent, vscode.TreeItemCollapsibleState.Expanded);
    // With the grouping in the ID, VS Code remembers for each grouping which groups are collapsed.
    this.id = `group/${parent.accountId}/${grouping}/${group.key}`;
    this.group = group;
    this.#grouping = grouping;
    this.#show(groupInWords(grouping, group.key));
  }

  /** "Today" becomes "Yesterday". */
  repaintAge(): boolean {
    const name = groupInWords(this.#grouping, this.group.key);
    if (name === this.label) return false;
    this.#show(name);
    return true;
  }

  #show(name: string): void {
    const { length } = this.group.tasks;
    this.label = name;
    this.description = length === 1 ? t("1 task") : t("{0} tasks", length);
    this.say(`${name}, ${this.description}`);
  }
}
