import { type RowNumber, rowNumber, type RowPosition, rowPosition } from "../../../../src/table/view/rowIdentity.ts";
import type { RowOrder } from "../../../../src/table/view/rowOrder.ts";

/** An order whose row numbers are all in memory. */
export class KnownOrder implements RowOrder {
  readonly #numbers: readonly RowNumber[];
  readonly #positions: ReadonlyMap<RowNumber, RowPosition>;

  constructor(numbers: readonly number[]) {
    this.#numbers = numbers.map(rowNumber);
    this.#positions = new Map(this.#numbers.map((number, position) => [number, rowPosition(position)]));
  }

  get rows(): number {
    return this.#numbers.length;
  }

  numbers(from: RowPosition, count: number, signal: AbortSignal): Promise<readonly RowNumber[]> {
    signal.throwIfAborted();
    return Promise.resolve(this.#numbers.slice(from, from + count));
  }

  positions(rows: readonly RowNumber[], signal: AbortSignal): Promise<readonly (RowPosition | undefined)[]> {
    signal.throwIfAborted();
    return Promise.resolve(rows.map((row) => this.#positions.get(row)));
  }

  dispose(): void {
    // There is nothing to dispose of.
  }
}
