import { extname } from "node:path";
import { t } from "@vscode/l10n";
import * as vscode from "vscode";
import { callByPerson } from "../commandCall.ts";
import { showInformation } from "../surfaces/surfaces.ts";
import { revealFile } from "./revealFile.ts";

/** Says that a file was saved, and offers to open and to reveal it. */
export async function offerSavedFile(file: vscode.Uri): Promise<void> {
  const [open, reveal] = [t("Open"), t("Reveal")];
  const pressed = await showInformation(t("{0} saved.", file.fsPath), open, reveal);
  if (pressed === open) await openSaved(file);
  if (pressed === reveal) await revealFile(file);
}

/** Says that several files were saved in a folder, and offers to reveal it. */
export async function offerSavedFolder(folder: vscode.Uri, files: number): Promise<void> {
  const reveal = t("Reveal");
  const pressed = await showInformation(t("{0} files saved in {1}.", files, folder.fsPath), reveal);
  if (pressed === reveal) await revealFile(folder);
}

/** Like an export, except for the one format that can't be shown as a table. */
async function openSaved(file: vscode.Uri): Promise<void> {
  const isText = extname(file.fsPath).toLowerCase() === ".md";
  if (isText) await vscode.commands.executeCommand("vscode.open", file);
  else await vscode.commands.executeCommand("taskExports.openExport", callByPerson({ uri: file }));
}
