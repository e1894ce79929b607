import type { Row, TableProgress } from "../../../table/tableTypes.ts";
import { type RowNumber, rowNumber, rowPosition } from "../../../table/view/rowIdentity.ts";
import type { ViewRows, ViewRowsRequest } from "../../../table/view/rowView.ts";
import { FileEnd } from "./fileEnd.ts";
import { blockRows, type ColumnWindows, columnWindows, PageCache } from "./pageCache.ts";

const cacheBytes = 8 * 1024 * 1024;
/** How long the view has to rest after several jumps in a row. */
const restMs = 40;
/** How long to wait before a refused page is requested again. */
const retryMs = 1000;

export interface RowSourceOptions {
  readonly fetch: (request: ViewRowsRequest, signal: AbortSignal) => Promise<ViewRows>;
  /** Rows in view arrived or were corrected. */
  readonly onRows: () => void;
  /** Rows in view can't be read. The argument is one whole sentence. */
  readonly onRefused: (message: string) => void;
}

/** The positions of the rows in view, `to` excluded, and the indexes of the columns in view. */
export interface NeededRows {
  readonly from: number;
  readonly to: number;
  readonly columns: readonly number[];
}

const nothing: NeededRows = { from: 0, to: 0, columns: [] };
const noProgress: TableProgress = {
  version: -1,
  bytes: 0,
  indexedBytes: 0,
  indexedRows: 0,
  rows: 0,
  exact: false,
  growing: false,
  endsInRecord: false,
};

/**
 * The rows received so far, by position. Missing rows are requested in blocks. A block has at most one open request, and
 * requests for rows that were scrolled past are canceled. While the view jumps from frame to frame, nothing is
 * requested until it rests.
 */
export class RowSource {
  readonly #options: RowSourceOptions;
  readonly #cache = new PageCache(cacheBytes);
  readonly #end = new FileEnd();
  /** Running requests by page. The keys of requests for the file's end are negative, by window. */
  readonly #running = new Map<number, AbortController>();
  readonly #refusedAt = new Map<number, number>();
  #columns = 0;
  #isFileOrder = true;
  #windows: ColumnWindows = columnWindows(0);
  #progress = noProgress;
  #needed = nothing;
  #jumpedAt = Number.NEGATIVE_INFINITY;
  #rest: ReturnType<typeof setTimeout> | undefined;

  constructor(options: RowSourceOptions) {
    this.#options = options;
  }

