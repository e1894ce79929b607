import { t } from "@vscode/l10n";
import type * as vscode from "vscode";
import { ExportError, isCancelled } from "../../model/exportError.ts";
import type { QueryResult } from "../../model/queryContract.ts";
import { directivesIn } from "./directives.ts";
import { Emitter } from "../emitter.ts";
import { readSetting } from "../settings.ts";
import { problemOf } from "./queryProblem.ts";
import type { QueryProblems } from "./queryProblems.ts";
import type { QueryHistory } from "./queryHistory.ts";
import type { QueryableFile, QueryableFiles, QueryRunner } from "./queryRunner.ts";
import { DirectiveError, type QueryTable, type QueryTables } from "./queryTables.ts";
import type { ResultTabs } from "./resultTabs.ts";
import { withLateProgress } from "./runningQuery.ts";
import { type SessionEntry, sessionEntry } from "./sessionMarkdown.ts";
import type { Statement } from "./statements.ts";

export interface QueryRunsParts {
  readonly runner: QueryRunner;
  readonly files: QueryableFiles;
  readonly tables: QueryTables;
  readonly problems: QueryProblems;
  readonly results: ResultTabs;
  readonly history: QueryHistory;
  /** A run ended, and wasn't canceled. */
  readonly onEnd: (run: EndedRun) => void;
}

/** A failure that is shown in the text of the query, so that nothing else needs to show it. */
export class MarkedFailure {
  readonly error: ExportError;

  constructor(error: ExportError) {
    this.error = error;
  }
}

/** What happened to a statement that ran last in a document. */
export type LastRun =
  | { readonly sql: string; readonly kind: "running" }
  | { readonly sql: string; readonly kind: "done"; readonly entry: SessionEntry }
  | { readonly sql: string; readonly kind: "failed"; readonly message: string };

export type EndedRun = Exclude<LastRun, { readonly kind: "running" }>;

/** What the engine is asked, and how the statement is found in it. */
interface Request {
  /** Put before the statement. */
  readonly prefix: string;
  readonly title: string;
  readonly maxRows: number;
}

const explain = "EXPLAIN ";

/** Runs statements of queries, one at a time in each document, and remembers what ran. */
export class QueryRuns {
  readonly #parts: QueryRunsParts;
  readonly #running = new Map<string, AbortController>();
  readonly #sessions = new Map<string, SessionEntry[]>();
  readonly #last = new Map<string, LastRun>();
  readonly #changed = new Emitter<undefined>();
  /** What ran last changed in some document. */
  readonly onDidChange = this.#changed.event;

  constructor(parts: QueryRunsParts) {
    this.#parts = parts;
  }

