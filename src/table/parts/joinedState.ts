import { t } from "@vscode/l10n";
import type { OpenedTable } from "../tableReader.ts";
import type { TableProblem, TableProgress, TableShape } from "../tableTypes.ts";
import { type RowNumber, rowNumber } from "../view/rowIdentity.ts";
import { JoinedColumns } from "./joinedColumns.ts";
import type { Part } from "./part.ts";

/** Where a row of the joined table is: its file and its number there. */
export interface LocatedRow {
  readonly part: number;
  readonly row: RowNumber;
}

/** A file that is not part of the table, with the reason. */
export interface LeftOut {
  readonly name: string;
  readonly problem: TableProblem;
}

/** The state of joined files: which of them are tables, their columns, and how many rows each has. */
export class JoinedState {
  readonly version: number;
  readonly columns: JoinedColumns;
  readonly #parts: readonly Part[];
  readonly #found: OpenedTable[];

  /** @param found what was detected for each file */
  constructor(version: number, parts: readonly Part[], found: readonly OpenedTable[]) {
    this.version = version;
    this.#parts = parts;
    this.#found = [...found];
    this.columns = new JoinedColumns(t("Part"));
    for (const [part, one] of found.entries()) {
      if (one.kind === "table") this.columns.take(part, one.shape.columns);
    }
  }

  /** The table of all files, or the problem of the first one if none of them is a table. */
  get opened(): OpenedTable {
    const table = this.#found.find((found) => found.kind === "table");
    const { progress } = this;
    if (table === undefined || progress === undefined) {
      return this.#found.find((found) => found.kind === "problem") ?? { kind: "problem", problem: { kind: "missing" } };
    }
    const shape = { version: this.version, reading: table.shape.reading, columns: this.columns.columns };
    return { kind: "table", shape, progress };
  }

  /** Undefined if no file is a table. */
  get progress(): TableProgress | undefined {
    const all = this.#parts.flatMap(({ file }, part) => (this.isTable(part) ? (file.progress ?? []) : []));
    if (all.length === 0) return undefined;
    const sum = (of: (progress: TableProgress) => number): number => all.reduce((total, one) => total + of(one), 0);
    const firstOpen = all.findIndex(({ exact }) => !exact);
    const counted = firstOpen < 0 ? all : all.slice(0, firstOpen + 1);
    return {
      version: this.version,
      bytes: sum(({ bytes }) => bytes),
      indexedBytes: sum(({ indexedBytes }) => indexedBytes),
      indexedRows: counted.reduce((rows, { indexedRows }) => rows + indexedRows, 0),
      rows: sum(({ rows }) => rows),
      exact: firstOpen < 0,
      growing: all.some(({ growing }) => growing),
      endsInRecord: all.some(({ endsInRecord }) => endsInRecord),
    };
  }

  get leftOut(): LeftOut[] {
    return this.#parts.flatMap(({ name }, part) => {
      const found = this.#found[part];
      return found?.kind === "problem" ? [{ name, problem: found.problem }] : [];
    });
  }

  /** Updates the columns of one file. Returns whether the joined columns changed. */
  takeShape(part: number, shape: TableShape): boolean {
    const known = this.#found[part];
    if (known?.kind !== "table") return false;
    this.#found[part] = { ...known, shape };
    return this.columns.take(part, shape.columns);
  }

  isTable(part: number): boolean {
    return this.#found[part]?.kind === "table";
  }

  /** The first file that is a table, starting with `first`. */
  tableFrom(first: number): number | undefined {
    const part = this.#found.findIndex((found, at) => at >= first && found.kind === "table");
    return part < 0 ? undefined : part;
  }

  rowsOf(part: number): number {
    return this.isTable(part) ? (this.#parts[part]?.file.progress?.rows ?? 0) : 0;
  }

  /** Where a row is, by the exact or estimated number of rows of the files before it. */
  locate(row: number): LocatedRow | undefined {
    let left = row;
    for (let part = this.tableFrom(0); part !== undefined;) {
      const next = this.tableFrom(part + 1);
      if (left < this.rowsOf(part) || next === undefined) return { part, row: rowNumber(left) };
      left -= this.rowsOf(part);
      part = next;
    }
    return undefined;
  }

  /** Whether the rows of all files before this one are counted, so that its row numbers are exact. */
  isCountedTo(part: number): boolean {
    return this.#parts.every(({ file }, at) => at >= part || !this.isTable(at) || file.progress?.exact === true);
  }

  hasNoRowsAfter(part: number): boolean {
    return this.#parts.every(({ file: { progress } }, at) => {
      return at <= part || !this.isTable(at) || (progress?.exact === true && progress.rows === 0);
    });
  }
}
