import type { RowNumber, RowPosition } from "./rowIdentity.ts";

/** The rows of a file, or some of them, in another order: the result of sorting and filtering. */
export interface RowOrder {
  /** The number of rows in the order. */
  readonly rows: number;
  /** The numbers of the rows from a position on; fewer than `count` at the end. Waits until the order is known there. */
  numbers(from: RowPosition, count: number, signal: AbortSignal): Promise<readonly RowNumber[]>;
  /** For each row, its position in the order; undefined for a row that isn't part of it. */
  positions(rows: readonly RowNumber[], signal: AbortSignal): Promise<readonly (RowPosition | undefined)[]>;
  dispose(): void;
}
