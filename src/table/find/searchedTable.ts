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
  /** The first byte of the first row, after byte order mark, header row, or opening bracket. */
  readonly begin: number;
}

export interface FinderSizes {
  /** How many units a step reads: bytes, or pairs of bytes in UTF-16. At most `inputCapacity`. */
  readonly stretch: number;
  /** The longest row that is read completely, in units. A step can read this much for one row. */
  readonly longestRow: number;
}
