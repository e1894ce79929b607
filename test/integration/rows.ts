import * as vscode from "vscode";
import type { ExportTask } from "../../src/model/contract.ts";
import { FileNode, type FileStatus } from "../../src/vscode/tree/nodes/fileNode.ts";
import { TaskNode, type TaskPresence } from "../../src/vscode/tree/nodes/taskNode.ts";
import { AccountNode } from "../../src/vscode/tree/nodes/accountNode.ts";
import { extensionId } from "./support.ts";

/** A downloaded file, as the history has it. */
export const record = {
  accountId: "a1",
  taskId: "12345",
  uri: "file:///exports/users.csv",
  index: 1,
  name: "users.csv",
  bytes: 2048,
  sha256: "ab",
  verified: "length" as const,
  at: "2026-11-25T10:00:00Z",
};

/** The row of an account. */
export const account = new AccountNode(
  { id: "a1", service: "spaaza", label: "Shop", endpoint: "https://x" },
  "Spaaza",
  {
    hasError: false,
    canCreate: true,
  },
);

export const task: ExportTask = {
  id: "12345",
  accountId: "a1",
  description: "Export of users",
  state: "done",
  serviceState: "DONE",
  format: "csv",
};
export const idle: TaskPresence = {
  ongoing: undefined,
  isReadable: false,
  downloaded: 0,
  fileCount: undefined,
  showsFiles: false,
  isWatched: false,
  canWatchKind: true,
  canCreate: true,
  canRun: true,
};
export const remote: FileStatus = { isPaused: false, isReadable: false };
export const taskRow = (presence: Partial<TaskPresence> = {}): TaskNode =>
  new TaskNode(task, account, { ...idle, ...presence });
export const fileRow = (status: Partial<FileStatus> = {}): FileNode =>
  new FileNode(taskRow(), { index: 1, count: 3 }, "users.csv", { ...remote, ...status });

/** Menu entries of a view in the manifest, each with the pattern for the rows that it is offered on. */
export function rowMenu(
  view: "tasks" | "downloads" = "tasks",
): { command: string; group: string; patterns: RegExp[] }[] {
  const manifest = vscode.extensions.getExtension(extensionId)?.packageJSON as {
    contributes: { menus: Record<string, { command: string; when: string; group: string }[]> };
  };
  const ofView = ({ when }: { when: string }): boolean => when.startsWith(`view == taskExports.${view} `);
  return (manifest.contributes.menus["view/item/context"] ?? []).filter(ofView).map(({ command, when, group }) => ({
    command,
    group,
    patterns: [...when.matchAll(/viewItem =~ \/(.*?)\/(?= |$)/g)].map(([, pattern = ""]) => new RegExp(pattern)),
  }));
}
