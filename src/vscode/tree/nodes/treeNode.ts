import * as vscode from "vscode";
import { commandArgument, type CommandTarget } from "../../commandCall.ts";

/** The fields of the contract's argument shapes that a row can answer. */
export interface RowArgument {
  readonly accountId?: string;
  readonly taskId?: string;
  /** Indexes of the task's files that the row shows. */
  readonly files?: readonly number[];
  /** The key of a watched kind. */
  readonly kind?: string;
  /** The downloaded file. */
  readonly uri?: vscode.Uri;
}

/** A row of the tree. Commands that are run on it get its `argument`, and nothing of the tree item. */
export abstract class TreeNode extends vscode.TreeItem implements CommandTarget {
  abstract override readonly id: string;
  abstract readonly argument: RowArgument;
  readonly parent: TreeNode | undefined;

  constructor(label: string, parent: TreeNode | undefined, state = vscode.TreeItemCollapsibleState.None) {
    super(label, state);
    this.parent = parent;
  }

  /** Sets the tooltip, if it wasn't made together with the row. */
  resolveTooltip(): void {
    // Most rows already have theirs, or need none.
  }

  get [commandArgument](): RowArgument {
    return this.argument;
  }

  /** What a screen reader says instead of the label. */
  protected say(label: string): void {
    this.accessibilityInformation = { label };
  }
}
