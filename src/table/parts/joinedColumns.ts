import { defined } from "../../model/defined.ts";
import { kindAt } from "../cells/recordFields.ts";
import type { CellKind, Column, Row } from "../tableTypes.ts";

/** A range of neighboring columns. */
export interface ColumnWindow {
  readonly from: number;
  readonly count: number;
}

/** The column with the name of each row's file. */
export const fileColumn = 0;

/**
 * The columns of several tables, joined by name, after a first column for the name of the file. Two columns with the
 * same name in one table stay separate.
 */
export class JoinedColumns {
  #columns: Column[];
  readonly #indexes = new Map<string, number>();
  /** For each table, the index of each joined column there. */
  readonly #inPart: Map<number, number>[] = [];
  /** For each table, the joined column of each of its own columns. */
  readonly #joined: number[][] = [];

  /** @param fileColumnName the name of the first column */
  constructor(fileColumnName: string) {
    this.#columns = [{ name: fileColumnName, type: "text" }];
  }

  get columns(): readonly Column[] {
    return this.#columns;
  }

  /** Adds or updates a table's columns. Returns whether the joined columns changed. */
  take(part: number, columns: readonly Column[]): boolean {
    const before = this.#columns;
    const times = new Map<string, number>();
    const joined = columns.map((column) => {
      const time = (times.get(column.name) ?? 0) + 1;
      times.set(column.name, time);
      return this.#join(column, time);
    });
    this.#joined[part] = joined;
    this.#inPart[part] = new Map(joined.map((index, own) => [index, own]));
    return this.#columns !== before;
  }

  /** The index of a joined column in a table; undefined if the table doesn't have it. */
  inPart(part: number, column: number): number | undefined {
    return this.#inPart[part]?.get(column);
  }

  /** The joined column of one of a table's columns. */
  joinedColumn(part: number, column: number): number {
    return this.#joined[part]?.[column] ?? fileColumn;
  }

  /** The columns to request from a table for a range of joined columns. */
  windowIn(part: number, window: ColumnWindow): ColumnWindow {
    let from = Infinity;
    let end = 0;
    for (let column = window.from; column < this.#endOf(window); column++) {
      const own = this.inPart(part, column);
      if (own === undefined) continue;
      from = Math.min(from, own);
      end = Math.max(end, own + 1);
    }
    return end === 0 ? { from: 0, count: 0 } : { from, count: end - from };
  }

  /**
   * Converts a table's row into a row of the joined columns.
   *
   * @param firstRead the column of the table that the row's cells begin with
   */
  row(part: number, name: string, row: Row, window: ColumnWindow, firstRead: number): Row {
    const cells: string[] = [];
    const kinds: CellKind[] = [];
    const cut: number[] = [];
    const raw: (string | undefined)[] = [];
    let unreadFrom: number | undefined;
    for (let column = window.from; column < this.#endOf(window); column++) {
      const own = this.inPart(part, column);
      const index = own === undefined ? -1 : own - firstRead;
      if (row.cut?.includes(index) === true) cut.push(cells.length);
      if (own !== undefined && row.unreadFrom !== undefined && own >= row.unreadFrom) unreadFrom ??= column;
      cells.push(column === fileColumn ? name : (row.cells[index] ?? ""));
      raw.push(column === fileColumn ? undefined : row.raw?.[index]);
      kinds.push(column === fileColumn ? "s" : kindOf(row, index));
    }
    return {
      cells,
      kinds: kinds.join(""),
      ...defined({
        cut: cut.length === 0 ? undefined : cut,
        raw: row.raw && raw,
        malformed: row.malformed,
        unreadFrom,
      }),
    };
  }

  #endOf({ from, count }: ColumnWindow): number {
    return Math.min(from + count, this.#columns.length);
  }

  #join(column: Column, time: number): number {
    const key = JSON.stringify([column.name, time]);
    const known = this.#indexes.get(key);
    if (known === undefined) {
      this.#indexes.set(key, this.#columns.length);
      this.#columns = [...this.#columns, column];
      return this.#columns.length - 1;
    }
    const type = this.#columns[known]?.type;
    if (type !== column.type && type !== "text") {
      this.#columns = this.#columns.with(known, { name: column.name, type: "text" });
    }
    return known;
  }
}

function kindOf({ cells, kinds }: Row, index: number): CellKind {
  if (index < 0 || index >= cells.length) return "-";
  return kinds === undefined ? "s" : kindAt(kinds, index);
}
