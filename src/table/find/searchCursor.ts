import { freshState } from "../scan/rowEnds.ts";
import type { ScanState } from "../scan/scanner.ts";

/** Where a search can begin: what it needs to know there of all that stands before. */
export interface SearchCursor {
  /** Byte of the file. */
  readonly byte: number;
  /** Number of the row that stands here. */
  readonly row: number;
  readonly state: Readonly<ScanState>;
  /** Units (bytes, or characters where `within` is "value") from here that belong to the match before. */
  readonly skip: number;
  /**
   * What begins here. "field" and "value" are only met in rows too long to be read whole: the next field of such a row,
   * or the next piece of a field too long as well. A search for a literal begins anywhere and does not look at this.
   */
  readonly within: "row" | "field" | "value";
}

export function cursorAtRow(byte: number, row: number): SearchCursor {
  return { byte, row, state: freshState(), skip: 0, within: "row" };
}

/** Told of matches in file order: how many of them in one cell; of a cell with several perhaps more than once in turn. */
export type Visit = (row: number, column: number, matches: number) => void;

/** What one step of a search came to. */
export interface Step {
  /** Where the next step begins, unless `atEnd`. */
  readonly next: SearchCursor;
  /** Nothing follows as the file stands now; if it grows, this step has to be made again. */
  readonly atEnd: boolean;
  /** Byte up to which the file is searched. */
  readonly searchedBytes: number;
}
