import { t } from "@vscode/l10n";
import * as vscode from "vscode";
import { commandOf, errorInWords } from "../../errors/showError.ts";
import { mendingsFor, type FailureSubject, type Mending } from "../../errors/mending.ts";
import type { AccountNode } from "./accountNode.ts";
import { type RowArgument, TreeNode } from "./treeNode.ts";

/** A row that only says something: still loading, nothing there. */
export class NoteNode extends TreeNode {
  override readonly id: string;
  override readonly contextValue = "note";
  readonly argument = {};

  constructor(parent: TreeNode, text: string, icon?: string) {
    super(text, parent);
    this.id = `note/${parent.id}`;
    if (icon !== undefined) this.iconPath = new vscode.ThemeIcon(icon);
    this.tooltip = text;
    this.say(text);
  }
}

/** A failure, told in the account or task that it belongs to. */
export class ErrorNode extends TreeNode {
  override readonly id: string;
  override readonly contextValue = "error";
  readonly argument = {};

  constructor(parent: TreeNode, error: unknown) {
    const sentence = errorInWords(error);
    super(sentence, parent);
    this.id = `error/${parent.id}`;
    this.iconPath = new vscode.ThemeIcon("error", new vscode.ThemeColor("list.errorForeground"));
    this.tooltip = sentence;
    this.say(t("Error: {0}", sentence));
  }
}

/** A row that does something about what the row above it says. */
export class MendingNode extends TreeNode {
  override readonly id: string;
  override readonly contextValue = "mending";
  readonly argument = {};

  constructor(parent: TreeNode, mending: Mending) {
    super(mending.label, parent);
    this.id = `mending/${parent.id}/${mending.command}`;
    this.iconPath = new vscode.ThemeIcon(mending.icon);
    this.command = commandOf(mending);
    this.say(mending.label);
  }
}

/** The rows for a failure: what happened, then what can be done about it. */
export function failureNodes(parent: TreeNode, error: unknown, subject: FailureSubject): TreeNode[] {
  const mendings = mendingsFor(error, subject).map((mending) => new MendingNode(parent, mending));
  return [new ErrorNode(parent, error), ...mendings];
}

/** The last row of a list that goes on. */
export class LoadMoreNode extends TreeNode {
  override readonly id: string;
  readonly argument: RowArgument;
  override readonly contextValue = "loadMore";

  /** @param loaded how many tasks are loaded, of `total` where the service says so */
  constructor(parent: AccountNode, loaded: number, total: number | undefined) {
    super(t("Load More Tasks"), parent);
    this.id = `more/${parent.accountId}`;
    this.argument = { accountId: parent.accountId };
    this.iconPath = new vscode.ThemeIcon("ellipsis");
    this.description = total === undefined ? t("{0} loaded", loaded) : t("{0} of {1} loaded", loaded, total);
    this.command = { command: "taskExports.loadMore", title: t("Load More Tasks"), arguments: [this] };
    this.say(`${t("Load More Tasks")}, ${this.description}`);
  }
}
