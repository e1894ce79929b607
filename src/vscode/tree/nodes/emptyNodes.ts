import { t } from "@vscode/l10n";
import type { AccountNode } from "./accountNode.ts";
import { MendingNode, NoteNode } from "./messageNodes.ts";
import type { TreeNode } from "./treeNode.ts";

/** The rows of an account without export tasks: that there are none, and how to get some. */
export function noTasksNodes(parent: AccountNode, canCreate: boolean): TreeNode[] {
  const argument = { accountId: parent.accountId };
  const create = { label: t("Create Export Task…"), command: "taskExports.createExport", icon: "add" } as const;
  const refresh = { label: t("Refresh"), command: "taskExports.refresh", icon: "refresh" } as const;
  return [
    new NoteNode(parent, t("No export tasks yet")),
    ...(canCreate ? [new MendingNode(parent, { ...create, argument })] : []),
    new MendingNode(parent, { ...refresh, argument }),
  ];
}

/** The rows of an account none of whose loaded tasks pass the filter. */
export function noMatchesNodes(parent: AccountNode, loaded: number): TreeNode[] {
  const clear = { label: t("Clear Filter"), command: "taskExports.clearFilter", icon: "filter-filled" } as const;
  return [new NoteNode(parent, t("No matches in {0} loaded tasks", loaded)), new MendingNode(parent, clear)];
}
