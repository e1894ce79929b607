import { stat } from "node:fs/promises";
import { t } from "@vscode/l10n";
import * as vscode from "vscode";
import { ExportError } from "../../model/exportError.ts";
import { bytesInWords } from "../wording.ts";
import type { TableDocument } from "./document.ts";

/** VS Code keeps the whole text of a file that it edits in a process of 4 GiB, and more than once while it loads. */
const longestText = 1024 ** 3;

/**
 * Opens the file in VS Code's text editor with the cursor on the line where a row begins. By the open command: a text
 * document that extensions can handle ends at 50 MB, the editor does not.
 *
 * @throws ExportError `invalidRequest` for a file that the text editor can't take, `cancelled`
 */
export async function revealInText(document: TableDocument, row: number, signal: AbortSignal): Promise<void> {
  const { size } = await stat(document.path);
  if (size > longestText) throw tooLarge(size);
  const line = await document.reader.lineOf(row, signal);
  const selection = new vscode.Range(line, 0, line, 0);
  const options = { selection, preview: false, viewColumn: vscode.ViewColumn.Active };
  await vscode.commands.executeCommand("vscode.openWith", vscode.Uri.file(document.path), "default", options);
}

function tooLarge(size: number): ExportError {
  return new ExportError(
    "invalidRequest",
    t(
      "VS Code's text editor can't take a file of {0}. The row's values are in the detail pane, and can be copied.",
      bytesInWords(size),
    ),
  );
}
