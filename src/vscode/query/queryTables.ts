import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { t } from "@vscode/l10n";
import * as vscode from "vscode";
import { ExportError } from "../../model/exportError.ts";
import { kindText } from "../../model/taskKind.ts";
import type { TaskKey } from "../../model/taskKey.ts";
import type { DownloadHistory } from "../downloads/downloadHistory.ts";
import type { TaskOrigins } from "../downloads/taskOrigins.ts";
import { openTabUris } from "../opening/openTabs.ts";
import { partsAddressIn, taskOfParts } from "../parts/partsUri.ts";
import { type Directives, type DirectiveValue, exportName, type TextRange } from "./directives.ts";
import { fileNamed, type KnownFile, knownFile, nameOf } from "./knownFiles.ts";

/** A table of a query and the file that it is. */
export interface QueryTable {
  readonly name: string;
  /** Or the URI of all parts of a task. */
  readonly path: string;
}

/** A comment of a query names a file that can't be used, and where. */
export class DirectiveError extends ExportError {
  readonly range: TextRange;

  constructor(message: string, range: TextRange) {
    super("invalidRequest", message);
    this.range = range;
  }
}

export interface QueryTablesParts {
  readonly history: Pick<DownloadHistory, "all" | "ofTask">;
  readonly origins: Pick<TaskOrigins, "reader">;
}

/**
 * Knows which files queries read. A query is text that can come from anywhere, so it doesn't read any file that it
 * names: only downloaded files, files that are open in a tab, and those that a person or program asked to query.
 */
export class QueryTables {
  readonly #parts: QueryTablesParts;
  readonly #allowed = new Set<string>();

  constructor(parts: QueryTablesParts) {
    this.#parts = parts;
  }

  /** Lets queries read a file until the window is closed. */
  allow(path: string): void {
    this.#allowed.add(path);
  }

  /** The downloaded files that exist, the newest first. */
  known(): KnownFile[] {
    const originOf = this.#parts.origins.reader();
    return this.#parts.history.all().flatMap((record) => {
      const path = fileURLToPath(record.uri);
      return existsSync(path) ? [knownFile(record, path, originOf(record))] : [];
    });
  }

  /** The tables of a query, `export` first. @throws DirectiveError at the first comment that is wrong */
  tables(directives: Directives): [QueryTable, ...QueryTable[]] {
    const [problem] = directives.problems;
    if (problem !== undefined) throw new DirectiveError(problem.message, problem);
    if (directives.export === undefined) throw noExport();
    const known = this.known();
    const own = { name: exportName, path: this.#pathOf(directives.export, known) };
    return [own, ...directives.tables.map(({ name, reference }) => ({ name, path: this.#pathOf(reference, known) }))];
  }

  /** Like `tables`, without those that are wrong. */
  usableTables(directives: Directives): QueryTable[] {
    const known = this.known();
    const named = [
      ...(directives.export === undefined ? [] : [{ name: exportName, reference: directives.export }]),
      ...directives.tables,
    ];
    return named.flatMap(({ name, reference }) => {
      const path = fileNamed(reference.text, known);
      return path !== undefined && this.#isAllowed(path, known) ? [{ name, path }] : [];
    });
  }

  /** A key of the kind of a query's export, for the history and saved queries. */
  kindOf({ export: own }: Directives): string {
    const known = this.known();
    const path = fileNamed(own?.text ?? "", known) ?? "";
    const kind = known.find((file) => file.path === path)?.kind;
    return kind === undefined ? JSON.stringify(["file", nameOf(path)]) : kindText(kind);
  }

  #pathOf(reference: DirectiveValue, known: readonly KnownFile[]): string {
    const path = fileNamed(reference.text, known);
    if (path === undefined) throw new DirectiveError(t("No downloaded file is called {0}.", reference.text), reference);
    if (this.#isAllowed(path, known)) return path;
    throw new DirectiveError(
      t("{0} is neither downloaded nor open. Queries read only files that are: open it as a table first.", path),
      reference,
    );
  }

  #isAllowed(path: string, known: readonly KnownFile[]): boolean {
    const address = partsAddressIn(path);
    if (address !== undefined) return this.#isDownloaded(taskOfParts(address));
    return (
      this.#allowed.has(path) ||
      known.some((file) => file.path === path) ||
      openTabUris().some(({ scheme, fsPath }) => scheme === "file" && fsPath === path)
    );
  }

  /** All parts of a task are downloaded files and nothing else. */
  #isDownloaded(task: TaskKey | undefined): boolean {
    return task !== undefined && this.#parts.history.ofTask(task.accountId, task.taskId).length > 0;
  }
}

function noExport(): ExportError {
  return new ExportError(
    "invalidRequest",
    t("The query doesn't say which file it is about. Begin it with a line like {0}.", "-- export: /path/orders.csv"),
  );
}

/** A range of offsets as a range of lines and characters. */
export function offsetRange(document: vscode.TextDocument, { start, end }: TextRange): vscode.Range {
  return new vscode.Range(document.positionAt(start), document.positionAt(end));
}
