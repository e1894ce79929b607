import type { Row } from "../../../table/tableTypes.ts";
import type { RowNumber } from "../../../table/view/rowIdentity.ts";

/** The rows of one request. */
export const blockRows = 64;
/** The columns of one request in a table that has too many for one message. */
const windowColumns = 32;
/** Up to this many columns fit into one message. */
const mostUndividedColumns = 64;

/** Some or all rows of a block, for one window of columns. */
export interface Page {
  readonly rows: readonly Row[];
  /** The number of each of them. */
  readonly numbers: readonly RowNumber[];
  /** Whether it was estimated which rows these are. */
  readonly provisional: boolean;
  /** How many rows the index had when this was requested. */
  readonly indexedRows: number;
  /** How many columns the table had when this was requested. */
  readonly columns: number;
}

/** How the columns are divided into windows, each of which has requests of its own. */
export interface ColumnWindows {
  readonly count: number;
  windowOf(column: number): number;
  /** The index of a column's value in the rows of its window. */
  indexIn(column: number): number;
  /** The window as it is written in a request; undefined for all columns. */
  span(window: number): { readonly from: number; readonly count: number } | undefined;
}

export function columnWindows(columns: number): ColumnWindows {
  if (columns <= mostUndividedColumns) {
    return { count: 1, windowOf: () => 0, indexIn: (column) => column, span: () => undefined };
  }
  return {
    count: Math.ceil(columns / windowColumns),
    windowOf: (column) => Math.floor(column / windowColumns),
    indexIn: (column) => column % windowColumns,
    span: (window) => ({
      from: window * windowColumns,
      count: Math.min(windowColumns, columns - window * windowColumns),
    }),
  };
}

interface Entry {
  readonly page: Page;
  readonly bytes: number;
}

/** Pages by key, limited by the size of their texts. The page that was used longest ago is dropped first. */
export class PageCache {
  readonly #limitBytes: number;
  readonly #entries = new Map<number, Entry>();
  #bytes = 0;

  constructor(limitBytes: number) {
    this.#limitBytes = limitBytes;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get(key: number): Page | undefined {
    return this.#entries.get(key)?.page;
  }

  /** Marks a page as just used. */
  touch(key: number): void {
    const entry = this.#entries.get(key);
    if (entry === undefined) return;
    this.#entries.delete(key);
    this.#entries.set(key, entry);
  }

  /** Adds a page and drops others to make room. The newest page stays even if it alone exceeds the limit. */
  put(key: number, page: Page): void {
    this.#delete(key);
    const bytes = bytesOf(page.rows);
    this.#entries.set(key, { page, bytes });
    this.#bytes += bytes;
    for (const oldest of this.#entries.keys()) {
      if (this.#bytes <= this.#limitBytes || oldest === key) break;
      this.#delete(oldest);
    }
  }

  clear(): void {
    this.#entries.clear();
    this.#bytes = 0;
  }

  #delete(key: number): void {
    const entry = this.#entries.get(key);
    if (entry === undefined) return;
    this.#entries.delete(key);
    this.#bytes -= entry.bytes;
  }
}

/** Two bytes for each character, plus the objects. Rather too much than too little. */
function bytesOf(rows: readonly Row[]): number {
  let bytes = 0;
  for (const { cells } of rows) {
    bytes += 64;
    for (const cell of cells) bytes += 24 + 2 * cell.length;
  }
  return bytes;
}
