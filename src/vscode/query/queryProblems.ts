import { t } from "@vscode/l10n";
import * as vscode from "vscode";
import { Owner } from "../disposables.ts";
import { plainLine } from "../surfaces/plainText.ts";
import type { QueryProblem } from "./queryProblem.ts";
import { offsetRange } from "./queryTables.ts";

/** A mark in a document, and what can be written instead of the marked text. */
interface Mark {
  readonly diagnostic: vscode.Diagnostic;
  readonly replacements: readonly string[];
}

/** What is wrong in queries, as marks in their text. They disappear with the next change. */
export class QueryProblems extends Owner {
  readonly #collection = this.own(vscode.languages.createDiagnosticCollection("taskExports.query"));
  readonly #marks = new Map<string, Mark>();

  constructor() {
    super();
    this.own(
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0) this.clear(document.uri);
      }),
    );
    this.own(vscode.workspace.onDidCloseTextDocument(({ uri }) => this.clear(uri)));
  }

  show(document: vscode.TextDocument, problem: QueryProblem): void {
    const range = offsetRange(document, problem);
    const diagnostic = new vscode.Diagnostic(range, plainLine(problem.message), vscode.DiagnosticSeverity.Error);
    diagnostic.source = "Task Exports";
    this.#marks.set(document.uri.toString(), { diagnostic, replacements: problem.replacements });
    this.#collection.set(document.uri, [diagnostic]);
  }

  clear(uri: vscode.Uri): void {
    if (this.#marks.delete(uri.toString())) this.#collection.delete(uri);
  }

  /** Offers what was probably meant instead of the marked word. */
  fixes(document: vscode.TextDocument, range: vscode.Range): vscode.CodeAction[] {
    const mark = this.#marks.get(document.uri.toString());
    if (mark?.diagnostic.range.intersection(range) === undefined) return [];
    return mark.replacements.map((replacement, index) => {
      const fix = new vscode.CodeAction(t("Change to {0}", plainLine(replacement)), vscode.CodeActionKind.QuickFix);
      fix.edit = new vscode.WorkspaceEdit();
      fix.edit.replace(document.uri, mark.diagnostic.range, replacement);
      fix.diagnostics = [mark.diagnostic];
      fix.isPreferred = index === 0;
      return fix;
    });
  }
}
