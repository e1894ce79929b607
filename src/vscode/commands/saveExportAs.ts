import { t } from "@vscode/l10n";
import * as vscode from "vscode";
import { copyFile } from "../../disk/copyFile.ts";
import { cancelled } from "../../model/exportError.ts";
import { withSignal } from "../cancellation.ts";
import { isInteractive } from "../commandCall.ts";
import type { CommandDefinition } from "../commandRegistry.ts";
import { askExport, type ExportQuestionParts } from "../prompts/askExport.ts";
import { showInformation, withProgress } from "../surfaces/surfaces.ts";
import { toUri } from "../uris.ts";
import { saveReference } from "./argumentShapes.ts";

/** Copies an export to where the person wants it. The copy gets its name only once it is complete. */
export function saveExportAs(parts: ExportQuestionParts): CommandDefinition<"taskExports.saveExportAs"> {
  return {
    argument: saveReference,
    async run({ uri, target }, { caller }) {
      const source = await askExport(parts, uri);
      const wanted = target === undefined ? await askTarget(source) : toUri(target);
      await withProgress({ title: t("Saving {0}", wanted.fsPath) }, (_report, token) =>
        withSignal({ token }, (signal) => copyFile(source.fsPath, wanted.fsPath, signal)),
      );
      if (isInteractive(caller)) void tellSaved(wanted);
      return undefined;
    },
  };
}

async function tellSaved(file: vscode.Uri): Promise<void> {
  const open = t("Open");
  const chosen = await showInformation(t("{0} saved.", file.fsPath), open);
  if (chosen === open) await vscode.commands.executeCommand("vscode.open", file);
}

async function askTarget(source: vscode.Uri): Promise<vscode.Uri> {
  const name = source.path.slice(source.path.lastIndexOf("/") + 1);
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  const start = folder === undefined ? source : vscode.Uri.joinPath(folder.uri, name);
  const target = await vscode.window.showSaveDialog({ defaultUri: start, title: t("Save Export As") });
  if (target === undefined) throw cancelled();
  return target;
}
