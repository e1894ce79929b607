import type { RowIndex } from "./rowIndex.ts";
import { RowWalk } from "./rowWalk.ts";
import { type RowSpan, type ScannedFile, wholeBytes } from "./scannedFile.ts";

export interface IndexedFile extends ScannedFile {
  readonly index: RowIndex;
}

/** How many bytes are read at once: enough to get from an anchor to its row and to the next anchor. */
const readBytes = 1 << 17;
/** How many bytes beyond the index are read to find rows. */
const readOnBytes = 1 << 25;
const mostStarts = 4096;

/**
 * Finds rows, starting at the anchor before the first one. Reads little more than the rows themselves. Of an indexed
 * row that is long, reads only the beginning. Reads at most 32 MiB beyond the index.
 *
 * @returns a span for each row, in order; fewer than `count` at the end of the file, or if rows are too far beyond the
 * index. Includes a last row without an end.
 */
export function rowSpans(file: IndexedFile, row: number, count: number): RowSpan[] {
  const search = new SpanSearch(file, row, count);
  while (search.advance());
  return search.spans;
}

class SpanSearch {
  readonly spans: RowSpan[] = [];
  readonly #file: IndexedFile;
  readonly #first: number;
  readonly #behind: number;
  readonly #farthest: number;
  #walk: RowWalk;
  /** The current row of the walk. */
  #row: number;

  constructor(file: IndexedFile, row: number, count: number) {
    this.#file = file;
    this.#first = row;
    this.#behind = row + count;
    this.#farthest = file.index.covered.bytes + readOnBytes;
    const anchor = file.index.anchorFor(row);
    this.#row = anchor.row;
    this.#walk = new RowWalk(file, anchor.byte);
  }

  /** Returns whether there is more to read. */
  advance(): boolean {
    if (this.#row >= this.#behind) return false;
    const length = this.#walk.load(readBytes);
    if (length === 0) {
      this.#endOpenRow(this.#walk.byte, this.#walk.hasOpenRow);
      return false;
    }
    const before = this.#row;
    this.#passLoaded(length);
    if (this.#walk.end !== undefined) {
      this.#endOpenRow(this.#walk.end, this.#walk.hasOpenRow);
      return false;
    }
    if (this.#row > before) return this.#row < this.#behind;
    return this.#leap() && this.#walk.byte < this.#farthest;
  }

  #passLoaded(length: number): void {
    for (let from = 0; from < length && this.#row < this.#behind;) {
      const starts = new Uint32Array(Math.min(this.#behind - this.#row, mostStarts));
      let { rowStart } = this.#walk;
      const count = this.#walk.passStarts(from, length, starts);
      for (const start of starts.subarray(0, count)) {
        const end = this.#walk.byteAt(start);
        this.#endRow({ start: rowStart, end });
        rowStart = end;
      }
      from = count === starts.length ? (starts[count - 1] ?? length) : length;
    }
  }

  #endRow(span: RowSpan): void {
    if (this.#row >= this.#first) this.spans.push(span);
    this.#row++;
  }

  /** Skips to the end of a long row, if the index knows it. Returns whether anything follows. */
  #leap(): boolean {
    const { covered } = this.#file.index;
    const { rowStart } = this.#walk;
    const next = this.#file.index.anchorFor(this.#row + 1);
    if (next.row === this.#row + 1) {
      this.#endRow({ start: rowStart, end: next.byte });
      this.#walk = new RowWalk(this.#file, next.byte);
      return true;
    }
    const size = wholeBytes(this.#file, this.#file.source.size - rowStart) + rowStart;
    const isLast = this.#row === covered.endedRows && (covered.end !== undefined || covered.bytes >= size);
    if (isLast) this.#endOpenRow(covered.end ?? size, covered.hasOpenRow);
    return !isLast;
  }

  #endOpenRow(end: number, hasOpenRow: boolean): void {
    if (hasOpenRow) this.#endRow({ start: this.#walk.rowStart, end });
  }
}
