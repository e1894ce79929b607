import * as vscode from "vscode";
import { defined } from "../../model/defined.ts";
import type { TableAction } from "../../webview/table/messages.ts";
import type { CommandId } from "../ids.ts";
import { callByPerson } from "../commandCall.ts";
import type { TableDocument } from "./document.ts";

/** What the buttons of a table do. Except for reading the file again, they run existing commands. */
const commands: Readonly<Record<Exclude<TableAction, "reload" | "showAnyway">, CommandId>> = {
  openAsText: "taskExports.openExport",
  openFormatted: "taskExports.formatExport",
  unpack: "taskExports.unpackExport",
  reveal: "taskExports.revealExport",
  resumeDownload: "taskExports.resumeDownload",
  downloadAgain: "taskExports.downloadTaskExport",
  showLog: "taskExports.showLog",
  saveAs: "taskExports.saveExportAs",
  delete: "taskExports.deleteExport",
};

/** Carries out what a person pressed in a table. Failures are shown by the command that fails. */
export async function carryOut(action: TableAction, document: TableDocument): Promise<void> {
  if (action === "reload") {
    await document.reload();
    return;
  }
  if (action === "showAnyway") {
    await document.showAnyway();
    return;
  }
  // Not awaited: a download that is resumed lasts longer than anybody waits for a button.
  void vscode.commands.executeCommand(commands[action], callByPerson(argumentOf(action, document)));
}

function argumentOf(action: TableAction, document: TableDocument): object {
  if (action === "showLog") return {};
  if (action === "resumeDownload") {
    const { accountId, taskId } = document.growing ?? {};
    return { accountId, taskId };
  }
  if (action === "downloadAgain") {
    const { accountId, taskId, file } = document.taskFile ?? {};
    return { ...defined({ accountId, taskId }), ...(file === undefined ? {} : { files: [file] }) };
  }
  const uri = vscode.Uri.file(document.path);
  return action === "openAsText" ? { uri, as: "text" } : { uri };
}
