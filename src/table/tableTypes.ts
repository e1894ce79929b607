/**
 * The words of the table: what its reader tells about a file and what it is asked. No I/O and no imports, since the
 * grid in the webview, the host and the worker threads all speak them; every value survives a structured clone.
 */

/** What a column's values look like in the rows seen so far. Text where they do not agree. */
export type ColumnType = "number" | "date" | "boolean" | "text" | "json";

export interface Column {
  readonly name: string;
  readonly type: ColumnType;
}

/** How the file's rows stand in its text. */
export type TableKind =
  /** Fields between delimiters, rows between newlines, quotes around fields that contain either. */
  | "delimited"
  /** One JSON value a line. */
  | "jsonLines"
  /** The elements of a JSON array: the whole file, or the one array inside an object. */
  | "jsonArray";

export type Encoding = "utf-8" | "utf-16le" | "utf-16be" | "windows-1252";

export const encodings: readonly Encoding[] = ["utf-8", "utf-16le", "utf-16be", "windows-1252"];
export const delimiters: readonly string[] = [",", ";", "\t", "|"];

/** A person's choices about how a file is read; what is left out is detected. */
export interface ReadAs {
  readonly delimiter?: string;
  /** Empty for none. */
  readonly quote?: string;
  readonly header?: boolean;
  readonly encoding?: Encoding;
  /** JSON: one column per path into nested objects, instead of one collapsed value. */
  readonly flat?: boolean;
}

/** How a file is read, nothing left out. Delimiter, quote and header are those of JSON, too, where they say nothing. */
export interface Reading {
  readonly kind: TableKind;
  readonly delimiter: string;
  /** Empty for none. */
  readonly quote: string;
  readonly header: boolean;
  readonly encoding: Encoding;
  readonly flat: boolean;
  /** JSON array inside an object: the keys that lead to it, e.g. `["result", "items"]`. Empty otherwise. */
  readonly arrayPath: readonly string[];
}

/** Changes rarely: when the file is read in another way, or when JSON records bring further columns. */
export interface TableShape {
  /** Rises when rows told before no longer count: read in another way, or the file was replaced. */
  readonly version: number;
  readonly reading: Reading;
  readonly columns: readonly Column[];
}

/** Changes often: while the index is built and while the file grows. */
export interface TableProgress {
  readonly version: number;
  /** Bytes of the file so far. */
  readonly bytes: number;
  /** Bytes that the index covers: equal to `bytes` when it is complete. */
  readonly indexedBytes: number;
  /** Rows whose place is known, header not counted. */
  readonly indexedRows: number;
  /** Rows of the whole file; an estimate until the index is complete. */
  readonly rows: number;
  /** `rows` is exact. */
  readonly exact: boolean;
  /** More bytes are expected. */
  readonly growing: boolean;
  /** The last record is not whole: an open quote, or JSON that ends in the middle. Only told when the index is complete. */
  readonly endsInRecord: boolean;
}

/** Why there is no table to show. */
export type TableProblem =
  | { readonly kind: "empty" }
  | { readonly kind: "binary" }
  | { readonly kind: "gzip" }
  | { readonly kind: "zip" }
  | { readonly kind: "page" }
  /** Not there (any more). */
  | { readonly kind: "missing" }
  /** `reason` is the system's error code, e.g. `EACCES`. */
  | { readonly kind: "unreadable"; readonly reason: string }
  /** JSON that is no list of records. `text` is its beginning laid out over lines, `cut` whether more follows. */
  | { readonly kind: "jsonText"; readonly text: string; readonly cut: boolean }
  /** JSON that breaks off or is damaged before its first record. */
  | { readonly kind: "brokenJson" };

export interface RowsRequest {
  /** Number of the first row, header not counted; `last` asks for the last `count` rows. */
  readonly from: number | "last";
  readonly count: number;
  /** Which columns are wanted, by place; all when left out. */
  readonly columns?: { readonly from: number; readonly count: number };
  /** Longer values are cut; default `shownCellLength`. */
  readonly longest?: number;
}

