/** The part of the API's types that is about sorting, filtering and querying. Like the contract, it imports nothing. */

/** A column's name. Its index in `columns` can be used instead, for columns of the same name. */
export type ColumnName = string | number;

/**
 * Numbers and dates are sorted by value if all values of the column are of that kind, otherwise text by code point.
 * Empty values come last in both directions. Rows with the same value stay in file order.
 */
export interface SortKey {
  column: ColumnName;
  descending?: boolean;
}

export type Filter = { all: Filter[] } | { any: Filter[] } | { not: Filter } | Condition;

/** Case doesn't matter unless `caseSensitive` is set. Whole values are compared, as the table shows them. */
export type Condition =
  | {
      column: ColumnName;
      is: "contains" | "equals" | "startsWith" | "endsWith" | "matches";
      value: string;
      caseSensitive?: boolean;
    }
  | { column: ColumnName; is: "in"; values: string[] }
  /** Compared by the column's type. */
  | { column: ColumnName; is: "less" | "atMost" | "more" | "atLeast"; value: string }
  /** Both ends belong to the range. */
  | { column: ColumnName; is: "between"; from: string; to: string }
  | { column: ColumnName; is: "empty" };

/** The formats that views and results are saved in. `jsonl` has one JSON object per line. */
export type SavedFormat = "csv" | "tsv" | "json" | "jsonl" | "parquet";

/** Integers beyond 2^53 and decimals are text. */
export interface QueryResult {
  columns: { name: string; type: string }[];
  rows: (string | number | boolean | null)[][];
  truncated: boolean;
  elapsedMs: number;
}

/** What a column contains. Only values that are not empty have `min`, `max` and so on. */
export interface ColumnProfile {
  name: string;
  /** As in `QueryResult`, such as `BIGINT` or `VARCHAR`. */
  type: string;
  /** Rows, including empty ones. */
  count: number;
  empty: number;
  distinct: number;
  distinctIsExact: boolean;
  min?: string;
  max?: string;
  /** Of numbers. */
  mean?: number;
  /** Of numbers: 5%, 25%, 50%, 75% and 95% of the values are at most as large. */
  quantiles?: number[];
  /** Of text: the number of characters. */
  lengths?: { min: number; max: number; mean: number };
  /** Of numbers and dates. Both ends belong to a range. */
  histogram?: { from: string; to: string; count: number }[];
  /** The most frequent values, as the table shows them. */
  frequent: { value: string; count: number }[];
}
