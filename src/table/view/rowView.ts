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

/** A request for rows by their positions in a view. */
export interface ViewRowsRequest extends Omit<RowsRequest, "from"> {
  /** Position of the first row, or `last` for the view's last `count` rows. */
  readonly from: RowPosition | "last";
}

export interface ViewRows {
  readonly version: number;
  /** Position of the first row. Estimated if `provisional`: the index has not reached it yet. */
  readonly from: RowPosition;
  /** The number of each of `rows`, estimated if `from` is. */
  readonly numbers: readonly RowNumber[];
  readonly provisional: boolean;
  /** Whether the last of `rows` is currently the last row of the view. */
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
  /** The number of the match among all matches, from 0 in the view's order. Absent if they are too many to say. */
  readonly ordinal?: number;
  /** Whether the search reached one end of the view and continued at the other. */
  readonly wrapped: boolean;
}

export interface ViewListener {
  /** The number of rows changed, or is now exact. */
  onSize?(size: TableProgress): void;
  /** The progress of the view's search. */
  onFind?(progress: FindProgress): void;
}

/**
 * The rows of one file in one order, for one tab. Used by grid, find, copy, go to row, reveal and the saved scroll
 * position. Every method rejects like those of `TableReader`.
 */
export interface RowView {
  /** Whether every position has the same value as the number of its row. */
  readonly isFileOrder: boolean;
  /** The exact or estimated number of rows; undefined if there is no table. */
  readonly size: TableProgress | undefined;
  listen(listener: ViewListener): { dispose(): void };
  rows(request: ViewRowsRequest, signal: AbortSignal): Promise<ViewRows>;
  /** The position of a row; undefined if the view doesn't contain it. */
  positionOf(row: RowNumber, signal: AbortSignal): Promise<RowPosition | undefined>;
  cell(cell: FileCell, signal: AbortSignal): Promise<CellText>;
  /** Every field of a row, in the file's order. */
  record(row: RowNumber, signal: AbortSignal): Promise<readonly RecordField[]>;
  /** Adds up the cells of consecutive rows of the view. */
  summarize(request: ViewSummaryRequest, signal: AbortSignal): Promise<SummaryAnswer>;
  /** Resolves when the first `rows` rows, or all of them, have their final positions. */
  counted(rows: number, signal: AbortSignal): Promise<void>;
  /** The line on which a row begins, from 0. */
  lineOf(row: RowNumber, signal: AbortSignal): Promise<number>;
  /** Starts a search, which ends the previous one. Rejects with `invalidRequest` for an invalid regular expression. */
  find(pattern: FindPattern): Promise<FindProgress>;
  /** The nearest match after or before a cell, in the view's order; undefined if there is none. */
  findNext(from: ViewCell, direction: "next" | "previous", signal: AbortSignal): Promise<ViewMatch | undefined>;
  endFind(): void;
  dispose(): void;
}

/** A view's rows for reading many of them: copying, adding up, saving. */
export function pagesOf(view: RowView): RowPages {
  return {
    rows: ({ from, ...request }, signal) =>
      view.rows({ ...request, from: from === "last" ? "last" : rowPosition(from) }, signal),
    indexed: (rows, signal) => view.counted(rows, signal),
  };
}
