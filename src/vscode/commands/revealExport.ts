import { t } from "@vscode/l10n";
import * as vscode from "vscode";
import type { CommandDefinition } from "../commandRegistry.ts";
import { askExport } from "../prompts/askExport.ts";
import { fileReference } from "./argumentShapes.ts";
import type { CommandParts } from "./commandParts.ts";

/** Shows an export where it lies: in the system's file manager, or its path where there is none to show it in. */
export function revealExport({
  history,
}: Pick<CommandParts, "history">): CommandDefinition<"taskExports.revealExport"> {
  return {
    argument: fileReference,
    async run({ uri }) {
      const file = await askExport(history, uri);
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
  void vscode.window.showInformationMessage(t("The export lies at {0}. The path was copied.", fsPath));
}
