import { GrowingBytes } from "./growingBytes.ts";
import type { ColumnPage } from "./parquetWriter.ts";

const firstCapacity = 1 << 16;

/** Collects the values of one page. Its memory is used again for the next page. */
export class PageBuilder {
  readonly #values = new GrowingBytes(firstCapacity);
  #present = new Uint8Array(1 << 10);
  #rows = 0;
  #missing = 0;

  /** Valid until the page is cleared. */
  get page(): ColumnPage {
    return { values: this.#values.whole, present: this.#missing === 0 ? undefined : this.#present };
  }

  /** @param value undefined for NULL */
  add(value: string | undefined): void {
    const place = this.#rows >> 3;
    if (place === this.#present.length) this.#present = doubled(this.#present);
    const bit = 1 << (this.#rows & 7);
    // The first bit of a byte clears what an earlier page has left there.
    const before = bit === 1 ? 0 : (this.#present[place] ?? 0);
    this.#present[place] = value === undefined ? before : before | bit;
    if (value === undefined) this.#missing++;
    else this.#values.addText(value);
    this.#rows++;
  }

  clear(): void {
    this.#values.clear();
    this.#rows = 0;
    this.#missing = 0;
  }
}

function doubled(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const longer = new Uint8Array(bytes.length * 2);
  longer.set(bytes);
  return longer;
}
