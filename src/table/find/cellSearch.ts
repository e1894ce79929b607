import type { RowCells } from "../cells/rowCells.ts";
import type { Visit } from "./searchCursor.ts";
import type { Search } from "./search.ts";

/** Searches rows cell by cell, as shown in the table. */
export class CellSearch {
  readonly #cells: RowCells;
  readonly #search: Search;

  constructor(cells: RowCells, search: Search) {
    this.#cells = cells;
    this.#search = search;
  }

  /** @param firstColumn the index of the first field in `bytes` */
  row(bytes: Uint8Array, row: number, visit: Visit, firstColumn = 0): void {
    const { cells } = this.#cells.read(bytes);
    const { column } = this.#search;
    const from = column === undefined ? 0 : column - firstColumn;
    const to = column === undefined ? cells.length : from + 1;
    for (let at = Math.max(0, from); at < to; at++) {
      const matches = this.#search.count(cells[at] ?? "");
      if (matches > 0) visit(row, firstColumn + at, matches);
    }
  }
}
