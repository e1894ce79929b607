import type { FindPattern } from "../../src/table/tableTypes.ts";

/** What the reader's program is asked; it answers each with a `Reading`. */
export type ReaderQuestion =
  /** Opens the file and builds its whole index. */
  | { readonly kind: "index"; readonly path: string }
  /** Counts all matches of the file that is open. */
  | { readonly kind: "find"; readonly pattern: FindPattern }
  /** Reads so many pages, each at a random row. */
  | { readonly kind: "pages"; readonly pages: number; readonly rowsPerPage: number; readonly seed: number }
  /** Bytes that the process takes: now, and at most since it was asked last. */
  | { readonly kind: "memory" };

export interface Reading {
  /** Of the whole question. */
  readonly wallSeconds: number;
  /** Rows or matches that were counted. */
  readonly count: number;
  /** Milliseconds of each page. */
  readonly pageMs: readonly number[];
  readonly rssBytes: number;
  readonly peakRssBytes: number;
}
