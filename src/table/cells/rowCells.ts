import type { Column } from "../tableTypes.ts";

/** One row's values as the table shows them. */
export interface ReadRow {
  /** One text per column, in the file's order; fewer than the table has columns where the row is short. */
  readonly cells: readonly string[];
  /** JSON only: what each cell is, one `CellKind` per cell. */
  readonly kinds?: string;
  readonly malformed: boolean;
  /** Index of the column whose value continues after the bytes of a row that was cut. */
  readonly openColumn?: number;
}

/**
 * Turns a row's bytes into values: by the rules for delimited text, or from JSON. Grid, copy, API and find all read
 * through the same one, so they agree. Holds the columns: JSON records may add more, which are appended at the end.
 */
export interface RowCells {
  readonly columns: readonly Column[];
  /** Rises when `columns` got more. */
  readonly columnsVersion: number;
  /**
   * @param bytes the row's bytes in the file's encoding, without byte order mark; a newline, comma or white space at its
   *   end and a CR before the newline do not matter
   * @param isCut the row continues in the file after these bytes
   */
  read(bytes: Uint8Array, isCut?: boolean): ReadRow;
}
