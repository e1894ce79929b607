import { throwIfCancelled } from "../../model/exportError.ts";
import { untilCancelled } from "../../model/untilCancelled.ts";
import type { RowSearch, ViewedFile } from "../tableReader.ts";
import type { FindPattern, FindProgress } from "../tableTypes.ts";
import { OrderedMatches } from "./orderedMatches.ts";
import { type RowNumber, type RowPosition, rowPosition } from "./rowIdentity.ts";
import type { RowOrder } from "./rowOrder.ts";
import type { ViewCell, ViewMatch } from "./rowView.ts";

type Direction = "next" | "previous";

export interface OrderedSearchOptions {
  readonly search: number;
  readonly onProgress: (progress: FindProgress) => void;
  readonly mostCells: number;
}

const tellEveryMs = 100;
/** How many rows are looked at in one step: few while each of them is searched, many when matches are known. */
const searchedRows = 64;
const knownRows = 4096;

/**
 * One search in the rows of an order. The file is searched in its own order, and the matches are put into that of the
 * view. If they are too many to be kept, the view is searched row by row instead, and its matches are only counted.
 */
export class OrderedSearch {
  readonly #order: RowOrder;
  readonly #options: OrderedSearchOptions;
  readonly #matches: OrderedMatches;
  readonly #search: RowSearch;
  readonly #stop = new AbortController();
  #searched = { searchedBytes: 0, bytes: 0 };
  #isDone = false;
  #failure: { readonly error: unknown } | undefined;
  #toldAt = 0;
  /** Settles when all matches are known, or when they are too many. */
  readonly #settled: Promise<void>;
  #settle: () => void = () => undefined;

  constructor(file: ViewedFile, order: RowOrder, options: OrderedSearchOptions) {
    this.#order = order;
    this.#options = options;
    this.#matches = new OrderedMatches(order, options.mostCells);
    this.#settled = new Promise((resolve) => (this.#settle = resolve));
    this.#search = file.startSearch(({ searchedBytes, bytes }) => {
      this.#searched = { searchedBytes, bytes };
    });
  }

  get progress(): FindProgress {
    const { search } = this.#options;
    const { searchedBytes, bytes } = this.#searched;
    const state = { search, matches: this.#matches.count, bytes, done: this.#isDone };
    // The matches are counted in the file before they are found in the view.
    const shown = { ...state, searchedBytes: this.#isDone ? bytes : Math.min(searchedBytes, bytes * 0.99) };
    return this.#failure === undefined ? shown : { ...shown, stopped: true };
  }

  /** @throws ExportError `invalidRequest` for a broken regular expression and for a file without rows */
  async begin(pattern: FindPattern): Promise<FindProgress> {
    const { searchedBytes, bytes } = await this.#search.begin(pattern);
    throwIfCancelled(this.#stop.signal);
    this.#searched = { searchedBytes, bytes };
    void this.#collect(pattern, this.#stop.signal);
    return this.progress;
  }

  async next(from: ViewCell, direction: Direction, signal: AbortSignal): Promise<ViewMatch | undefined> {
    const eitherStops = AbortSignal.any([signal, this.#stop.signal]);
    await untilCancelled(this.#settled, eitherStops);
    if (this.#failure !== undefined) throw this.#failure.error;
    return this.#matches.areTooMany ? this.#walk(from, direction, eitherStops) : this.#matches.nearest(from, direction);
  }

  dispose(): void {
    this.#stop.abort();
    this.#search.dispose();
  }

  async #collect(pattern: FindPattern, signal: AbortSignal): Promise<void> {
    try {
      for await (const batch of this.#search.all(pattern, signal)) {
        await this.#matches.add(batch, signal);
        if (this.#matches.areTooMany) this.#settle();
        this.#tell();
      }
      this.#isDone = true;
    } catch (error) {
      this.#failure = { error };
    }
    this.#settle();
    if (!signal.aborted) this.#options.onProgress(this.progress);
  }

  #tell(): void {
    const now = performance.now();
    if (now - this.#toldAt < tellEveryMs) return;
    this.#toldAt = now;
    this.#options.onProgress(this.progress);
  }

  /** Goes through the view from a cell on, around its end, and back to the cell's row. */
  async #walk(from: ViewCell, direction: Direction, signal: AbortSignal): Promise<ViewMatch | undefined> {
    const { rows } = this.#order;
    const forwards = direction === "next";
    // Nothing comes before the first row, nor before what is before it.
    const start = Math.min(forwards ? from.position : Math.max(0, from.position), rows);
    const inRow = await this.#inOwnRow(from, direction, signal);
    if (inRow !== undefined) return inRow;
    const ahead = forwards ? Math.max(0, rows - 1 - start) : start;
    for (let passed = 0; passed < rows;) {
      const wrapped = passed >= ahead;
      const first = forwards ? (start + 1 + passed) % rows : (start - 1 - passed + 2 * rows) % rows;
      const left = wrapped ? rows - passed : ahead - passed;
      const count = Math.min(left, this.#isDone ? knownRows : searchedRows);
      const lowest = forwards ? first : first - count + 1;
      const found = await this.#inRows(lowest, count, direction, signal);
      if (found !== undefined) return { ...found, wrapped };
      passed += count;
    }
    return undefined;
  }

  async #inOwnRow(from: ViewCell, direction: Direction, signal: AbortSignal): Promise<ViewMatch | undefined> {
    if (from.position < 0) return undefined;
    const [number] = await this.#order.numbers(from.position, 1, signal);
    if (number === undefined) return undefined;
    const found = await this.#search.next({ row: number, column: from.column }, direction, signal);
    if (found?.row !== number || found.wrapped) return undefined;
    return { number, position: from.position, column: found.column, wrapped: false };
  }

  async #inRows(
    lowest: number,
    count: number,
    direction: Direction,
    signal: AbortSignal,
  ): Promise<Omit<ViewMatch, "wrapped"> | undefined> {
    const numbers = await this.#order.numbers(rowPosition(lowest), count, signal);
    const rows = numbers.map((number, at) => ({ number, position: rowPosition(lowest + at) }));
    for (const { number, position } of direction === "next" ? rows : rows.toReversed()) {
      if (this.#isDone && !this.#matches.rows.has(number)) continue;
      const found = await this.#inRow(number, position, direction, signal);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** The first or last match of a row. */
  async #inRow(number: RowNumber, position: RowPosition, direction: Direction, signal: AbortSignal) {
    const outside = { row: direction === "next" ? number : number + 1, column: -1 };
    const found = await this.#search.next(outside, direction, signal);
    return found?.row === number ? { number, position, column: found.column } : undefined;
  }
}
