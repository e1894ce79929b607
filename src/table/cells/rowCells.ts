import type { Column } from "../tableTypes.ts";

/** One row's values as the table shows them. */
export interface ReadRow {
  /** One text per column, in the file's order. A short row has fewer texts than the table has columns. */
  readonly cells: readonly string[];
  /** JSON only: one `CellKind` per cell. */
  readonly kinds?: string;
  /** JSON only, if asked for: the text of each cell's value in the file; undefined if it has none of its own. */
  readonly raw?: readonly (string | undefined)[];
  readonly malformed: boolean;
  /** The index of the column whose value continues after the cut, if the row was cut. */
  readonly openColumn?: number;
}

/**
 * Turns a row's bytes into values, according to the rules for delimited text or for JSON. Grid, copy, API and find all
 * use it, so they agree. Keeps the columns: JSON records can add columns at the end.
 */
export interface RowCells {
  readonly columns: readonly Column[];
  /** Increases when columns are added. */
  readonly columnsVersion: number;
  /**
   * @param bytes the row's bytes in the file's encoding, without byte order mark. A newline, comma or white space at
   * the end and a CR before the newline are ignored.
   * @param isCut whether the row continues in the file after these bytes
   * @param withRaw whether the row of a JSON file has `raw`
   */
  read(bytes: Uint8Array, isCut?: boolean, withRaw?: boolean): ReadRow;
}
