/**
 * The data types of the table. No I/O and no imports, because the grid in the webview, the host and the worker threads
 * all use them. Every value can be structured-cloned.
 */

/** The type of a column's values, according to the first rows. Text if they don't agree. */
export type ColumnType = "number" | "date" | "boolean" | "text" | "json";

export interface Column {
  readonly name: string;
  readonly type: ColumnType;
}

/** How the rows are written in the file. */
export type TableKind =
  /** Fields between delimiters, rows between newlines, quotes around fields that contain either. */
  | "delimited"
  /** One JSON value per line. */
  | "jsonLines"
  /** The elements of a JSON array: the whole file, or one array inside an object. */
  | "jsonArray";

/** The encodings of the web's Encoding Standard, by the names that it gives them. */
export const encodings = [
  "utf-8",
  "utf-16le",
  "utf-16be",
  "windows-1252",
  "windows-1250",
  "windows-1251",
  "windows-1253",
  "windows-1254",
  "windows-1255",
  "windows-1256",
  "windows-1257",
  "windows-1258",
  "windows-874",
  "iso-8859-2",
  "iso-8859-3",
  "iso-8859-4",
  "iso-8859-5",
  "iso-8859-6",
  "iso-8859-7",
  "iso-8859-8",
  "iso-8859-8-i",
  "iso-8859-10",
  "iso-8859-13",
  "iso-8859-14",
  "iso-8859-15",
  "iso-8859-16",
  "ibm866",
  "koi8-r",
  "koi8-u",
  "macintosh",
  "x-mac-cyrillic",
  "gbk",
  "gb18030",
  "big5",
  "euc-jp",
  "iso-2022-jp",
  "shift_jis",
  "euc-kr",
  "x-user-defined",
] as const;

export type Encoding = (typeof encodings)[number];
/** The usual delimiters. Any other character can be one as well. */
export const delimiters: readonly string[] = [",", ";", "\t", "|"];

/** How a quote within quotes is written: twice, or after a backslash. */
export type Escape = "double" | "backslash";

/** How a file should be read, as chosen by the user. Absent fields are detected. */
export interface ReadAs {
  readonly delimiter?: string;
  /** Empty for none. */
  readonly quote?: string;
  readonly escape?: Escape;
  readonly header?: boolean;
  /** Delimited text: how many lines come before the header row, or before the first row without one. */
  readonly linesBefore?: number;
  readonly encoding?: Encoding;
  /** Whether bytes that look like no text are shown as text. */
  readonly anyBytes?: true;
  /** JSON: one column per path into nested objects, instead of one column with the nested value. */
  readonly flat?: boolean;
  /** JSON: the array inside an object that contains the records, as one of `Reading.arrays`. */
  readonly arrayPath?: readonly string[];
}

/** How a file is read, with a value for every option. JSON ignores `delimiter`, `quote` and `header`. */
export interface Reading {
  readonly kind: TableKind;
  readonly delimiter: string;
  /** Empty for none. */
  readonly quote: string;
  /** Absent: doubled quotes. */
  readonly escape?: "backslash";
  /** Present if spaces can come between a delimiter and an opening quote. They are not part of the value. */
  readonly skipsSpaces?: true;
  readonly header: boolean;
  /** Delimited text: the lines before the table, such as a title or comments. */
  readonly before?: LinesBefore;
  readonly encoding: Encoding;
  readonly flat: boolean;
  /** JSON records that are not on one line each. Absent for lines and for arrays. */
  readonly layout?: "joined";
  /** For a JSON array inside an object: the keys that lead to it, such as `["result", "items"]`. Otherwise empty. */
  readonly arrayPath: readonly string[];
  /** Present if something other than the rest of the object follows an array inside an object. */
  readonly textBehind?: true;
  /** The paths of all arrays that could contain the records, if there are several. */
  readonly arrays?: readonly (readonly string[])[];
  /** For records that are arrays: the names of their elements, if the file has them somewhere else. */
  readonly names?: readonly string[];
}

/** Lines at the beginning of a file that are not part of the table. */
export interface LinesBefore {
  readonly count: number;
  /** Their text, cut after `longestBefore` characters. */
  readonly text: string;
}

/** How many characters of the lines before a table are shown. */
export const longestBefore = 2_000;

/** Changes rarely: when the file is read in another way, or when JSON records add columns. */
export interface TableShape {
  /** Increases when earlier rows are no longer valid, because the file was read in another way or replaced. */
  readonly version: number;
  readonly reading: Reading;
  readonly columns: readonly Column[];
  /** The encoding that the file may have instead, because some of its bytes are not UTF-8. */
  readonly otherEncoding?: Encoding;
}

/** Changes often, while the index is built and while the file grows. */
export interface TableProgress {
  readonly version: number;
  /** Bytes of the file so far. */
  readonly bytes: number;
  /** Bytes covered by the index; equal to `bytes` when it is complete. */
  readonly indexedBytes: number;
  /** Rows that the index has found, without the header. */
  readonly indexedRows: number;
  /** Rows of the whole file; an estimate until the index is complete. */
  readonly rows: number;
  /** Whether `rows` is exact. */
  readonly exact: boolean;
  /** Whether more bytes are expected. */
  readonly growing: boolean;
  /**
   * Whether the last record is incomplete: an open quote, or incomplete JSON. Only known when the index is complete.
   */
  readonly endsInRecord: boolean;
}

