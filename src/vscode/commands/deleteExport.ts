import { t } from "@vscode/l10n";
import * as vscode from "vscode";
import { isInteractive } from "../commandCall.ts";
import type { CommandDefinition } from "../commandRegistry.ts";
import { askOwnExport, type ExportQuestionParts } from "../prompts/askExport.ts";
import { confirm } from "../prompts/confirm.ts";
import { fileReference } from "./argumentShapes.ts";

/** Deletes a file that this extension downloaded. The service keeps the export, so it can be downloaded again. */
export function deleteExport(parts: ExportQuestionParts): CommandDefinition<"taskExports.deleteExport"> {
  return {
    argument: fileReference,
    async run({ uri: named }, { caller }) {
      const { uri, record } = await askOwnExport(parts, named);
      if (isInteractive(caller)) {
        const detail = t("{0} is deleted from this computer. You can download it again from the service.", uri.fsPath);
        await confirm(t("Delete {0}?", record.name), detail, t("Delete"));
      }
      await deleteIfThere(uri);
      parts.history.remove(record);
      return undefined;
    },
  };
}

async function deleteIfThere(uri: vscode.Uri): Promise<void> {
  try {
    await vscode.workspace.fs.delete(uri);
  } catch (error) {
    // It is gone already, which is what was wanted.
    if (!(error instanceof vscode.FileSystemError) || error.code !== "FileNotFound") throw error;
  }
}
