import type { Match } from "../tableTypes.ts";
import { NumberSet } from "./numberSet.ts";
import { type RowNumber, rowNumber, type RowPosition } from "./rowIdentity.ts";
import type { RowOrder } from "./rowOrder.ts";
import type { ViewCell, ViewMatch } from "./rowView.ts";

/** So many cells with matches are kept, to go from one to the next and to number them. */
export const mostKeptCells = 200_000;

interface MatchedCell extends ViewCell {
  readonly number: RowNumber;
  /** How many matches it has. */
  matches: number;
}

/** The matches of a search that are in rows of an order. They arrive in file order. */
export class OrderedMatches {
  /** The number of matches. */
  count = 0;
  /** The rows with matches. */
  readonly rows = new NumberSet();
  readonly #order: RowOrder;
  readonly #mostCells: number;
  /** Undefined if there are too many. */
  #cells: MatchedCell[] | undefined = [];
  #sorted: readonly Omit<ViewMatch, "wrapped">[] | undefined;

  constructor(order: RowOrder, mostCells: number) {
    this.#order = order;
    this.#mostCells = mostCells;
  }

  get areTooMany(): boolean {
    return this.#cells === undefined;
  }

  async add(matches: readonly Match[], signal: AbortSignal): Promise<void> {
    const numbers = [...new Set(matches.map(({ row }) => rowNumber(row)))];
    const positions = await this.#order.positions(numbers, signal);
    const positionOf = new Map(numbers.map((number, at) => [number, positions[at]]));
    for (const { row, column } of matches) {
      const number = rowNumber(row);
      const position = positionOf.get(number);
      if (position === undefined) continue;
      this.count++;
      this.rows.add(number);
      this.#keep(number, position, column);
    }
    if ((this.#cells?.length ?? 0) > this.#mostCells) this.#cells = undefined;
  }

  /** The nearest match after or before a cell, when all were added and are not too many. */
  nearest(from: ViewCell, direction: "next" | "previous"): ViewMatch | undefined {
    const all = (this.#sorted ??= inViewOrder(this.#cells ?? []));
    const after = firstAfter(all, from);
    const isSame = (match: ViewCell | undefined): boolean =>
      match?.position === from.position && match.column === from.column;
    const before = isSame(all[after - 1]) ? after - 2 : after - 1;
    const near = direction === "next" ? all[after] : all[before];
    const found = near ?? all.at(direction === "next" ? 0 : -1);
    return found && { ...found, wrapped: near === undefined };
  }

  #keep(number: RowNumber, position: RowPosition, column: number): void {
    const last = this.#cells?.at(-1);
    if (last?.number === number && last.column === column) last.matches++;
    else this.#cells?.push({ number, position, column, matches: 1 });
  }
}

function inViewOrder(cells: readonly MatchedCell[]): Omit<ViewMatch, "wrapped">[] {
  const sorted = cells.toSorted((one, other) => one.position - other.position || one.column - other.column);
  let ordinal = 0;
  return sorted.map(({ matches, ...cell }) => {
    const numbered = { ...cell, ordinal };
    ordinal += matches;
    return numbered;
  });
}

/** The index of the first cell after another one. */
function firstAfter(cells: readonly ViewCell[], { position, column }: ViewCell): number {
  let from = 0;
  let to = cells.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    const cell = cells[middle];
    const isAfter =
      cell !== undefined && (cell.position > position || (cell.position === position && cell.column > column));
    if (isAfter) to = middle;
    else from = middle + 1;
  }
  return from;
}
