import type { Column } from "../tableTypes.ts";
import { typeOf, typesOf } from "./columnTypes.ts";

/** JSON records that use data as keys would make a column of each. */
export const mostJsonColumns = 2_000;
/** The column for what has none. */
const overflowName = "…";

/** The columns of JSON records: by name, in order of first appearance, never more than `mostJsonColumns` and one. */
export class ColumnSet {
  readonly columns: Column[] = [];
  /** Rises when there are more. */
  version = 0;
  readonly #places = new Map<string, number>();

  constructor(known: readonly Column[] = []) {
    for (const column of known) this.#append(column);
  }

  get free(): number {
    return Math.max(mostJsonColumns - this.columns.length, 0);
  }

  has(name: string): boolean {
    return this.#places.has(name);
  }

  /** The column's place; a new column is told from its first value. Undefined when there is no room for it. */
  placeOf(name: string, value: string): number | undefined {
    const place = this.#places.get(name);
    if (place !== undefined) return place;
    if (this.columns.length >= mostJsonColumns) return undefined;
    this.version++;
    return this.#append({ name, type: typeOf(value) ?? "text" });
  }

  /** The place of the column that takes what has none of its own. */
  overflowPlace(): number {
    const place = this.#places.get(overflowName);
    if (place !== undefined) return place;
    this.version++;
    return this.#append({ name: overflowName, type: "json" });
  }

  /** Tells the types anew from several rows. */
  typeBy(rows: readonly (readonly string[])[]): void {
    const types = typesOf(rows, this.columns.length);
    for (const [place, type] of types.entries()) {
      const column = this.columns[place];
      if (column !== undefined) this.columns[place] = { name: column.name, type };
    }
  }

  #append(column: Column): number {
    this.#places.set(column.name, this.columns.length);
    return this.columns.push(column) - 1;
  }
}
