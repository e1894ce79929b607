import type { Condition, Filter, SortKey } from "../../model/queryContract.ts";
import { columnIndex } from "../../query/statements/columnIndex.ts";

/** The same keys with the indexes of their columns. @throws ExportError `invalidRequest` for an unknown column */
export function sortByIndex(sort: readonly SortKey[], names: readonly string[]): SortKey[] {
  return sort.map((key) => ({ ...key, column: columnIndex(key.column, names) }));
}

/** The same filter with the indexes of its columns. @throws ExportError `invalidRequest` for an unknown column */
export function filterByIndex(filter: Filter, names: readonly string[]): Filter {
  if ("all" in filter) return { all: filter.all.map((part) => filterByIndex(part, names)) };
  if ("any" in filter) return { any: filter.any.map((part) => filterByIndex(part, names)) };
  if ("not" in filter) return { not: filterByIndex(filter.not, names) };
  return conditionByIndex(filter, names);
}

function conditionByIndex(condition: Condition, names: readonly string[]): Condition {
  return { ...condition, column: columnIndex(condition.column, names) };
}
