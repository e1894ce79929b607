import type { Row, TableProgress } from "../../../table/tableTypes.ts";
import type { ViewRows } from "../../../table/view/rowView.ts";

interface LastRows {
  readonly rows: readonly Row[];
  /** The file's size then. If it is larger now, these are no longer its last rows. */
  readonly bytes: number;
}

/**
 * The file's last rows, by window of columns. Until the index is complete, they have no numbers, only a distance from
 * the end, so they move when the count of rows is corrected.
 */
export class FileEnd {
  readonly #windows = new Map<number, LastRows>();

  /** The row at a position in a view of `progress.rows` rows; undefined if it isn't one of the last rows. */
  row(position: number, window: number, progress: TableProgress): Row | undefined {
    const last = this.#windows.get(window);
    if (last === undefined) return undefined;
    return last.rows[position - (progress.rows - last.rows.length)];
  }

  /** Whether these are the last rows of the file as it is now, and at least `count` of them or all. */
  has(window: number, count: number, progress: TableProgress): boolean {
    const last = this.#windows.get(window);
    return last?.bytes === progress.bytes && last.rows.length >= Math.min(count, progress.rows);
  }

  put(window: number, answer: ViewRows, bytes: number): void {
    this.#windows.set(window, { rows: answer.rows, bytes });
  }

  /** Forgets rows that are no longer the last ones. Rows in view can be requested by number from then on. */
  settle(progress: TableProgress): void {
    for (const [window, last] of this.#windows) {
      if (last.bytes !== progress.bytes) this.#windows.delete(window);
    }
  }

  /** Columns were added: the rows stay in view, but have to be requested again. */
  outdate(): void {
    for (const [window, last] of this.#windows) this.#windows.set(window, { ...last, bytes: -1 });
  }

  clear(): void {
    this.#windows.clear();
  }
}