  /** Forgets everything: another version of the rows, or other columns. */
  reset(columns: number, progress: TableProgress, isFileOrder = this.#isFileOrder): void {
    this.#cancel(() => true);
    clearTimeout(this.#rest);
    this.#cache.clear();
    this.#end.clear();
    this.#refusedAt.clear();
    this.#columns = columns;
    this.#isFileOrder = isFileOrder;
    this.#windows = columnWindows(columns);
    this.#progress = progress;
    this.#needed = nothing;
    this.#jumpedAt = Number.NEGATIVE_INFINITY;
  }

  /** Columns were added at the end. Rows stay in view while they are requested again. */
  extend(columns: number): void {
    const windows = columnWindows(columns);
    if (windows.count !== this.#windows.count) {
      this.reset(columns, this.#progress);
      return;
    }
    this.#columns = columns;
    this.#windows = windows;
    this.#end.outdate();
  }

  update(progress: TableProgress): void {
    this.#progress = progress;
    if (progress.exact) this.#end.settle(progress);
  }

  /** The index of a column's value in the `cells` of a row that `row` returns. */
  indexIn(column: number): number {
    return this.#windows.indexIn(column);
  }

  /** The row as far as it has arrived: its values for the window that contains a column. */
  row(position: number, column: number): Row | undefined {
    const window = this.#windows.windowOf(column);
    const page = this.#cache.get(this.#key(Math.floor(position / blockRows), window));
    const row = page?.rows[position % blockRows];
    if (row !== undefined && page?.provisional === false) return row;
    return this.#end.row(position, window, this.#progress) ?? row;
  }

  /** The number of the row at a position; undefined if only the host knows it. */
  numberAt(position: number): RowNumber | undefined {
    if (this.#isFileOrder) return rowNumber(position);
    for (let window = 0; window < this.#windows.count; window += 1) {
      const page = this.#cache.get(this.#key(Math.floor(position / blockRows), window));
      const number = page?.numbers[position % blockRows];
      if (number !== undefined) return number;
    }
    return undefined;
  }

  /** The number of the row at a position; undefined if there is no such row. */
  async numberOf(position: number, signal: AbortSignal): Promise<RowNumber | undefined> {
    const known = this.numberAt(position);
    if (known !== undefined) return known;
    const request = { from: rowPosition(position), count: 1, columns: { from: 0, count: 1 } };
    return (await this.#options.fetch(request, signal)).numbers[0];
  }

  /** Whether the row's number is an estimate. */
  isProvisional(position: number): boolean {
    return !this.#progress.exact && position >= this.#progress.indexedRows;
  }

  /** Sets what is in view, and requests what is missing there and around it. */
  need(needed: NeededRows): void {
    const before = this.#needed;
    const jumped = needed.from >= before.to || needed.to <= before.from;
    this.#needed = needed;
    const wanted = new Set(this.#wanted().map(({ key }) => key));
    this.#cancel((key) => !wanted.has(key));
    const now = performance.now();
    if (jumped && now - this.#jumpedAt < restMs) {
      clearTimeout(this.#rest);
      this.#rest = setTimeout(() => {
        this.#rest = undefined;
        this.#ask();
      }, restMs);
    } else if (this.#rest === undefined) {
      this.#ask();
    }
    if (jumped) this.#jumpedAt = now;
  }

  #key(block: number, window: number): number {
    return block * this.#windows.count + window;
  }

  #ask(): void {
    for (const wanted of this.#wanted()) {
      if (this.#running.has(wanted.key) || this.#wasJustRefused(wanted.key)) continue;
      if (wanted.block === "end") this.#askForEnd(wanted.key, wanted.window);
      else if (this.#lacks(wanted.key, wanted.block)) this.#askForBlock(wanted.key, wanted.block, wanted.window);
    }
  }

  /** The pages in view first, then the ones around them. */
  #wanted(): { key: number; block: number | "end"; window: number }[] {
    const { from, to, columns } = this.#needed;
    if (to <= from) return [];
    const windows = [...new Set(columns.map((column) => this.#windows.windowOf(column)))];
    const atEnd = !this.#progress.exact && to >= this.#progress.rows;
    const first = Math.floor(from / blockRows);
    const last = Math.floor((to - 1) / blockRows);
    const blocks = Array.from({ length: last - first + 1 }, (_, n) => first + n);
    const around = [last + 1, first - 1].filter((block) => block >= 0 && block * blockRows < this.#progress.rows);
    if (atEnd) return windows.map((window) => ({ key: -1 - window, block: "end" as const, window }));
    return [...blocks, ...around].flatMap((block) =>
      windows.map((window) => ({ key: this.#key(block, window), block, window })),
    );
  }

  #lacks(key: number, block: number): boolean {
    const page = this.#cache.get(key);
    if (page === undefined) return true;
    this.#cache.touch(key);
    if (page.columns !== this.#columns) return true;
    const { indexedRows, exact, rows } = this.#progress;
    const first = block * blockRows;
    const known = exact ? rows : indexedRows;
    if (page.provisional) return exact || known >= Math.min(rows, first + blockRows);
    return page.rows.length < Math.min(blockRows, known - first) && page.indexedRows !== indexedRows;
  }

  #wasJustRefused(key: number): boolean {
    const at = this.#refusedAt.get(key);
    return at !== undefined && performance.now() - at < retryMs;
  }

  #askForBlock(key: number, block: number, window: number): void {
    const { indexedRows } = this.#progress;
    const columns = this.#columns;
    this.#fetch(key, window, block * blockRows, blockRows, (answer) =>
      this.#cache.put(key, {
        rows: answer.rows,
        numbers: answer.numbers,
        provisional: answer.provisional,
        indexedRows,
        columns,
      }),
    );
  }

  #askForEnd(key: number, window: number): void {
    const count = this.#needed.to - this.#needed.from + blockRows;
    const { bytes } = this.#progress;
    if (this.#end.has(window, count - blockRows, this.#progress)) return;
    this.#fetch(key, window, "last", count, (answer) => this.#end.put(window, answer, bytes));
  }

  #fetch(key: number, window: number, at: number | "last", count: number, keep: (answer: ViewRows) => void): void {
    const span = this.#windows.span(window);
    const from = at === "last" ? at : rowPosition(at);
    const running = new AbortController();
    this.#running.set(key, running);
    this.#options.fetch({ from, count, ...(span && { columns: span }) }, running.signal).then(
      (answer) => {
        if (running.signal.aborted) return;
        this.#running.delete(key);
        this.#refusedAt.delete(key);
        // Rows of another version: a shape for them will follow and reset everything.
        if (answer.version !== this.#progress.version) return;
        keep(answer);
        this.#options.onRows();
      },
      (error: unknown) => {
        if (running.signal.aborted) return;
        this.#running.delete(key);
        this.#refusedAt.set(key, performance.now());
        this.#options.onRefused(error instanceof Error ? error.message : String(error));
      },
    );
  }

  #cancel(which: (key: number) => boolean): void {
    for (const [key, running] of this.#running) {
      if (!which(key)) continue;
      this.#running.delete(key);
      running.abort();
    }
  }
}
