import { throwIfCancelled } from "../../model/exportError.ts";
import type { RowPages, ViewedFile } from "../tableReader.ts";
import { mostRowsAtOnce, type Row, type Rows, type RowsRequest } from "../tableTypes.ts";
import { rowPosition } from "../view/rowIdentity.ts";
import type { RowOrder } from "../view/rowOrder.ts";

/** How many characters of rows are kept in memory, and how many rows at most. */
const mostCharacters = 32 * 1024 * 1024;
const mostRows = 250_000;

interface Batch {
  /** The position of the first row. */
  readonly from: number;
  readonly version: number;
  readonly rows: readonly Row[];
}

type Wanted = Omit<RowsRequest, "from" | "count">;

/**
 * The rows of an order, for reading all of them one after the other. Rows of a sorted view are anywhere in the file, so many
 * of them are read at once, in file order: each batch passes through the file once.
 */
export class GatheredRows implements Pick<RowPages, "rows"> {
  readonly #file: Pick<ViewedFile, "rowsAt">;
  readonly #order: RowOrder;
  readonly #mostCharacters: number;
  #batch: Batch = { from: 0, version: 0, rows: [] };
  #batchRows = mostRowsAtOnce;

  constructor(file: Pick<ViewedFile, "rowsAt">, order: RowOrder, { most = mostCharacters } = {}) {
    this.#file = file;
    this.#order = order;
    this.#mostCharacters = most;
  }

  /** The next rows. @param request must always ask for the same columns */
  async rows({ from, count, ...wanted }: RowsRequest, signal: AbortSignal): Promise<Pick<Rows, "version" | "rows">> {
    const first = from === "last" ? Math.max(0, this.#order.rows - count) : from;
    const { from: start, rows } = this.#batch;
    if (first < start || first >= start + rows.length) await this.#gather(first, wanted, signal);
    const { from: begin, version, rows: gathered } = this.#batch;
    return { version, rows: gathered.slice(first - begin, first - begin + count) };
  }

  async #gather(from: number, wanted: Wanted, signal: AbortSignal): Promise<void> {
    const numbers = await this.#order.numbers(rowPosition(from), this.#batchRows, signal);
    const ascending = numbers.toSorted((one, other) => one - other);
    const byNumber = new Map<number, Row>();
    const versions = new Set<number>();
    for (let at = 0; at < ascending.length; at += mostRowsAtOnce) {
      throwIfCancelled(signal);
      const page = ascending.slice(at, at + mostRowsAtOnce);
      const { version, rows } = await this.#file.rowsAt({ ...wanted, rows: page }, signal);
      versions.add(version);
      for (const [place, row] of rows.entries()) byNumber.set(page[place] ?? -1, row);
    }
    const rows = numbers.map((number) => byNumber.get(number)).filter((row) => row !== undefined);
    // The newest one differs from that of the table if the file was read again meanwhile.
    this.#batch = { from, version: Math.max(0, ...versions), rows };
    const length = rows.reduce((sum, { cells }) => sum + cells.reduce((all, cell) => all + cell.length + 1, 0), 0);
    const fitting = Math.floor((rows.length * this.#mostCharacters) / Math.max(length, 1));
    this.#batchRows = Math.max(1, Math.min(mostRows, fitting));
  }
}
