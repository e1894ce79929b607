import type { Row } from "../../../table/tableTypes.ts";
import type { RowNumber } from "../../../table/view/rowIdentity.ts";

/** Rows that are asked for together. */
export const blockRows = 64;
/** Columns that are asked for together, where there are too many for one message. */
const windowColumns = 32;
/** Up to here one message takes all columns. */
const mostUndividedColumns = 64;

/** Some of a block's rows, or all, over one window of columns. */
export interface Page {
  readonly rows: readonly Row[];
  /** The number of each of them. */
  readonly numbers: readonly RowNumber[];
  /** Which rows these are was a guess. */
  readonly provisional: boolean;
  /** Rows that the index had when this was asked for. */
  readonly indexedRows: number;
  /** Columns that the table had when this was asked for. */
  readonly columns: number;
}

/** How the columns are divided into windows that are asked for separately. */
export interface ColumnWindows {
  readonly count: number;
  windowOf(column: number): number;
  /** A column's index within the values of its window's rows. */
  indexIn(column: number): number;
  /** The window as a request names it; undefined for all columns. */
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

/** Pages by a number of their own, bounded by the bytes of their texts; those not looked at for longest go first. */
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

  /** As if it had just been put: it goes last. */
  touch(key: number): void {
    const entry = this.#entries.get(key);
    if (entry === undefined) return;
    this.#entries.delete(key);
    this.#entries.set(key, entry);
  }

  /** Keeps a page, and lets others go for it; the newest stays even when it alone is over the limit. */
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

/** Two bytes a character and the objects around it: rather too much than too little. */
function bytesOf(rows: readonly Row[]): number {
  let bytes = 0;
  for (const { cells } of rows) {
    bytes += 64;
    for (const cell of cells) bytes += 24 + 2 * cell.length;
  }
  return bytes;
}
