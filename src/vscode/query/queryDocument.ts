import { t } from "@vscode/l10n";
import * as vscode from "vscode";
import { exportDirective, namesExport } from "./directives.ts";

/** VS Code's ID of the language. */
export const sqlLanguage = "sql";

const firstStatement = "SELECT *\nFROM export\nLIMIT 100;\n";
/** As many lines as can name the export. */
const beginningLines = 20;

/** Whether a document is a query: SQL that says which export it is about, saved or not. */
export function isQuery(document: vscode.TextDocument): boolean {
  if (document.languageId !== sqlLanguage) return false;
  const count = Math.min(document.lineCount, beginningLines);
  return namesExport(Array.from({ length: count }, (_, line) => document.lineAt(line).text));
}

/** Opens an editor with a new query of an export. */
export async function openNewQuery(path: string, sql: string | undefined): Promise<vscode.TextEditor> {
  const statement = sql === undefined ? firstStatement : `${sql}\n`;
  const content = `${introduction(path)}\n\n${statement}`;
  const document = await vscode.workspace.openTextDocument({ language: sqlLanguage, content });
  const editor = await vscode.window.showTextDocument(document, { preview: false });
  // A new document can get the name of one that was closed a moment ago, and VS Code then shows the old text.
  if (document.getText() !== content) {
    const all = new vscode.Range(new vscode.Position(0, 0), document.lineAt(document.lineCount - 1).range.end);
    await editor.edit((edit) => edit.replace(all, content));
  }
  // The cursor is in the statement, so that it can be run at once.
  const end = document.positionAt(content.trimEnd().length);
  editor.selection = new vscode.Selection(end, end);
  return editor;
}

function introduction(path: string): string {
  return [
    exportDirective(path),
    `-- ${t('This file is the table "export". "export_text" has the same columns as text.')}`,
    `-- ${t("Ctrl+Enter (Mac: Cmd+Enter) runs the statement at the cursor.")}`,
    `-- ${t("The command “Add Table to Query” adds other files.")}`,
  ].join("\n");
}

/** Opens a document beside the active editor. */
export async function openBeside(language: string, content: string): Promise<void> {
  const document = await vscode.workspace.openTextDocument({ language, content });
  await vscode.window.showTextDocument(document, {
    viewColumn: vscode.ViewColumn.Beside,
    preserveFocus: true,
    preview: true,
  });
}
