import type { Column } from "../tableTypes.ts";
import { typeOf, typesOf } from "./columnTypes.ts";

/** The most columns. JSON records that use data as keys would otherwise get a column for each of them. */
export const mostJsonColumns = 2_000;
/** The column for values that have no column of their own. It comes after all others, so a key can have its name. */
const overflowName = "…";

/**
 * The columns of JSON records, in the order of their first appearance. At most `mostJsonColumns`, and one for the
 * overflow.
 */
export class ColumnSet {
  readonly columns: Column[] = [];
  /** Increases when columns are added. */
  version = 0;
  readonly #indexes = new Map<string, number>();

  constructor(known: readonly Column[] = []) {
    for (const column of known.slice(0, mostJsonColumns)) this.#append(column);
    this.columns.push(...known.slice(mostJsonColumns));
  }

  get free(): number {
    return Math.max(mostJsonColumns - this.columns.length, 0);
  }

  has(name: string): boolean {
    return this.#indexes.has(name);
  }

  /** The index of a column. A new column gets its type from this first value. Undefined if there is no room for it. */
  indexOf(name: string, value: string): number | undefined {
    const index = this.#indexes.get(name);
    if (index !== undefined) return index;
    if (this.columns.length >= mostJsonColumns) return undefined;
    this.version++;
    return this.#append({ name, type: typeOf(value) ?? "text" });
  }

  /** The index of the column for values that have no column of their own. */
  overflowIndex(): number {
    if (this.columns.length > mostJsonColumns) return mostJsonColumns;
    this.version++;
    return this.columns.push({ name: this.#overflowName(), type: "json" }) - 1;
  }

  #overflowName(): string {
    let name = overflowName;
    while (this.#indexes.has(name)) name += overflowName;
    return name;
  }

  /** Determines the types again, from several rows. */
  typeBy(rows: readonly (readonly string[])[]): void {
    const types = typesOf(rows, this.columns.length);
    for (const [index, type] of types.entries()) {
      const column = this.columns[index];
      if (column !== undefined) this.columns[index] = { name: column.name, type };
    }
  }

  #append(column: Column): number {
    this.#indexes.set(column.name, this.columns.length);
    return this.columns.push(column) - 1;
  }
}