/** Rows that one request is answered at most: more than fit on any screen, so that nobody asks for a whole file at once. */
export const mostRowsAtOnce = 1000;
/** Characters of a value that a cell shows; the detail pane asks for the whole one. */
export const shownCellLength = 240;
/** Characters of a value that are ever handed out in one piece (detail pane, copy, API). */
export const longestCell = 4 * 1024 * 1024;

/** What a cell of a JSON record is: string, number, boolean, object or array, null, or a key that the record lacks. */
export type CellKind = "s" | "n" | "b" | "o" | "0" | "-";

/** Characters of a value in a row's record; the whole value is asked for by `CellRequest`. */
export const longestField = 64 * 1024;

export interface Row {
  /** The wanted columns' values; fewer than asked for in a short row, more columns than the header has in a long one. */
  readonly cells: readonly string[];
  /** Indexes in `cells` of values that were cut. */
  readonly cut?: readonly number[];
  /**
   * JSON only: one `CellKind` per cell. Cells after the last one are missing, as cells after the end of a short row of
   * delimited text are.
   */
  readonly kinds?: string;
  /**
   * Column index (in the file) from which on nothing was read, because the row is too long. These cells are not missing.
   * Of a JSON record, a key that is missing further left may come in the part that was not read, too.
   */
  readonly unreadFrom?: number;
  /** Quotes or braces do not match up, so the division into fields is a guess. */
  readonly malformed?: true;
}

export interface Rows {
  readonly version: number;
  /** Number of the first row. A guess when `provisional`: the index has not come here yet. */
  readonly from: number;
  readonly provisional: boolean;
  /** The last of `rows` is the last of the file as it stands now. */
  readonly atEnd: boolean;
  readonly rows: readonly Row[];
}

export interface CellRequest {
  readonly row: number;
  readonly column: number;
}

export interface CellText {
  readonly text: string;
  /** There where the value goes on: its whole length in characters, "unknown" when its row was not read to the end. */
  readonly fullLength?: number | "unknown";
}

/** One field of a row's record. */
export interface RecordField {
  /** The column's name. */
  readonly name: string;
  readonly text: string;
  /** Absent for a value of delimited text. A missing one is "-" in any kind of file. */
  readonly kind?: CellKind;
  /** Present when `text` is only the beginning of the value: its length in characters, "unknown" when it was not read. */
  readonly fullLength?: number | "unknown";
}

export interface SummaryRequest {
  readonly rows: { readonly from: number; readonly count: number };
  /** Column indexes. */
  readonly columns: readonly number[];
}

/** What the cells of a selection add up to. */
export interface CellSummary {
  readonly cells: number;
  /** Cells that are missing, empty or null. */
  readonly empty: number;
  /** Cells that are numbers, by the rules of a column's type. */
  readonly numbers: number;
  /** Exact, as decimal text. Absent without numbers, and when one of them has more than a thousand digits. */
  readonly sum?: string;
  readonly average?: string;
  /** The average has more digits than `average`. */
  readonly averageIsRounded?: true;
}

/** `tooLarge`: more cells than are added up, or than there is time for. */
export type SummaryAnswer = CellSummary | { readonly tooLarge: true };

export interface FindPattern {
  readonly text: string;
  readonly regex: boolean;
  readonly caseSensitive: boolean;
  readonly wholeWord: boolean;
  /** Place of the one column that is searched; all when left out. */
  readonly column?: number;
}

export interface Match {
  readonly row: number;
  readonly column: number;
}

/** How far a search has come. */
export interface FindProgress {
  /** Which search: rises with each. */
  readonly search: number;
  readonly matches: number;
  readonly searchedBytes: number;
  readonly bytes: number;
  /** The whole file as it stands now was searched. */
  readonly done: boolean;
}

/** The answer to "next" and "previous". */
export interface FoundMatch extends Match {
  /** Which of all matches it is, counted from 0 in file order. */
  readonly ordinal: number;
  /** Going on from the last match began again at the other end. */
  readonly wrapped: boolean;
}
