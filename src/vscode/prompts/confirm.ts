import * as vscode from "vscode";
import { cancelled } from "../../model/exportError.ts";

/** Asks before something that can't be undone. @throws ExportError `cancelled` if the answer is no */
export async function confirm(question: string, detail: string, doIt: string): Promise<void> {
  const answer = await vscode.window.showWarningMessage(question, { modal: true, detail }, doIt);
  if (answer !== doIt) throw cancelled();
}
