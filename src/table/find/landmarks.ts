import { cursorAtRow, type SearchCursor } from "./searchCursor.ts";

/** A part of the file that consists of whole rows. */
export interface Interval {
  readonly from: SearchCursor;
  /** The byte after the last row. */
  readonly to: number;
}

/**
 * Known beginnings of rows, so that a search can begin anywhere in the file and doesn't need to count rows. The file
 * between two of them is an interval.
 */
export class Landmarks {
  readonly #numbers: Float64Array;

  /** @param numbers byte and row of each landmark, in file order, as `RowIndex.landmarks` returns them */
  constructor(numbers: Float64Array = new Float64Array(0)) {
    this.#numbers = numbers;
  }

  get intervals(): number {
    return Math.max(0, this.#numbers.length / 2 - 1);
  }

  /** @param index less than `intervals` */
  interval(index: number): Interval {
    return { from: this.cursor(index), to: this.#byte(index + 1) };
  }

  /** The interval that begins at a byte; -1 if none does. */
  indexAt(byte: number): number {
    const index = this.#countUpTo(byte) - 1;
    return index >= 0 && index < this.intervals && this.#byte(index) === byte ? index : -1;
  }

  /** The first landmark after a byte; infinity if there is none. */
  after(byte: number): number {
    return this.#byte(this.#countUpTo(byte));
  }

  cursor(index: number): SearchCursor {
    return cursorAtRow(this.#byte(index), this.#numbers[index * 2 + 1] ?? 0);
  }

  /** How many landmarks are at or before a byte. */
  #countUpTo(byte: number): number {
    let from = 0;
    let to = this.#numbers.length / 2;
    while (from < to) {
      const middle = (from + to) >>> 1;
      if (this.#byte(middle) <= byte) from = middle + 1;
      else to = middle;
    }
    return from;
  }

  #byte(index: number): number {
    return this.#numbers[index * 2] ?? Infinity;
  }
}
