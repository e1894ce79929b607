import { basename, extname } from "node:path";
import { t } from "@vscode/l10n";
import * as vscode from "vscode";
import { writeText } from "../../disk/writeText.ts";
import { isCancelled } from "../../model/exportError.ts";
import { withSignal } from "../cancellation.ts";
import { offerSavedFile } from "../opening/savedFile.ts";
import { showWarning, withProgress } from "../surfaces/surfaces.ts";
import type { SavedSelection } from "./tablePanel.ts";

/**
 * Asks for a file and writes a selection into it. The extension of the file's name decides the format. The dialog asks
 * before it replaces a file.
 *
 * @param beside the table's file
 * @returns the path, or undefined if the user chose none
 */
export async function saveSelection(
  { fileName, rows, text }: SavedSelection,
  beside: vscode.Uri | undefined,
): Promise<string | undefined> {
  const name = t("{0} (selection).csv", basename(fileName, extname(fileName)));
  const folder = startFolder(beside);
  const target = await vscode.window.showSaveDialog({
    title: t("Save Selection As"),
    ...(folder === undefined ? {} : { defaultUri: vscode.Uri.joinPath(folder, name) }),
    filters: {
      CSV: ["csv"],
      TSV: ["tsv"],
      JSON: ["json"],
      [t("JSON Lines")]: ["jsonl", "ndjson"],
      Markdown: ["md"],
    },
  });
  if (target === undefined) return undefined;
  await withProgress({ title: t("Saving {0}", basename(target.fsPath)) }, (report, token) =>
    withSignal({ token }, async (signal) => {
      let shown = 0;
      const onRows = (written: number): void => {
        report({ increment: (100 * (written - shown)) / Math.max(rows, 1) });
        shown = written;
      };
      try {
        await writeText(text(target.path, { signal, onRows }), target.fsPath, signal);
      } catch (error) {
        // The page that waits for the answer was closed with its tab.
        if (isCancelled(error) && !signal.aborted) void showWarning(notSaved(target.fsPath));
        throw error;
      }
    }),
  );
  void offerSavedFile(target);
  return target.fsPath;
}

/** The file's own folder if the file is part of the workspace. An export is stored where nobody would look for a copy. */
export function startFolder(file: vscode.Uri | undefined): vscode.Uri | undefined {
  const own = file === undefined ? undefined : vscode.Uri.joinPath(file, "..");
  const isInWorkspace = file !== undefined && vscode.workspace.getWorkspaceFolder(file) !== undefined;
  return isInWorkspace ? own : (vscode.workspace.workspaceFolders?.[0]?.uri ?? own);
}

function notSaved(path: string): string {
  return t("{0} was not saved because the table was closed.", path);
}
