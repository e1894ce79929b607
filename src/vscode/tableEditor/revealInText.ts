import { stat } from "node:fs/promises";
import { t } from "@vscode/l10n";
import * as vscode from "vscode";
import { ExportError } from "../../model/exportError.ts";
import { bytesInWords } from "../wording.ts";

/** VS Code keeps the whole text of a file that it edits in a process of 4 GiB, and more than one copy while it loads. */
const longestText = 1024 ** 3;

/**
 * Opens a file in VS Code's text editor with the cursor on a line. By the open command, since extensions can only open
 * text documents of up to 50 MB, and the editor larger ones.
 *
 * @throws ExportError `invalidRequest` for a file that the text editor can't take, `cancelled`
 */
export async function revealLine(path: string, lineOf: () => Promise<number>): Promise<void> {
  const { size } = await stat(path);
  if (size > longestText) throw tooLarge(size);
  const line = await lineOf();
  const selection = new vscode.Range(line, 0, line, 0);
  const options = { selection, preview: false, viewColumn: vscode.ViewColumn.Active };
  await vscode.commands.executeCommand("vscode.openWith", vscode.Uri.file(path), "default", options);
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
