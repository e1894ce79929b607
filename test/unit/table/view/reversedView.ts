import { Listeners } from "../../../../src/channel/listeners.ts";
import type { OpenFile } from "../../../../src/table/file/openFile.ts";
import type { FileCell } from "../../../../src/table/tableReader.ts";
import {
  type CellText,
  type FindPattern,
  type FindProgress,
  type Match,
  mostRowsAtOnce,
  type TableProgress,
} from "../../../../src/table/tableTypes.ts";
import { type RowNumber, rowNumber, type RowPosition, rowPosition } from "../../../../src/table/view/rowIdentity.ts";
import type {
  RowView,
  ViewCell,
  ViewListener,
  ViewMatch,
  ViewRows,
  ViewRowsRequest,
} from "../../../../src/table/view/rowView.ts";

interface ReversedSearch {
  readonly stop: AbortController;
  /** All cells with matches, in the view's order. */
  readonly cells: Promise<readonly Omit<ViewMatch, "wrapped">[]>;
}

/** The second view: the rows of a file backwards. What sorting and filtering will need of the grid, this needs, too. */
export class ReversedView implements RowView {
  readonly isFileOrder = false;
  readonly #file: OpenFile;
  readonly #finds = new Listeners<FindProgress>();
  #searches = 0;
  #search: ReversedSearch | undefined;

  constructor(file: OpenFile) {
    this.#file = file;
  }

  get size(): TableProgress | undefined {
    return this.#file.progress;
  }

  listen(listener: ViewListener): { dispose(): void } {
    const listening = [
      this.#finds.add((progress) => listener.onFind?.(progress)),
      this.#file.listen({ onProgress: (progress) => listener.onSize?.(progress) }),
    ];
    return { dispose: () => listening.forEach((each) => each.dispose()) };
  }

  async rows({ from, count, ...request }: ViewRowsRequest, signal: AbortSignal): Promise<ViewRows> {
    const total = await this.#total(signal);
    const wanted = Math.min(count, mostRowsAtOnce);
    const first = from === "last" ? Math.max(0, total - wanted) : from;
    const end = Math.min(total, first + wanted);
    const lowest = total - end;
    const answer = await this.#file.rows({ ...request, from: rowNumber(lowest), count: end - first }, signal);
    const numbers = answer.rows.map((_, index) => rowNumber(lowest + index)).toReversed();
    return { ...answer, from: rowPosition(first), numbers, atEnd: end === total, rows: answer.rows.toReversed() };
  }

  async positionOf(row: RowNumber, signal: AbortSignal): Promise<RowPosition | undefined> {
    const total = await this.#total(signal);
    return row < total ? rowPosition(total - 1 - row) : undefined;
  }

  cell(cell: FileCell, signal: AbortSignal): Promise<CellText> {
    return this.#file.cell(cell, signal);
  }

  async counted(_rows: number, signal: AbortSignal): Promise<void> {
    await this.#total(signal);
  }

  lineOf(row: RowNumber, signal: AbortSignal): Promise<number> {
    return this.#file.lineOf(row, signal);
  }

  async find(pattern: FindPattern): Promise<FindProgress> {
    this.endFind();
    const search = (this.#searches += 1);
    const stop = new AbortController();
    const batches = this.#file.matches(pattern, stop.signal)[Symbol.asyncIterator]();
    // Rejects for a broken pattern.
    const first = await batches.next();
    const cells = this.#collect(batches, first, search, stop.signal);
    cells.catch(() => undefined);
    this.#search = { stop, cells };
    return this.#progress(search, 0, false);
  }

  async findNext(from: ViewCell, direction: "next" | "previous", signal: AbortSignal): Promise<ViewMatch | undefined> {
    const cells = await this.#search?.cells;
    signal.throwIfAborted();
    if (cells === undefined) return undefined;
    const near =
      direction === "next"
        ? cells.find((cell) => isBefore(from, cell))
        : cells.findLast((cell) => isBefore(cell, from));
    const found = near ?? (direction === "next" ? cells[0] : cells.at(-1));
    return found && { ...found, wrapped: near === undefined };
  }

  endFind(): void {
    this.#search?.stop.abort();
    this.#search = undefined;
  }

  dispose(): void {
    this.endFind();
  }

  async #total(signal: AbortSignal): Promise<number> {
    return (await this.#file.indexed(Number.MAX_SAFE_INTEGER, signal)).rows;
  }

  async #collect(
    batches: AsyncIterator<readonly Match[]>,
    first: IteratorResult<readonly Match[]>,
    search: number,
    signal: AbortSignal,
  ): Promise<Omit<ViewMatch, "wrapped">[]> {
    const matches: Match[] = [];
    for (let batch = first; batch.done !== true; batch = await batches.next()) matches.push(...batch.value);
    const total = await this.#total(signal);
    this.#finds.tell(this.#progress(search, matches.length, true));
    const ordered = matches.toSorted((one, other) => other.row - one.row || one.column - other.column);
    return ordered
      .map(({ row, column }, ordinal) => {
        return { number: rowNumber(row), position: rowPosition(total - 1 - row), column, ordinal };
      })
      .filter(({ number, column }, index, all) => {
        const before = all[index - 1];
        return before?.number !== number || before.column !== column;
      });
  }

  #progress(search: number, matches: number, done: boolean): FindProgress {
    const bytes = this.size?.bytes ?? 0;
    return { search, matches, searchedBytes: done ? bytes : 0, bytes, done };
  }
}

function isBefore(one: ViewCell, other: ViewCell): boolean {
  return one.position < other.position || (one.position === other.position && one.column < other.column);
}
