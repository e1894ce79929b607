import type { SourceField } from "../exportSource.ts";
import type { ColumnPage } from "./parquet/parquetWriter.ts";

/** The same value in all rows. */
export class RepeatedValue {
  /** One value, as in a page; undefined if it is missing. */
  readonly #value: Buffer | undefined;
  #rows = 0;
  #values = Buffer.alloc(0);
  #missing = new Uint8Array(0);

  constructor(field: Exclude<SourceField, { kind: "field" }>) {
    if (field.kind === "missing") return;
    const text = Buffer.from(field.text);
    const length = Buffer.alloc(4);
    length.writeUInt32LE(text.length);
    this.#value = Buffer.concat([length, text]);
  }

  page(rows: number): ColumnPage {
    if (rows > this.#rows) this.#reserve(rows);
    if (this.#value === undefined) return { values: this.#values, present: this.#missing };
    return { values: this.#values.subarray(0, rows * this.#value.length), present: undefined };
  }

  #reserve(rows: number): void {
    this.#rows = rows;
    if (this.#value === undefined) this.#missing = new Uint8Array(Math.ceil(rows / 8));
    else this.#values = Buffer.alloc(rows * this.#value.length, this.#value);
  }
}
