import type { RowCells } from "../cells/rowCells.ts";
import type { Grammar, Scanner } from "../scan/scanner.ts";
import type { ByteSource } from "../source/byteSource.ts";
import type { Reading } from "../tableTypes.ts";

/** A file and how it is divided into rows and cells. */
export interface SearchedTable {
  readonly source: ByteSource;
  readonly scanner: Scanner;
  readonly grammar: Grammar;
  readonly reading: Reading;
  readonly cells: RowCells;
  /** First byte of the first row, behind byte order mark and header or JSON's opening bracket. */
  readonly begin: number;
}

export interface FinderSizes {
  /** Units that a step reads: bytes, or pairs of them in UTF-16; at most `inputCapacity`. */
  readonly stretch: number;
  /** Units of a row that is read whole; a step may read so many for one. */
  readonly longestRow: number;
}
