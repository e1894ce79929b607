import { t } from "@vscode/l10n";
import * as vscode from "vscode";
import type { CommandDefinition } from "../commandRegistry.ts";
import { askExport, type ExportQuestionParts } from "../prompts/askExport.ts";
import { showInformation } from "../surfaces/surfaces.ts";
import { fileReference } from "./argumentShapes.ts";

/** Shows an export in the system's file manager or VS Code's Explorer, or copies its path if neither can show it. */
export function revealExport(parts: ExportQuestionParts): CommandDefinition<"taskExports.revealExport"> {
  return {
    argument: fileReference,
    async run({ uri }) {
      const file = await askExport(parts, uri);
      const hasFileManager = vscode.env.uiKind === vscode.UIKind.Desktop && vscode.env.remoteName === undefined;
      if (hasFileManager) await vscode.commands.executeCommand("revealFileInOS", file);
      else if (vscode.workspace.getWorkspaceFolder(file) !== undefined)
        await vscode.commands.executeCommand("revealInExplorer", file);
      else await showPath(file);
      return undefined;
    },
  };
}

async function showPath({ fsPath }: vscode.Uri): Promise<void> {
  await vscode.env.clipboard.writeText(fsPath);
  void showInformation(t("Path copied: {0}", fsPath));
}
