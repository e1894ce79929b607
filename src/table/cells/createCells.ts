import type { Newline } from "../scan/scanner.ts";
import type { Column, Reading } from "../tableTypes.ts";
import { createDelimitedCells } from "./delimitedCells.ts";
import { createJsonCells } from "./jsonCells.ts";
import type { RowCells } from "./rowCells.ts";

export interface CellsStart {
  readonly reading: Reading;
  /** The character that ends rows. */
  readonly newline: Newline;
  /** The bytes of the file's first rows, including the header row of delimited text. */
  readonly rows: readonly Uint8Array[];
  /** Columns from another reader of the same file, so that both use the same indexes. */
  readonly columns?: readonly Column[];
}

/** Reads the cells of a file's rows. Column names and types are determined from the first rows. */
export function createCells(start: CellsStart): RowCells {
  return start.reading.kind === "delimited" ? createDelimitedCells(start) : createJsonCells(start);
}
