import { basename } from "node:path";
import { t } from "@vscode/l10n";
import * as vscode from "vscode";
import { withSignal } from "../cancellation.ts";
import type { Log } from "../log.ts";
import { plainLine } from "../surfaces/plainText.ts";
import { sqlNames } from "../../query/sql/sqlNames.ts";
import type { Column } from "../../table/tableTypes.ts";
import { quoteIfNeeded } from "./columnQuoting.ts";
import { type Directives, directivesIn, endOfDirectives, tableDirective, tableNameFor } from "./directives.ts";
import { nameOf, newestReference } from "./knownFiles.ts";
import { isControlled, pathReference } from "./pathText.ts";
import type { QueryableFiles, QueryRunner } from "./queryRunner.ts";
import type { QueryTable, QueryTables } from "./queryTables.ts";
import { isInCommentOrText, statementAt } from "./statements.ts";

export interface QueryCompletionParts {
  readonly runner: QueryRunner;
  readonly files: QueryableFiles;
  readonly tables: QueryTables;
  readonly log: Pick<Log, "debug">;
}

/** More files or columns than anybody scrolls through. Typing narrows the list. */
const mostFiles = 200;

/** Columns come first, then tables, other files, and what the engine knows. */
const order = { column: "1", table: "2", file: "3", engine: "4" } as const;

const tableLine = /^--[ \t]*table:[ \t]*[^=]*=[ \t]*(.*)$/i;
/** A name that is being typed, in quotes or not. */
const typedName = /(?:"[^"\n]*|[\p{L}_][\p{L}\p{N}_$]*)$/u;

/** Where a name is being typed, and whether it begins with a quote. */
interface TypedName {
  readonly range: vscode.Range;
  readonly isQuoted: boolean;
}

/** Suggests what can be written at a place of a query. */
export class QueryCompletion {
  readonly #parts: QueryCompletionParts;

  constructor(parts: QueryCompletionParts) {
    this.#parts = parts;
  }

  async at(
    document: vscode.TextDocument,
    position: vscode.Position,
    token: vscode.CancellationToken,
  ): Promise<vscode.CompletionItem[]> {
    const text = document.getText();
    const line = document.lineAt(position).text.slice(0, position.character);
    const reference = tableLine.exec(line)?.[1];
    if (reference !== undefined)
      return this.#references(new vscode.Range(position.translate(0, -reference.length), position));
    const offset = document.offsetAt(position);
    if (isInCommentOrText(text, offset)) return [];
    const typed = typedName.exec(line)?.[0] ?? "";
    const range = new vscode.Range(position.translate(0, -typed.length), position);
    const directives = directivesIn(text);
    const tables = this.#parts.tables.usableTables(directives);
    const items = [
      ...(
        await Promise.all(tables.map((table) => this.#columns(table, { range, isQuoted: typed.startsWith('"') })))
      ).flat(),
      ...tables.flatMap((table) => tableItems(table, range)),
      ...this.#otherFiles(document, directives, tables, range),
    ];
    const names = new Set(items.map(textOf));
    const engine = await withSignal({ token }, (signal) => this.#fromEngine(document, text, offset, signal));
    return [...items, ...engine.filter((item) => !names.has(textOf(item)))];
  }

  async #columns({ name, path }: QueryTable, typed: TypedName): Promise<vscode.CompletionItem[]> {
    const file = this.#parts.files.open(path);
    try {
      const columns = await file.columns();
      const names = sqlNames(columns.map((column) => column.name));
      return columns.map(({ type }, index) => columnItem({ name: names[index] ?? "", type }, name, typed, index));
    } catch (error) {
      this.#parts.log.debug(`The columns of a query's table can't be suggested: ${String(error)}`);
      return [];
    } finally {
      file.dispose();
    }
  }

  /** Downloads that the query doesn't name yet. Accepting one also adds the comment that names it. */
  #otherFiles(
    document: vscode.TextDocument,
    directives: Directives,
    tables: readonly QueryTable[],
    range: vscode.Range,
  ): vscode.CompletionItem[] {
    const taken = directives.tables.map(({ name }) => name);
    const used = new Set(tables.map(({ path }) => path));
    const others = this.#parts.tables.known().filter(({ path }) => !used.has(path));
    return others.slice(0, mostFiles).map(({ path }, index) => {
      const fileName = basename(path);
      const name = tableNameFor(fileName, taken);
      const item = new vscode.CompletionItem(plainLine(fileName), vscode.CompletionItemKind.File);
      item.detail = t("adds this download as the table {0}", name);
      item.insertText = name;
      item.filterText = `${name} ${fileName}`;
      item.range = range;
      item.sortText = order.file + String(index).padStart(4, "0");
      item.additionalTextEdits = [tableEdit(document, tableDirective(name, fileReference(path, others)))];
      return item;
    });
  }

  #references(range: vscode.Range): vscode.CompletionItem[] {
    const known = this.#parts.tables.known();
    const newest = new Set(known.map((file) => newestReference(file, known)).filter((text) => text !== undefined));
    const files = known.slice(0, mostFiles).map(({ path }) => fileReference(path, known));
    return [...newest, ...new Set(files)].map((text, index) => {
      const item = new vscode.CompletionItem(plainLine(text), vscode.CompletionItemKind.File);
      item.insertText = text;
      item.range = range;
      item.sortText = String(index).padStart(4, "0");
      return item;
    });
  }

