import { basename, join } from "node:path";
import { t } from "@vscode/l10n";
import * as vscode from "vscode";
import { copyFile } from "../../disk/copyFile.ts";
import { cancelled } from "../../model/exportError.ts";
import { withSignal } from "../cancellation.ts";
import { isInteractive } from "../commandCall.ts";
import type { CommandDefinition } from "../commandRegistry.ts";
import { offerSavedFile, offerSavedFolder } from "../opening/savedFile.ts";
import { askExports, type ExportQuestionParts } from "../prompts/askExport.ts";
import { withProgress } from "../surfaces/surfaces.ts";
import { toUri } from "../uris.ts";
import { saveReference } from "./argumentShapes.ts";

/** Copies an export to where the person wants it. A copy gets its name only once it is complete. */
export function saveExportAs(parts: ExportQuestionParts): CommandDefinition<"taskExports.saveExportAs"> {
  return {
    argument: saveReference,
    async run({ target, ...reference }, { caller }) {
      const [first, ...others] = await askExports(parts, reference);
      const wanted = target === undefined ? undefined : toUri(target);
      const isTold = isInteractive(caller);
      if (others.length === 0) await saveOne(first, wanted, isTold);
      else await saveAll([first, ...others], wanted, isTold);
      return undefined;
    },
  };
}

async function saveOne(source: vscode.Uri, target: vscode.Uri | undefined, isTold: boolean): Promise<void> {
  const wanted = target ?? (await askTarget(source));
  await withProgress({ title: t("Saving {0}", wanted.fsPath) }, (_report, token) =>
    withSignal({ token }, (signal) => copyFile(source.fsPath, wanted.fsPath, "overwrite", signal)),
  );
  if (isTold) void offerSavedFile(wanted);
}

/** The dialog for a folder doesn't ask about existing files, so none is replaced. */
async function saveAll(sources: readonly vscode.Uri[], target: vscode.Uri | undefined, isTold: boolean): Promise<void> {
  const folder = target ?? (await askFolder(sources.length));
  const title = t("Saving {0} files in {1}", sources.length, folder.fsPath);
  await withProgress({ title }, (report, token) =>
    withSignal({ token }, async (signal) => {
      for (const { fsPath } of sources) {
        report({ message: basename(fsPath) });
        await copyFile(fsPath, join(folder.fsPath, basename(fsPath)), "keepBoth", signal);
        report({ increment: 100 / sources.length });
      }
    }),
  );
  if (isTold) void offerSavedFolder(folder, sources.length);
}

async function askTarget(source: vscode.Uri): Promise<vscode.Uri> {
  const folder = startFolder();
  const start = folder === undefined ? source : vscode.Uri.joinPath(folder, basename(source.path));
  const target = await vscode.window.showSaveDialog({ defaultUri: start, title: t("Save Export As") });
  if (target === undefined) throw cancelled();
  return target;
}

async function askFolder(files: number): Promise<vscode.Uri> {
  const start = startFolder();
  const [folder] =
    (await vscode.window.showOpenDialog({
      title: t("Select the folder for {0} files", files),
      openLabel: t("Save"),
      canSelectFiles: false,
      canSelectFolders: true,
      ...(start === undefined ? {} : { defaultUri: start }),
    })) ?? [];
  if (folder === undefined) throw cancelled();
  return folder;
}

function startFolder(): vscode.Uri | undefined {
  return vscode.workspace.workspaceFolders?.[0]?.uri;
}
