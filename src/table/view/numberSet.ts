import type { RowNumber } from "./rowIdentity.ts";

/** A set of row numbers that needs one bit for each row of the file. */
export class NumberSet {
  #bits = new Uint32Array(1024);

  add(row: RowNumber): void {
    const at = Math.floor(row / 32);
    if (at >= this.#bits.length) {
      const longer = new Uint32Array(Math.max(at + 1, this.#bits.length * 2));
      longer.set(this.#bits);
      this.#bits = longer;
    }
    this.#bits[at] = (this.#bits[at] ?? 0) | (1 << (row % 32));
  }

  has(row: RowNumber): boolean {
    return ((this.#bits[Math.floor(row / 32)] ?? 0) & (1 << (row % 32))) !== 0;
  }
}
