import type { Condition, Filter, SortKey } from "../../../model/queryContract.ts";
import type { Arrangement } from "../messages.ts";

export const fileOrder: Arrangement = { sort: [], filter: null };

/** What a column contributes to the order of the rows. */
export interface ColumnSort {
  readonly descending: boolean;
  /** From 0; the first key decides, the others order rows with the same value. */
  readonly place: number;
}

export function sortOf(sort: readonly SortKey[], column: number): ColumnSort | undefined {
  const place = sort.findIndex((key) => key.column === column);
  return place === -1 ? undefined : { place, descending: sort[place]?.descending === true };
}

/**
 * The keys after the sort button of a column was pressed: ascending, then descending, then none.
 *
 * @param adds whether the other keys stay
 */
export function cycled(sort: readonly SortKey[], column: number, adds: boolean): SortKey[] {
  const current = sortOf(sort, column);
  if (current === undefined) return sortedBy(sort, { column }, adds);
  return current.descending ? withoutKey(adds ? sort : [], column) : sortedBy(sort, { column, descending: true }, adds);
}

/** Sorts by a key, alone or after the others. A column that is a key already keeps its place. */
export function sortedBy(sort: readonly SortKey[], key: SortKey, adds: boolean): SortKey[] {
  if (!adds) return [key];
  const isKnown = sort.some(({ column }) => column === key.column);
  return isKnown ? sort.map((each) => (each.column === key.column ? key : each)) : [...sort, key];
}

export function withoutKey(sort: readonly SortKey[], column: number): SortKey[] {
  return sort.filter((key) => key.column !== column);
}

/** The parts of a filter that are shown, and can be removed, one by one. A row has to pass all of them. */
export function filterParts(filter: Filter | null): readonly Filter[] {
  if (filter === null) return [];
  return "all" in filter ? filter.all : [filter];
}

export function filterOf(parts: readonly Filter[]): Filter | null {
  const [only] = parts;
  if (only === undefined) return null;
  return parts.length === 1 ? only : { all: [...parts] };
}

/** A condition of one column; `negated` if the rows that meet it are left out. */
export interface ColumnPart {
  readonly condition: Condition;
  readonly negated: boolean;
}

/** The condition that a part consists of; undefined for a combination of conditions. */
export function columnPart(part: Filter): ColumnPart | undefined {
  if ("is" in part) return { condition: part, negated: false };
  return "not" in part && "is" in part.not ? { condition: part.not, negated: true } : undefined;
}

export function partOf({ condition, negated }: ColumnPart): Filter {
  return negated ? { not: condition } : condition;
}

/** The parts that are about a column alone. */
export function partsOfColumn(filter: Filter | null, column: number): readonly ColumnPart[] {
  return filterParts(filter).flatMap((part) => {
    const own = columnPart(part);
    return own?.condition.column === column ? [own] : [];
  });
}

/** Replaces all parts that are about a column alone. */
export function withColumnParts(filter: Filter | null, column: number, parts: readonly ColumnPart[]): Filter | null {
  const others = filterParts(filter).filter((part) => columnPart(part)?.condition.column !== column);
  return filterOf([...others, ...parts.map(partOf)]);
}

export function withoutPart(filter: Filter | null, place: number): Filter | null {
  return filterOf(filterParts(filter).filter((_, at) => at !== place));
}

/** Only rows with this value in the column. */
export function filteredByValue(filter: Filter | null, column: number, value: string): Filter | null {
  const rest = partsOfColumn(filter, column).filter(({ condition, negated }) => negated || !isValue(condition));
  return withColumnParts(filter, column, [...rest, { condition: valueCondition(column, [value]), negated: false }]);
}

/** Without the rows with this value in the column. */
export function excludingValue(filter: Filter | null, column: number, value: string): Filter | null {
  const parts = partsOfColumn(filter, column);
  const excluded = parts.find(({ condition, negated }) => negated && condition.is === "in")?.condition;
  if (value === "" || excluded?.is !== "in") {
    return withColumnParts(filter, column, [...parts, { condition: valueCondition(column, [value]), negated: true }]);
  }
  const condition = { ...excluded, values: [...new Set([...excluded.values, value])] };
  const rest = parts.filter((part) => part.condition !== excluded);
  return withColumnParts(filter, column, [...rest, { condition, negated: true }]);
}

/** Whether a condition names values. */
function isValue({ is }: Condition): boolean {
  return is === "in" || is === "empty";
}

/** Rows that have one of these values. */
export function valueCondition(column: number, values: string[]): Condition {
  return values.length === 1 && values[0] === "" ? { column, is: "empty" } : { column, is: "in", values };
}
