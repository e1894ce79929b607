import type { Row, TableProgress } from "../../../table/tableTypes.ts";
import type { ViewRows } from "../../../table/view/rowView.ts";

interface LastRows {
  readonly rows: readonly Row[];
  /** Bytes that the file had then: with more, these are not its last rows any more. */
  readonly bytes: number;
}

/**
 * The file's last rows, by window of columns. Before the index is there they have no numbers, only a distance from the
 * end; as the count of rows is put right they move along with it.
 */
export class FileEnd {
  readonly #windows = new Map<number, LastRows>();

  /** The row at a position while the view has `progress.rows` rows; undefined when it is none of the last ones. */
  row(position: number, window: number, progress: TableProgress): Row | undefined {
    const last = this.#windows.get(window);
    if (last === undefined) return undefined;
    return last.rows[position - (progress.rows - last.rows.length)];
  }

  /** These are the last rows as the file stands now, and at least `count`, or all there are. */
  has(window: number, count: number, progress: TableProgress): boolean {
    const last = this.#windows.get(window);
    return last?.bytes === progress.bytes && last.rows.length >= Math.min(count, progress.rows);
  }

  put(window: number, answer: ViewRows, bytes: number): void {
    this.#windows.set(window, { rows: answer.rows, bytes });
  }

  /** Forgets rows that are the last no more, once the rows in view can be asked for by number. */
  settle(progress: TableProgress): void {
    for (const [window, last] of this.#windows) {
      if (last.bytes !== progress.bytes) this.#windows.delete(window);
    }
  }

  /** There are further columns: shown as they are, but to be asked for again. */
  outdate(): void {
    for (const [window, last] of this.#windows) this.#windows.set(window, { ...last, bytes: -1 });
  }

  clear(): void {
    this.#windows.clear();
  }
}