  async #fromEngine(
    document: vscode.TextDocument,
    text: string,
    offset: number,
    signal: AbortSignal,
  ): Promise<vscode.CompletionItem[]> {
    const { runner, log } = this.#parts;
    const statement = statementAt(text, offset);
    if (runner.missing !== undefined || statement === undefined || offset < statement.start) return [];
    try {
      const found = await runner.complete(text.slice(statement.start, offset), offset - statement.start, signal);
      return found.map((suggestion, index) => {
        const item = new vscode.CompletionItem(suggestion.text.trim(), vscode.CompletionItemKind.Keyword);
        const start = document.positionAt(statement.start + suggestion.from);
        item.range = new vscode.Range(start, document.positionAt(offset));
        item.sortText = order.engine + String(index).padStart(4, "0");
        return item;
      });
    } catch (error) {
      log.debug(`The engine can't suggest anything: ${String(error)}`);
      return [];
    }
  }
}

/** What is inserted, to find out what is suggested twice. */
function textOf({ label, insertText }: vscode.CompletionItem): string {
  const text = typeof insertText === "string" ? insertText : typeof label === "string" ? label : label.label;
  return text.toLowerCase();
}

function columnItem(
  { name, type }: Column,
  table: string,
  { range, isQuoted }: TypedName,
  index: number,
): vscode.CompletionItem {
  const item = new vscode.CompletionItem(plainLine(name), vscode.CompletionItemKind.Field);
  item.detail = t("{0} · column of {1}", type, table);
  item.insertText = quoteIfNeeded(name);
  // What was typed is compared with this: with a quote only if there is one.
  item.filterText = isQuoted ? `"${name}"` : name;
  item.range = range;
  item.sortText = order.column + String(index).padStart(4, "0");
  return item;
}

function tableItems({ name, path }: QueryTable, range: vscode.Range): vscode.CompletionItem[] {
  return [name, `${name}_text`].map((table) => {
    const item = new vscode.CompletionItem(table, vscode.CompletionItemKind.Struct);
    item.detail = plainLine(table === name ? nameOf(path) : t("{0}, all columns as text", nameOf(path)));
    item.insertText = quoteIfNeeded(table);
    item.range = range;
    item.sortText = order.table;
    return item;
  });
}

/** A file by its name, or by its path if a newer download has the same name or if its name isn't one line. */
export function fileReference(path: string, known: readonly { readonly path: string }[]): string {
  const name = basename(path);
  const isNewest = known.find((file) => basename(file.path) === name)?.path === path;
  return isNewest && !isControlled(name) && !/^(?:newest\s|file:)/i.test(name) ? name : pathReference(path);
}

/** Adds the line of a table after the others. */
export function tableEdit(document: vscode.TextDocument, line: string): vscode.TextEdit {
  return vscode.TextEdit.insert(document.positionAt(endOfDirectives(document.getText())), `\n${line}`);
}
