import type { ColumnProfile } from "../../model/queryContract.ts";
import type { ViewedFile } from "../../table/tableReader.ts";
import type { RowOrder } from "../../table/view/rowOrder.ts";
import type {
  Arrangement,
  ColumnQuestion,
  ColumnValues,
  ColumnValuesQuestion,
  HistogramBar,
  ProfileQuestion,
} from "../../webview/table/messages.ts";

export interface ArrangeOptions {
  readonly signal: AbortSignal;
  /** @param share between 0 and 1; undefined if it isn't known */
  readonly onProgress: (share: number | undefined) => void;
}

/** Sorts and filters the rows of a file. All columns are named by their index. */
export interface Arranger {
  /** Resolves when the number of rows and the first of them are known. The caller disposes of the order. */
  arrange(file: ViewedFile, arrangement: Arrangement, options: ArrangeOptions): Promise<RowOrder>;
}

export interface ProfileOptions {
  readonly signal: AbortSignal;
  /** @param share between 0 and 1 */
  readonly onProgress: (share: number) => void;
  readonly onProfile: (column: number, profile: ColumnProfile) => void;
}

/** Says what a column contains, for the choice of a filter. All columns are named by their index. */
export interface ColumnSummaries {
  /** The values of the rows that pass a filter, the most frequent first. */
  values(file: ViewedFile, question: ColumnValuesQuestion, signal: AbortSignal): Promise<ColumnValues>;
  /** Ranges of a column's numbers or dates; none for a column of text. */
  histogram(file: ViewedFile, question: ColumnQuestion, signal: AbortSignal): Promise<readonly HistogramBar[]>;
}

/** Says more about columns, one after the other. All columns are named by their index. */
export interface ColumnProfiler {
  profile(file: ViewedFile, question: Omit<ProfileQuestion, "work">, options: ProfileOptions): Promise<void>;
}
