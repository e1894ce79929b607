/** There is at most one anchor for this many bytes of the file. */
export const anchorSpacing = 1 << 16;

/** How far apart landmarks are, in bytes: what is between them stays in the processor's cache while it is searched. */
const landmarkSpacing = 1 << 18;

/** A row and its first byte. */
export interface Anchor {
  readonly byte: number;
  readonly row: number;
}

/** How far an index is. */
export interface Covered {
  /** The first byte that is not indexed. */
  readonly bytes: number;
  /** How many rows ended before that. */
  readonly endedRows: number;
  /** Whether another row begins before that. */
  readonly hasOpenRow: boolean;
  /** The position after which there are no rows: the bracket that closes a JSON array. */
  readonly end: number | undefined;
}

/**
 * Where some of the rows begin: for each 64 KiB of the file in which a row ends, the first row that begins after such
 * an end. So a row begins less than 64 KiB after the anchor before it, or it is longer than that and ends at the next
 * anchor.
 *
 * Uses 16 bytes per anchor, which is 256 KiB for a file of 1 GiB, and at most twice that while it grows.
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

  /** Anchors are added in file order. */
  add({ byte, row }: Anchor): void {
    if (this.#count === this.#bytes.length) {
      this.#bytes = doubled(this.#bytes);
      this.#rows = doubled(this.#rows);
    }
    this.#bytes[this.#count] = byte;
    this.#rows[this.#count] = row;
    this.#count++;
  }

  /** Every anchor: byte and row of each, in file order. */
  get all(): Float64Array {
    const numbers = new Float64Array(this.#count * 2);
    for (let place = 0; place < this.#count; place++) {
      const { byte, row } = this.#anchor(place);
      numbers.set([byte, row], place * 2);
    }
    return numbers;
  }

  /** The last anchor at or before the row. */
  anchorFor(row: number): Anchor {
    return this.#anchor(lastUpTo(this.#rows, this.#count, row));
  }

  /** The last anchor at or before the byte, or the first anchor if there is none. */
  anchorAt(byte: number): Anchor {
    return this.#anchor(lastUpTo(this.#bytes, this.#count, byte));
  }

  /**
   * Anchors at a distance of at most `landmarkSpacing` where that is possible, and otherwise as close as they are.
   *
   * @returns byte and row of each, in file order
   */
  landmarks(): Float64Array {
    const chosen = new Float64Array(this.#count * 2);
    let count = 0;
    for (let place = 0; place < this.#count; place++) {
      const { byte, row } = this.#anchor(place);
      const previous = chosen[(count - 1) * 2] ?? -Infinity;
      const next = this.#bytes[place + 1] ?? Infinity;
      if (place > 0 && place + 1 < this.#count && next - previous <= landmarkSpacing) continue;
      chosen.set([byte, row], count * 2);
      count++;
    }
    return chosen.slice(0, count * 2);
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

/** The index of the last number up to a limit; 0 if all are greater. */
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
