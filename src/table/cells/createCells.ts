import type { Column, Reading } from "../tableTypes.ts";
import { createDelimitedCells } from "./delimitedCells.ts";
import { createJsonCells } from "./jsonCells.ts";
import type { RowCells } from "./rowCells.ts";

export interface CellsStart {
  readonly reading: Reading;
  /** The character that ends rows. */
  readonly newline: 10 | 13;
  /** Bytes of the file's first rows, from its `begin` on; a delimited text's header row is the first of them. */
  readonly rows: readonly Uint8Array[];
  /** Columns that another reader of the same file has already, so that both count them alike. */
  readonly columns?: readonly Column[];
}

/** Cells of a file's rows, as the file is read; names and types of columns are told from the first rows. */
export function createCells(start: CellsStart): RowCells {
  return start.reading.kind === "delimited" ? createDelimitedCells(start) : createJsonCells(start);
}