/** Why there is no table to show. */
export type TableProblem =
  | { readonly kind: "empty" }
  | { readonly kind: "binary" }
  /** A gzip file is read when it is complete. `reason` is one whole sentence if nothing of it can be unpacked. */
  | { readonly kind: "gzip"; readonly reason?: string }
  /** A Parquet file is read by the query engine. `reason` is one whole sentence if that isn't possible. */
  | { readonly kind: "parquet"; readonly reason?: string }
  | { readonly kind: "zip" }
  | { readonly kind: "page" }
  /** The file doesn't exist, or no longer exists. */
  | { readonly kind: "missing" }
  /** `reason` is the system's error code, e.g. `EACCES`. */
  | { readonly kind: "unreadable"; readonly reason: string }
  /** JSON that isn't a list of records. `text` is its formatted beginning; `cut` says whether more follows. */
  | { readonly kind: "jsonText"; readonly text: string; readonly cut: boolean }
  /** JSON that ends or is damaged before its first record. */
  | { readonly kind: "brokenJson" };

export interface RowsRequest {
  /** Number of the first row; `last` for the last `count` rows. */
  readonly from: number | "last";
  readonly count: number;
  /** The wanted columns, by index. Default: all. */
  readonly columns?: { readonly from: number; readonly count: number };
  /** Longer values are cut. Default: `shownCellLength`. */
  readonly longest?: number;
  /** Whether the rows of JSON files have `raw`. */
  readonly withRaw?: boolean;
}

/** The most rows of one response: more than fit on any screen, but never a whole file. */
export const mostRowsAtOnce = 1000;
/** How many characters of a value a cell shows. The detail pane requests the whole value. */
export const shownCellLength = 240;
/** The longest value that is passed on as a whole, in characters (detail pane, copy, API). */
export const longestCell = 4 * 1024 * 1024;

/**
 * The kind of a cell in a JSON record: string, number, boolean, object or array, null, or a key that the record doesn't
 * have.
 */
export type CellKind = "s" | "n" | "b" | "o" | "0" | "-";

/** How many characters of each value a record contains. A whole value is requested with `CellRequest`. */
export const longestField = 64 * 1024;

export interface Row {
  /** The values of the wanted columns. A short row has fewer, and a long row can have more than the header. */
  readonly cells: readonly string[];
  /** Indexes in `cells` of values that were cut. */
  readonly cut?: readonly number[];
  /**
   * JSON only: one `CellKind` per cell. Cells after the last one are missing, like cells after the end of a short
   * delimited row.
   */
  readonly kinds?: string;
  /**
   * JSON only, if it was asked for: the text of each value in the file. Undefined for values that the file doesn't have
   * in this form.
   */
  readonly raw?: readonly (string | undefined)[];
  /**
   * The first column index that was not read, because the row is too long. These cells are not missing. In a JSON
   * record, an earlier key that seems missing may also be in the part that was not read.
   */
  readonly unreadFrom?: number;
  /** Quotes or braces don't match, so the division into fields is a guess. */
  readonly malformed?: true;
}

export interface Rows {
  readonly version: number;
  /** Number of the first row. Estimated if `provisional`, because the index has not reached it yet. */
  readonly from: number;
  readonly provisional: boolean;
  /** Whether the last of `rows` is currently the last row of the file. */
  readonly atEnd: boolean;
  readonly rows: readonly Row[];
}

/** A request for single rows, wherever they are in the file. */
export interface RowsAtRequest extends Omit<RowsRequest, "from" | "count"> {
  /** Row numbers in any order, at most `mostRowsAtOnce`. */
  readonly rows: readonly number[];
}

/** The requested rows, in the order of the request. */
export type RowsAt = Pick<Rows, "version" | "rows">;

export interface CellRequest {
  readonly row: number;
  readonly column: number;
}

export interface CellText {
  readonly text: string;
  /** Present if the value was cut: its full length in characters, or "unknown" if its row was not read completely. */
  readonly fullLength?: number | "unknown";
}

/** One field of a row's record. */
export interface RecordField {
  /** The column's name. */
  readonly name: string;
  readonly text: string;
  /** Absent for values of delimited text. A missing value is "-" in every kind of file. */
  readonly kind?: CellKind;
  /**
   * Present if `text` is only the beginning of the value: its full length in characters, or "unknown" if it was not
   * read.
   */
  readonly fullLength?: number | "unknown";
}

export interface SummaryRequest {
  readonly rows: { readonly from: number; readonly count: number };
  /** Column indexes. */
  readonly columns: readonly number[];
}

/** Count, sum and average of a selection. */
export interface CellSummary {
  readonly cells: number;
  /** Cells that are missing, empty or null. */
  readonly empty: number;
  /** Cells that are numbers, by the same rules as a column's type. */
  readonly numbers: number;
  /** Exact, as decimal text. Absent if there are no numbers, or if one of them has more than a thousand digits. */
  readonly sum?: string;
  readonly average?: string;
  /** Present if `average` was rounded. */
  readonly averageIsRounded?: true;
}

/** `tooLarge`: there are too many cells, or adding them up would take too long. */
export type SummaryAnswer = CellSummary | { readonly tooLarge: true };

export interface FindPattern {
  readonly text: string;
  readonly regex: boolean;
  readonly caseSensitive: boolean;
  readonly wholeWord: boolean;
  /** Index of the only column to search. Default: all columns. */
  readonly column?: number;
}

export interface Match {
  readonly row: number;
  readonly column: number;
}

/** The progress of a search. */
export interface FindProgress {
  /** The number of the search. Each search has a higher one. */
  readonly search: number;
  readonly matches: number;
  readonly searchedBytes: number;
  readonly bytes: number;
  /** Whether the whole file was searched, as it is now. */
  readonly done: boolean;
  /** The search ended early, because the file can't be read any further. */
  readonly stopped?: true;
}

/** The result of "next" or "previous". */
export interface FoundMatch extends Match {
  /** The number of the match among all matches, from 0 in file order. */
  readonly ordinal: number;
  /** Whether the search passed the end of the file and continued at the other end. */
  readonly wrapped: boolean;
}
