/** At most one anchor for so many bytes of the file. */
export const anchorSpacing = 1 << 16;

/** A row and its first byte. */
export interface Anchor {
  readonly byte: number;
  readonly row: number;
}

/** How far an index has come. */
export interface Covered {
  /** Position of the first byte that it has not come to. */
  readonly bytes: number;
  /** Rows that ended before that. */
  readonly endedRows: number;
  /** Something of a further row stands there. */
  readonly hasOpenRow: boolean;
  /** Where rows end for good: the bracket that closes a JSON array. */
  readonly end: number | undefined;
}

/**
 * Where rows begin, sparsely: for each 64 KiB of the file in which rows end, the first row that begins after such an
 * end. So a row is less than 64 KiB behind the anchor before it, and a row that is longer ends at the next anchor.
 *
 * Holds 16 bytes an anchor, 256 KiB for 1 GiB of file, and at most twice that while it grows.
 */
export class RowIndex {
  covered: Covered;
  #bytes = new Float64Array(64);
  #rows = new Float64Array(64);
  #count = 0;

  /** @param begin first byte of the first row */
  constructor(begin: number) {
    this.covered = { bytes: begin, endedRows: 0, hasOpenRow: false, end: undefined };
    this.add({ byte: begin, row: 0 });
  }

  get anchors(): number {
    return this.#count;
  }

  /** Anchors come in the file's order. */
  add({ byte, row }: Anchor): void {
    if (this.#count === this.#bytes.length) {
      this.#bytes = doubled(this.#bytes);
      this.#rows = doubled(this.#rows);
    }
    this.#bytes[this.#count] = byte;
    this.#rows[this.#count] = row;
    this.#count++;
  }

  /** The last anchor that is not behind the row. */
  anchorFor(row: number): Anchor {
    return this.#anchor(lastUpTo(this.#rows, this.#count, row));
  }

  /** The last anchor that is not behind the byte; the first one when all are. */
  anchorAt(byte: number): Anchor {
    return this.#anchor(lastUpTo(this.#bytes, this.#count, byte));
  }

  #anchor(place: number): Anchor {
    return { byte: this.#bytes[place] ?? 0, row: this.#rows[place] ?? 0 };
  }
}

function doubled(numbers: Float64Array): Float64Array<ArrayBuffer> {
  const longer = new Float64Array(numbers.length * 2);
  longer.set(numbers);
  return longer;
}

/** Place of the last number up to a limit, 0 when all are greater. */
function lastUpTo(numbers: Float64Array, count: number, limit: number): number {
  let from = 0;
  let to = count;
  while (to - from > 1) {
    const middle = (from + to) >>> 1;
    if ((numbers[middle] ?? Infinity) <= limit) from = middle;
    else to = middle;
  }
  return from;
}
