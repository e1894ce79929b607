import type { Column } from "../tableTypes.ts";

/** One row's values as the table shows them. */
export interface ReadRow {
  /** One text a column, in the table's order; shorter than the table's columns where the row is. */
  readonly cells: readonly string[];
  readonly malformed: boolean;
}

/**
 * Turns a row's bytes into values: by the delimited text's rules, or from JSON. Grid, copy, API and find all read
 * through the same one, so they agree. Holds the columns: JSON records may bring further ones, appended at the end.
 */
export interface RowCells {
  readonly columns: readonly Column[];
  /** Rises when `columns` got more. */
  readonly columnsVersion: number;
  /**
   * @param bytes the row's bytes in the file's encoding, without byte order mark; newline, comma or white space at its
   *   end and a CR before the newline do not matter
   */
  read(bytes: Uint8Array): ReadRow;
}
