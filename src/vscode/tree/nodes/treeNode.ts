import * as vscode from "vscode";

/**
 * A row of the tree. Nodes carry the fields of the contract's argument shapes (`accountId`, `taskId`, `uri`), so a
 * command takes a node as it takes any other caller's object.
 */
export abstract class TreeNode extends vscode.TreeItem {
  abstract override readonly id: string;
  readonly parent: TreeNode | undefined;

  constructor(label: string, parent: TreeNode | undefined, state = vscode.TreeItemCollapsibleState.None) {
    super(label, state);
    this.parent = parent;
  }

  /** What a screen reader says instead of the label. */
  protected say(label: string): void {
    this.accessibilityInformation = { label };
  }
}
