import type { Filter, SortKey } from "../../src/model/queryContract.ts";

/** What a program does one after the other. Only the time of each step is measured. */
export type QueryStep =
  /** From the request to the texts of the first 60 rows. */
  | { readonly kind: "arrange"; readonly sort: SortKey[]; readonly filter: Filter | null }
  /** Until the last row of the order is known. */
  | { readonly kind: "whole" }
  /** Random pages of the order: the longest time of 99 in 100. */
  | { readonly kind: "pages"; readonly pages: number }
  | { readonly kind: "query"; readonly sql: string };

export interface QueryAnswer {
  readonly seconds: number;
  /** The number of rows of the result. */
  readonly rows: number;
}

export interface QueryReport {
  readonly answers: readonly QueryAnswer[];
  /** Of the process that has the file open: the longest delay of its event loop, 99 in 100 are shorter. */
  readonly loopDelayMs: number;
  /** How much more memory that process uses at most than before the first step. */
  readonly addedMiB: number;
  /** What is kept of the columns at the end. */
  readonly cacheBytes: number;
}

export interface QueryTask {
  readonly path: string;
  readonly folder: string;
  readonly steps: readonly QueryStep[];
}
