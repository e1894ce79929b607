import type { FindPattern } from "../../src/table/tableTypes.ts";

/** Requests to the reader's program. It answers each with a `Reading`. */
export type ReaderQuestion =
  /** Opens the file and builds its whole index. */
  | { readonly kind: "index"; readonly path: string }
  /** Opens the file and reads its first rows. */
  | { readonly kind: "firstRows"; readonly path: string }
  /** Counts all matches in the open file. */
  | { readonly kind: "find"; readonly pattern: FindPattern }
  /** Reads a number of pages, each at a random row. */
  | { readonly kind: "pages"; readonly pages: number; readonly rowsPerPage: number; readonly seed: number }
  /** The memory of the process in bytes: now, and the most since the last request. */
  | { readonly kind: "memory" };

export interface Reading {
  /** For the whole request. */
  readonly wallSeconds: number;
  /** The number of rows or matches. */
  readonly count: number;
  /** Milliseconds of each page. */
  readonly pageMs: readonly number[];
  readonly rssBytes: number;
  readonly peakRssBytes: number;
}
