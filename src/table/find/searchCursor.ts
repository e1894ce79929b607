import { freshState } from "../scan/rowEnds.ts";
import type { ScanState } from "../scan/scanner.ts";

/** Where a search can begin, with everything that it needs to know about what comes before. */
export interface SearchCursor {
  /** The byte of the file. */
  readonly byte: number;
  /** The number of the row at this byte. */
  readonly row: number;
  readonly state: Readonly<ScanState>;
  /** How many units (bytes, or characters if `within` is "value") from here belong to the previous match. */
  readonly skip: number;
  /**
   * What begins here. "field" and "value" only occur in rows that are too long to be read completely: the next field of
   * such a row, or the next piece of a field that is too long as well. A search for a literal can begin anywhere and
   * ignores this.
   */
  readonly within: "row" | "field" | "value";
}

export function cursorAtRow(byte: number, row: number): SearchCursor {
  return { byte, row, state: freshState(), skip: 0, within: "row" };
}

/** Called for each cell with matches, in file order. A cell can be reported several times in a row. */
export type Visit = (row: number, column: number, matches: number) => void;

/** The result of one step of a search. */
export interface Step {
  /** Where the next step begins. Not used if `atEnd`. */
  readonly next: SearchCursor;
  /** Whether this is currently the end of the file. If the file grows, this step has to be repeated. */
  readonly atEnd: boolean;
  /** The byte up to which the file was searched. */
  readonly searchedBytes: number;
}
