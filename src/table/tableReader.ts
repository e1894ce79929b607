import type { SourceGrowth } from "./document/tableSpec.ts";
import type {
  CellText,
  FindPattern,
  FindProgress,
  FoundMatch,
  Match,
  RecordField,
  Rows,
  RowsAt,
  RowsAtRequest,
  RowsRequest,
  SummaryAnswer,
  SummaryRequest,
  TableProblem,
  TableProgress,
  TableShape,
} from "./tableTypes.ts";
import type { RowNumber } from "./view/rowIdentity.ts";

/** What a file was detected as. */
export type OpenedTable =
  | { readonly kind: "table"; readonly shape: TableShape; readonly progress: TableProgress }
  | { readonly kind: "problem"; readonly problem: TableProblem };

/** The events of a reader. */
export interface TableListener {
  onShape?(shape: TableShape): void;
  onProgress?(progress: TableProgress): void;
  /**
   * The table can no longer be read, for example because the file shrank or the disk failed. Reading it again may help.
   */
  onProblem?(problem: TableProblem): void;
  /** The file is read again from its beginning, perhaps in another way. Everything known about it is outdated. */
  onReread?(): void;
  /** The file was read again, because it turned out to be another table, or to have another encoding. */
  onOtherReading?(): void;
  onGrowth?(change: SourceGrowth): void;
  /** The rest of an archive can't be unpacked. The rows so far stay. */
  onCut?(reason: Error): void;
}

/** Rows of the file by number; `last` asks for the last `count` rows. */
export interface FileRowsRequest extends Omit<RowsRequest, "from"> {
  readonly from: RowNumber | "last";
}

export interface FileRowsAtRequest extends Omit<RowsAtRequest, "rows"> {
  readonly rows: readonly RowNumber[];
}

/** Rows in some order, for reading many of them page by page. `from` counts in that order. */
export interface RowPages {
  rows(request: RowsRequest, signal: AbortSignal): Promise<Pick<Rows, "version" | "rows">>;
  /** Resolves when the first `rows` rows, or all of them, have their final places in the order. */
  indexed(rows: number, signal: AbortSignal): Promise<unknown>;
}

/** A cell of the file. */
export interface FileCell {
  readonly row: RowNumber;
  readonly column: number;
}

/**
 * Reads one file as a table, by row number. Keeps neither the text nor the rows in memory, only 16 bytes per 64 KiB of
 * the file.
 *
 * Every method rejects with `cancelled` if its signal is aborted or the reader is disposed, and with `fileChanged` if
 * the file is no longer the same.
 */
export interface TableReader {
  /**
   * What the file was detected as. Settles when its beginning was read. Replaced by another promise each time that
   * changes.
   */
  readonly opened: Promise<OpenedTable>;
  readonly progress: TableProgress | undefined;
  listen(listener: TableListener): { dispose(): void };
  rows(request: FileRowsRequest, signal: AbortSignal): Promise<Rows>;
  /** Rows by their numbers. Waits for the index. Rejects with `fileChanged` if the file doesn't have one of them. */
  rowsAt(request: FileRowsAtRequest, signal: AbortSignal): Promise<RowsAt>;
  cell(cell: FileCell, signal: AbortSignal): Promise<CellText>;
  /** Every field of a row, in the file's order; empty if there is no such row. */
  record(row: RowNumber, signal: AbortSignal): Promise<readonly RecordField[]>;
  /** Adds up cells, in the reader's thread. Waits for the index. */
  summarize(request: SummaryRequest, signal: AbortSignal): Promise<SummaryAnswer>;
  /** The line on which a row begins, from 0. */
  lineOf(row: RowNumber, signal: AbortSignal): Promise<number>;
  /** Resolves when the index has this many rows, or is complete. */
  indexed(rows: number, signal: AbortSignal): Promise<TableProgress>;
}

/** A search of one reader's rows for one user, one pattern at a time. */
export interface RowSearch {
  /** Rejects with `invalidRequest` for a broken regular expression and for a file without rows. */
  begin(pattern: FindPattern): Promise<FindProgress>;
  /**
   * The nearest match after or before a cell, in file order. Undefined if there is none, or if no search is running.
   */
  next(from: Match, direction: "next" | "previous", signal: AbortSignal): Promise<FoundMatch | undefined>;
  /** Every match in file order, read only as fast as they are consumed. Doesn't need a search that is running. */
  all(pattern: FindPattern, signal: AbortSignal): AsyncIterable<readonly Match[]>;
  end(): void;
  dispose(): void;
}

/** The source of a view's rows: one open file, or several joined files. */
export interface ViewedFile extends TableReader {
  startSearch(onProgress: (progress: FindProgress) => void): RowSearch;
}
