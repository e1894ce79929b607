import { Listeners } from "../../channel/listeners.ts";
import { defined } from "../../model/defined.ts";
import { throwIfCancelled } from "../../model/exportError.ts";
import { summarizeRows } from "../summary/summarizeRows.ts";
import type { FileCell, ViewedFile } from "../tableReader.ts";
import {
  type CellText,
  type FindPattern,
  type FindProgress,
  mostRowsAtOnce,
  type RecordField,
  type SummaryAnswer,
  type TableProgress,
} from "../tableTypes.ts";
import { mostKeptCells } from "./orderedMatches.ts";
import { OrderedSearch } from "./orderedSearch.ts";
import { type RowNumber, type RowPosition, rowPosition } from "./rowIdentity.ts";
import type { RowOrder } from "./rowOrder.ts";
import type {
  RowView,
  ViewCell,
  ViewListener,
  ViewMatch,
  ViewRows,
  ViewRowsRequest,
  ViewSummaryRequest,
} from "./rowView.ts";

/** The most cells that are added up, like in file order. */
const mostSummedCells = 2_000_000;

/** The rows of a file in another order: sorted, filtered, or both. */
export class OrderedRows implements RowView {
  readonly isFileOrder = false;
  readonly #file: ViewedFile;
  readonly #order: RowOrder;
  readonly #mostCells: number;
  readonly #finds = new Listeners<FindProgress>();
  #searches = 0;
  #search: OrderedSearch | undefined;

  /** @param order disposed of with the view */
  constructor(file: ViewedFile, order: RowOrder, { mostCells = mostKeptCells }: { readonly mostCells?: number } = {}) {
    this.#file = file;
    this.#order = order;
    this.#mostCells = mostCells;
  }

  get size(): TableProgress | undefined {
    const { progress } = this.#file;
    const { rows } = this.#order;
    return progress && { ...progress, indexedBytes: progress.bytes, indexedRows: rows, rows, exact: true };
  }

  /** The order has all of its rows from the beginning. */
  listen(listener: ViewListener): { dispose(): void } {
    return this.#finds.add((progress) => listener.onFind?.(progress));
  }

  async rows({ from, count, ...request }: ViewRowsRequest, signal: AbortSignal): Promise<ViewRows> {
    const total = this.#order.rows;
    const wanted = Math.min(count, mostRowsAtOnce);
    const first = from === "last" ? rowPosition(Math.max(0, total - wanted)) : from;
    const numbers = first < total ? await this.#order.numbers(first, wanted, signal) : [];
    const answer = await this.#file.rowsAt({ ...request, rows: numbers }, signal);
    return { ...answer, from: first, numbers, provisional: false, atEnd: first + numbers.length >= total };
  }

  async positionOf(row: RowNumber, signal: AbortSignal): Promise<RowPosition | undefined> {
    return (await this.#order.positions([row], signal))[0];
  }

  cell(cell: FileCell, signal: AbortSignal): Promise<CellText> {
    return this.#file.cell(cell, signal);
  }

  record(row: RowNumber, signal: AbortSignal): Promise<readonly RecordField[]> {
    return this.#file.record(row, signal);
  }

  /** A sum doesn't depend on the order, and reading rows in file order is faster. */
  async summarize({ rows, columns }: ViewSummaryRequest, signal: AbortSignal): Promise<SummaryAnswer> {
    if (rows.count * columns.length > mostSummedCells) return { tooLarge: true };
    const numbers = (await this.#order.numbers(rows.from, rows.count, signal)).toSorted((one, other) => one - other);
    const read = {
      rows: async ({ from, count, columns: span, longest }: { from: number; count: number } & RowPart) => {
        const page = numbers.slice(from, from + Math.min(count, mostRowsAtOnce));
        return this.#file.rowsAt({ rows: page, ...defined({ columns: span, longest }) }, signal);
      },
    };
    const pause = (): Promise<void> => {
      throwIfCancelled(signal);
      return Promise.resolve();
    };
    return summarizeRows(read, { rows: { from: 0, count: numbers.length }, columns }, pause);
  }

  async counted(rows: number, signal: AbortSignal): Promise<void> {
    const last = Math.min(rows, this.#order.rows) - 1;
    if (last >= 0) await this.#order.numbers(rowPosition(last), 1, signal);
  }

  lineOf(row: RowNumber, signal: AbortSignal): Promise<number> {
    return this.#file.lineOf(row, signal);
  }

  find(pattern: FindPattern): Promise<FindProgress> {
    this.endFind();
    this.#searches += 1;
    this.#search = new OrderedSearch(this.#file, this.#order, {
      search: this.#searches,
      onProgress: (progress) => this.#finds.tell(progress),
      mostCells: this.#mostCells,
    });
    return this.#search.begin(pattern);
  }

  async findNext(from: ViewCell, direction: "next" | "previous", signal: AbortSignal): Promise<ViewMatch | undefined> {
    return this.#search?.next(from, direction, signal);
  }

  endFind(): void {
    this.#search?.dispose();
    this.#search = undefined;
  }

  dispose(): void {
    this.endFind();
    this.#order.dispose();
  }
}

type RowPart = Pick<ViewRowsRequest, "columns" | "longest">;
