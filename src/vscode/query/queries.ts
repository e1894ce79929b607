import { t } from "@vscode/l10n";
import * as vscode from "vscode";
import { invalidArgument } from "../../model/accountErrors.ts";
import type { ExportError } from "../../model/exportError.ts";
import { Owner } from "../disposables.ts";
import type { DownloadHistory } from "../downloads/downloadHistory.ts";
import type { TaskOrigins } from "../downloads/taskOrigins.ts";
import type { Log } from "../log.ts";
import { directivesIn } from "./directives.ts";
import { QueryCompletion } from "./queryCompletion.ts";
import { isQuery, openBeside, openNewQuery } from "./queryDocument.ts";
import { QueryHistory } from "./queryHistory.ts";
import { queryLenses } from "./queryLenses.ts";
import { QueryProblems } from "./queryProblems.ts";
import type { QueryableFiles, QueryRunner } from "./queryRunner.ts";
import { type EndedRun, MarkedFailure, QueryRuns } from "./queryRuns.ts";
import { QueryTables } from "./queryTables.ts";
import { RunAnnouncer } from "./runAnnouncer.ts";
import { ResultTabs, type ResultTabsParts } from "./resultTabs.ts";
import type { SessionEntry } from "./sessionMarkdown.ts";
import { type Statement, statementAt } from "./statements.ts";

export interface QueriesParts {
  readonly runner: QueryRunner;
  readonly files: QueryableFiles;
  readonly history: DownloadHistory;
  readonly origins: TaskOrigins;
  readonly stored: vscode.Memento;
  readonly results: ResultTabsParts;
  readonly log: Log;
  /** The lenses of queries are outdated. */
  readonly onLenses: () => void;
}

/** Everything about the queries of a window: their text, what ran, and their results. */
export class Queries extends Owner {
  readonly tables: QueryTables;
  readonly history: QueryHistory;
  readonly completion: QueryCompletion;
  readonly problems = this.own(new QueryProblems());
  readonly #runner: QueryRunner;
  readonly #runs: QueryRuns;

  constructor({ runner, files, stored, results: resultParts, log, onLenses, ...downloads }: QueriesParts) {
    super();
    this.#runner = runner;
    this.tables = new QueryTables(downloads);
    this.history = new QueryHistory(stored);
    this.completion = new QueryCompletion({ runner, files, tables: this.tables, log });
    const results = this.own(new ResultTabs(resultParts));
    const announcer = this.own(new RunAnnouncer());
    const onEnd = (run: EndedRun): void => announcer.say(run);
    const { tables, history, problems } = this;
    this.#runs = this.own(new QueryRuns({ runner, files, tables, problems, results, history, onEnd }));
    this.own(this.#runs.onDidChange(onLenses));
    this.own(
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        this.#runs.forget(uri);
        results.forget(uri);
      }),
    );
  }

  /** Opens a new query of a file. @throws ExportError `engineMissing` */
  async open(path: string, sql: string | undefined): Promise<vscode.TextEditor> {
    if (this.#runner.missing !== undefined) throw this.#runner.missing;
    this.tables.allow(path);
    return openNewQuery(path, sql);
  }

  /** @returns the failure, if it is marked in the text and nothing else shows it */
  async run(document: vscode.TextDocument, statement: Statement): Promise<ExportError | undefined> {
    const outcome = await this.#runs.run(document, statement);
    return outcome instanceof MarkedFailure ? outcome.error : undefined;
  }

  /** Opens the plan of a statement beside the query. @returns as `run` */
  async explain(document: vscode.TextDocument, statement: Statement): Promise<ExportError | undefined> {
    const plan = await this.#runs.explain(document, statement);
    if (plan instanceof MarkedFailure) return plan.error;
    await openBeside("plaintext", plan);
    return undefined;
  }

  /** The statements that ran in a query. */
  session(document: vscode.TextDocument): readonly SessionEntry[] {
    return this.#runs.session(document.uri);
  }

  lenses(document: vscode.TextDocument): vscode.CodeLens[] {
    return queryLenses(document, this.#runs.last(document.uri));
  }

  kindOf(document: vscode.TextDocument): string {
    return this.tables.kindOf(directivesIn(document.getText()));
  }
}

/** The query in the active editor, or the one with a URI. @throws ExportError `invalidRequest` if there is none */
export function queryEditor(uri: vscode.Uri | undefined): vscode.TextEditor {
  const active = vscode.window.activeTextEditor;
  const editors = [...(active === undefined ? [] : [active]), ...vscode.window.visibleTextEditors];
  const found = uri === undefined ? active : editors.find(({ document }) => document.uri.toString() === uri.toString());
  if (found !== undefined && isQuery(found.document)) return found;
  throw invalidArgument(t("The active editor is not a query of an export. Run “Query Export (SQL)” first."));
}

/**
 * The statement to run: the selected text, or the statement at the cursor.
 *
 * @param offset where the statement is, if it isn't the one at the cursor
 * @throws ExportError `invalidRequest` if there is none
 */
export function statementToRun({ document, selection }: vscode.TextEditor, offset: number | undefined): Statement {
  const text = document.getText();
  const statement =
    offset === undefined && !selection.isEmpty
      ? selectedStatement(text, document.offsetAt(selection.start), document.offsetAt(selection.end))
      : statementAt(text, offset ?? document.offsetAt(selection.active));
  if (statement === undefined) throw invalidArgument(t("There is no statement to run here. Write one first."));
  return statement;
}

/** Exactly what is selected, without a semicolon at the end. */
function selectedStatement(text: string, from: number, to: number): Statement | undefined {
  const selected = text.slice(from, to);
  const trimmed = selected.trim().replace(/[\s;]+$/, "");
  const start = from + selected.indexOf(trimmed);
  return trimmed === "" ? undefined : { start, end: start + trimmed.length, text: trimmed };
}
