import type { SourceGrowth } from "./document/tableSpec.ts";
import type {
  CellText,
  FindPattern,
  FindProgress,
  FoundMatch,
  Match,
  RecordField,
  Rows,
  RowsRequest,
  SummaryAnswer,
  SummaryRequest,
  TableProblem,
  TableProgress,
  TableShape,
} from "./tableTypes.ts";
import type { RowNumber } from "./view/rowIdentity.ts";

/** What a file turned out to be. */
export type OpenedTable =
  | { readonly kind: "table"; readonly shape: TableShape; readonly progress: TableProgress }
  | { readonly kind: "problem"; readonly problem: TableProblem };

/** What a reader tells without being asked. */
export interface TableListener {
  onShape?(shape: TableShape): void;
  onProgress?(progress: TableProgress): void;
  /** The table is gone, for example because the file shrank or its disk failed. Reading it again may bring it back. */
  onProblem?(problem: TableProblem): void;
  /** The file is read again from its beginning, perhaps in another way: what was known of it no longer counts. */
  onReread?(): void;
  onGrowth?(change: SourceGrowth): void;
}

/** Rows of the file by number; `last` asks for the last `count` rows. */
export interface FileRowsRequest extends Omit<RowsRequest, "from"> {
  readonly from: RowNumber | "last";
}

/** Rows in some order, for those who read many of them page by page: `from` counts in that order. */
export interface RowPages {
  rows(request: RowsRequest, signal: AbortSignal): Promise<Pick<Rows, "version" | "rows">>;
  /** Resolves when the first so many rows, or all there are, have their final places in the order. */
  indexed(rows: number, signal: AbortSignal): Promise<unknown>;
}

/** A cell of the file. */
export interface FileCell {
  readonly row: RowNumber;
  readonly column: number;
}

/**
 * Reads one file as a table, by row number. Holds neither the text nor the rows: its memory grows with the file only by
 * 16 bytes per 64 KiB.
 *
 * Every method rejects with `cancelled` when its signal is aborted or the reader disposed, and with `fileChanged` when
 * the file turned out to be another one than it was.
 */
export interface TableReader {
  /** What the file is, as known last; settles when its beginning was read. Another promise each time that changes. */
  readonly opened: Promise<OpenedTable>;
  readonly progress: TableProgress | undefined;
  listen(listener: TableListener): { dispose(): void };
  rows(request: FileRowsRequest, signal: AbortSignal): Promise<Rows>;
  cell(cell: FileCell, signal: AbortSignal): Promise<CellText>;
  /** Every field of a row, in the file's order; none when there is no such row. */
  record(row: RowNumber, signal: AbortSignal): Promise<readonly RecordField[]>;
  /** Adds up cells, in the reader's thread. Waits for the index. */
  summarize(request: SummaryRequest, signal: AbortSignal): Promise<SummaryAnswer>;
  /** The line of the text file on which a row begins, both counted from 0. */
  lineOf(row: RowNumber, signal: AbortSignal): Promise<number>;
  /** Resolves when the index has this many rows, or is complete. */
  indexed(rows: number, signal: AbortSignal): Promise<TableProgress>;
}

/** A search of one reader's rows, for one user of it: one pattern after the other. */
export interface RowSearch {
  /** Rejects with `invalidRequest` for a broken regular expression and for a file without rows. */
  begin(pattern: FindPattern): Promise<FindProgress>;
  /** The nearest match after or before a cell, in file order; undefined when there is none at all, or no search. */
  next(from: Match, direction: "next" | "previous", signal: AbortSignal): Promise<FoundMatch | undefined>;
  end(): void;
  dispose(): void;
}

/** What a view shows the rows of: one open file, or several that are joined. */
export interface ViewedFile extends TableReader {
  startSearch(onProgress: (progress: FindProgress) => void): RowSearch;
}
