import { t } from "@vscode/l10n";
import * as vscode from "vscode";
import { showInformation } from "../surfaces/surfaces.ts";

/** Shows a file in the system's file manager or VS Code's Explorer, or copies its path if neither can show it. */
export async function revealFile(file: vscode.Uri): Promise<void> {
  const hasFileManager = vscode.env.uiKind === vscode.UIKind.Desktop && vscode.env.remoteName === undefined;
  if (hasFileManager) await vscode.commands.executeCommand("revealFileInOS", file);
  else if (vscode.workspace.getWorkspaceFolder(file) !== undefined)
    await vscode.commands.executeCommand("revealInExplorer", file);
  else await copyPath(file);
}

async function copyPath({ fsPath }: vscode.Uri): Promise<void> {
  await vscode.env.clipboard.writeText(fsPath);
  void showInformation(t("Path copied: {0}", fsPath));
}
