import type {
  CellText,
  FindPattern,
  FindProgress,
  RecordField,
  Row,
  RowsRequest,
  SummaryAnswer,
  TableProgress,
} from "../tableTypes.ts";
import type { FileCell, RowPages } from "../tableReader.ts";
import { type RowNumber, type RowPosition, rowPosition } from "./rowIdentity.ts";

/** Rows by their positions in a view. */
export interface ViewRowsRequest extends Omit<RowsRequest, "from"> {
  /** Position of the first row; `last` asks for the view's last `count` rows. */
  readonly from: RowPosition | "last";
}

export interface ViewRows {
  readonly version: number;
  /** Position of the first row. A guess when `provisional`: the index has not reached it yet. */
  readonly from: RowPosition;
  /** The number of each of `rows`, guesses like `from`. */
  readonly numbers: readonly RowNumber[];
  readonly provisional: boolean;
  /** The last of `rows` is the view's last one, as the file is now. */
  readonly atEnd: boolean;
  readonly rows: readonly Row[];
}

/** Cells of a view, to add up. */
export interface ViewSummaryRequest {
  readonly rows: { readonly from: RowPosition; readonly count: number };
  /** Column indexes. */
  readonly columns: readonly number[];
}

/** A cell of a view, to start a search from. */
export interface ViewCell {
  /** -1 is before the first row. */
  readonly position: RowPosition;
  readonly column: number;
}

export interface ViewMatch extends ViewCell {
  readonly number: RowNumber;
  /** Which of all matches it is, counted from 0 in the view's order. */
  readonly ordinal: number;
  /** The search reached one end of the view and continued at the other. */
  readonly wrapped: boolean;
}

export interface ViewListener {
  /** Rows were counted, or came or went. */
  onSize?(size: TableProgress): void;
  /** How far the view's search is. */
  onFind?(progress: FindProgress): void;
}

/**
 * The rows of one file in one order, for one tab: everything that the grid, find, copy, go to row, reveal and the saved
 * position ask. Every method rejects as `TableReader`'s do.
 */
export interface RowView {
  /** Every position has the same value as the number of its row. */
  readonly isFileOrder: boolean;
  /** How many rows there are, exact or estimated; undefined while there is no table. */
  readonly size: TableProgress | undefined;
  listen(listener: ViewListener): { dispose(): void };
  rows(request: ViewRowsRequest, signal: AbortSignal): Promise<ViewRows>;
  /** Where a row is in the view; undefined when it is not part of it. */
  positionOf(row: RowNumber, signal: AbortSignal): Promise<RowPosition | undefined>;
  cell(cell: FileCell, signal: AbortSignal): Promise<CellText>;
  /** Every field of a row, in the file's order. */
  record(row: RowNumber, signal: AbortSignal): Promise<readonly RecordField[]>;
  /** Adds up the cells of rows that follow each other in the view. */
  summarize(request: ViewSummaryRequest, signal: AbortSignal): Promise<SummaryAnswer>;
  /** Resolves when the first so many rows, or all there are, have their final positions. */
  counted(rows: number, signal: AbortSignal): Promise<void>;
  /** The line of the text file on which a row begins, both counted from 0. */
  lineOf(row: RowNumber, signal: AbortSignal): Promise<number>;
  /** Starts a search, which ends the one before. Rejects with `invalidRequest` for a broken regular expression. */
  find(pattern: FindPattern): Promise<FindProgress>;
  /** The nearest match after or before a cell, in the view's order; undefined when there is none at all. */
  findNext(from: ViewCell, direction: "next" | "previous", signal: AbortSignal): Promise<ViewMatch | undefined>;
  endFind(): void;
  dispose(): void;
}

/** A view's rows for those who read many of them: copying, summing up, saving. */
export function pagesOf(view: RowView): RowPages {
  return {
    rows: ({ from, ...request }, signal) =>
      view.rows({ ...request, from: from === "last" ? "last" : rowPosition(from) }, signal),
    indexed: (rows, signal) => view.counted(rows, signal),
  };
}
