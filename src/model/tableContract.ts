/** The part of the API's types that is about rows of a table. Like the contract, it imports nothing. */

/** How the text of a file is split into rows and fields. What is left out is detected. */
export interface Dialect {
  /** What is between two fields of a row: one character or several, but no line break. */
  delimiter?: string;
  /** The character around fields that contain delimiters or line breaks. Empty for none. */
  quote?: string;
  /** How a quote within quotes is written: twice (the default), or after a backslash. */
  escape?: "double" | "backslash";
  /** Whether the first row contains the column names. */
  header?: boolean;
  /** An encoding of the web's Encoding Standard, by any of its labels: `utf-8`, `shift_jis`, `latin1`. */
  encoding?: string;
}

export interface RowPage {
  columns: string[];
  rows: string[][];
  /** The number of the first of `rows`. */
  from: number;
  /** With `sort` or `filter`: the number of each row in the file. */
  rowNumbers?: number[];
  /** How many rows the file has. Absent until the exact number is known. */
  total?: number;
  dialect: Dialect;
  /**
   * How many of `rows` are not well-formed or were too long to be read to their end. They are included, read as well as
   * possible.
   */
  unreadableRows?: number;
  /**
   * Cells of this page that are more than their text says: JSON null, a missing value, or a value cut at the limit. `row`
   * counts within the page. At most a million.
   */
  special?: { row: number; column: number; is: "null" | "missing" | "cut" }[];
}

/** A file that a view was saved in. */
export interface SavedView {
  uri: string;
  rows: number;
  bytes: number;
}
