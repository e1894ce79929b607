import { t } from "@vscode/l10n";
import { invalidArgument } from "../../model/accountErrors.ts";
import type { ColumnName, Condition, Filter, SortKey } from "../../model/queryContract.ts";
import type { Column } from "../../table/tableTypes.ts";

/** The same keys with the indexes of their columns. @throws ExportError `invalidRequest` for an unknown column */
export function sortByIndex(sort: readonly SortKey[], columns: readonly Column[]): SortKey[] {
  return sort.map((key) => ({ ...key, column: indexOf(key.column, columns) }));
}

/** The same filter with the indexes of its columns. @throws ExportError `invalidRequest` for an unknown column */
export function filterByIndex(filter: Filter, columns: readonly Column[]): Filter {
  if ("all" in filter) return { all: filter.all.map((part) => filterByIndex(part, columns)) };
  if ("any" in filter) return { any: filter.any.map((part) => filterByIndex(part, columns)) };
  if ("not" in filter) return { not: filterByIndex(filter.not, columns) };
  return conditionByIndex(filter, columns);
}

function conditionByIndex(condition: Condition, columns: readonly Column[]): Condition {
  return { ...condition, column: indexOf(condition.column, columns) };
}

/** Of several columns with the same name, the first. */
function indexOf(column: ColumnName, columns: readonly Column[]): number {
  const index = typeof column === "number" ? column : columns.findIndex(({ name }) => name === column);
  if (columns[index] === undefined) throw invalidArgument(t("The file has no column {0}.", String(column)));
  return index;
}
