import type { Random } from "./random.ts";

export type Cell = string | number | boolean | null;

/** One kind of export: its columns, and how its rows are generated. */
export interface Subject {
  readonly idColumn: string;
  /** The ID of the row: its first column, unique in a file. `index` counts rows from 0. */
  id(index: number): number;
  /** The columns after the id. */
  readonly columns: readonly string[];
  /** One cell for each of `columns`. */
  row(random: Random, index: number): Cell[];
}