  /** Runs a statement and shows its result. Answers undefined if it failed and the failure is marked in the text. */
  async run(document: vscode.TextDocument, statement: Statement): Promise<SessionEntry | MarkedFailure> {
    const key = document.uri.toString();
    const maxRows = readSetting("query.maxRows");
    const request = { prefix: "", title: t("Running the query"), maxRows };
    this.#tell(key, { kind: "running", sql: statement.text });
    const entry = await this.#ask(document, statement, request, async (result, table, signal) => {
      const done = sessionEntry(statement.text, result);
      await this.#parts.results.show(document.uri, table.path, result, signal);
      return done;
    }).catch((error: unknown) => {
      const message = error instanceof ExportError ? error.message : "";
      this.#tell(key, isCancelled(error) ? undefined : { kind: "failed", sql: statement.text, message });
      throw error;
    });
    if (entry instanceof MarkedFailure) {
      this.#tell(key, { kind: "failed", sql: statement.text, message: entry.error.message });
      return entry;
    }
    this.#sessions.set(key, [...this.session(document.uri), entry]);
    const kind = this.#parts.tables.kindOf(directivesIn(document.getText()));
    this.#parts.history.add({ kind, sql: statement.text, at: entry.at, rows: entry.rows });
    this.#tell(key, { kind: "done", sql: statement.text, entry });
    return entry;
  }

  /** The engine's plan for a statement, as text. */
  explain(document: vscode.TextDocument, statement: Statement): Promise<string | MarkedFailure> {
    const request = { prefix: explain, title: t("Explaining the query"), maxRows: 1000 };
    return this.#ask(document, statement, request, ({ rows }) =>
      Promise.resolve(rows.map((row) => String(row.at(-1) ?? "")).join("\n\n")),
    );
  }

  /** The statements that ran in a document, in order. */
  session(uri: vscode.Uri): readonly SessionEntry[] {
    return this.#sessions.get(uri.toString()) ?? [];
  }

  last(uri: vscode.Uri): LastRun | undefined {
    return this.#last.get(uri.toString());
  }

  forget(uri: vscode.Uri): void {
    const key = uri.toString();
    this.#running.get(key)?.abort();
    this.#sessions.delete(key);
    this.#last.delete(key);
  }

  dispose(): void {
    for (const controller of this.#running.values()) controller.abort();
  }

  async #ask<Answer>(
    document: vscode.TextDocument,
    statement: Statement,
    request: Request,
    use: (result: QueryResult, table: QueryTable, signal: AbortSignal) => Promise<Answer>,
  ): Promise<Answer | MarkedFailure> {
    const { problems, runner, tables } = this.#parts;
    const { version } = document;
    if (runner.missing !== undefined) throw runner.missing;
    problems.clear(document.uri);
    const controller = this.#begin(document.uri);
    try {
      const [own, ...others] = tables.tables(directivesIn(document.getText()));
      const used = [own, ...others.filter(({ name }) => mentions(statement.text, name))];
      return await withLateProgress(request.title, controller.signal, async (signal, report) => {
        const result = await this.#query(statement, used, request, signal, report);
        return use(result, own, signal);
      });
    } catch (error) {
      if (document.version !== version) throw error;
      return this.#marked(document, statement, request, error);
    } finally {
      if (this.#running.get(document.uri.toString()) === controller) this.#running.delete(document.uri.toString());
    }
  }

  /** A statement that still runs in the document is canceled. */
  #begin(uri: vscode.Uri): AbortController {
    const controller = new AbortController();
    this.#running.get(uri.toString())?.abort();
    this.#running.set(uri.toString(), controller);
    return controller;
  }

  async #query(
    statement: Statement,
    tables: readonly QueryTable[],
    { prefix, maxRows }: Request,
    signal: AbortSignal,
    onProgress: (done: number) => void,
  ): Promise<QueryResult> {
    const opened: QueryableFile[] = [];
    try {
      const exports = [];
      for (const { name, path } of tables) {
        const file = this.#parts.files.open(path);
        opened.push(file);
        exports.push({ name, source: await file.source(signal) });
      }
      return await this.#parts.runner.query({ sql: prefix + statement.text, exports, maxRows }, { signal, onProgress });
    } finally {
      for (const file of opened) file.dispose();
    }
  }

  #marked(document: vscode.TextDocument, statement: Statement, { prefix }: Request, error: unknown): MarkedFailure {
    if (error instanceof DirectiveError) {
      this.#parts.problems.show(document, { ...error.range, message: error.message, replacements: [] });
      return new MarkedFailure(error);
    }
    if (!(error instanceof ExportError) || (error.code !== "badQuery" && error.code !== "queryRefused")) throw error;
    this.#parts.problems.show(document, problemOf(error, statement, prefix.length));
    return new MarkedFailure(error);
  }

  #tell(key: string, last: LastRun | undefined): void {
    if (last === undefined) this.#last.delete(key);
    else this.#last.set(key, last);
    this.#changed.fire(undefined);
    if (last !== undefined && last.kind !== "running") this.#parts.onEnd(last);
  }
}

/** Whether a statement can use a table. If it doesn't name it, the table's file needn't be read. */
function mentions(sql: string, name: string): boolean {
  return sql.toLowerCase().includes(name.toLowerCase());
}
