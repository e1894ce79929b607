import { t } from "@vscode/l10n";
import * as vscode from "vscode";
import { isInteractive } from "../commandCall.ts";
import type { CommandDefinition } from "../commandRegistry.ts";
import { askOwnExport } from "../prompts/askExport.ts";
import { confirm } from "../prompts/confirm.ts";
import { fileReference } from "./argumentShapes.ts";
import type { CommandParts } from "./commandParts.ts";

/** Deletes a file that this extension downloaded. The task keeps its export, so it can be downloaded again. */
export function deleteExport({
  history,
}: Pick<CommandParts, "history">): CommandDefinition<"taskExports.deleteExport"> {
  return {
    argument: fileReference,
    async run({ uri: named }, { caller }) {
      const { uri, record } = await askOwnExport(history, named);
      if (isInteractive(caller)) {
        const detail = t("{0} is deleted from this machine. The service keeps the task.", uri.fsPath);
        await confirm(t("Delete {0}?", record.name), detail, t("Delete"));
      }
      await deleteIfThere(uri);
      await history.remove(record);
      return undefined;
    },
  };
}

async function deleteIfThere(uri: vscode.Uri): Promise<void> {
  try {
    await vscode.workspace.fs.delete(uri);
  } catch (error) {
    // Gone already is what was wanted.
    if (!(error instanceof vscode.FileSystemError) || error.code !== "FileNotFound") throw error;
  }
}
