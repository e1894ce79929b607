import type { Condition, Filter, SortKey } from "../../model/queryContract.ts";
import type { ColumnForm, NeededColumn } from "../columnTables.ts";
import { columnIndex } from "./columnIndex.ts";
import { filterTooDeep } from "./queryErrors.ts";

/** Which rows are shown, in which order. */
export interface RowChoice {
  readonly sort?: readonly SortKey[];
  readonly filter?: Filter;
}

/** More levels are a mistake, and would overflow a stack somewhere. */
const mostLevels = 100;

/**
 * The columns that a sort order and a filter need, each once.
 *
 * @param names the names of the export's columns
 * @throws ExportError `invalidRequest` for a column that doesn't exist
 */
export function neededColumns({ sort = [], filter }: RowChoice, names: readonly string[]): NeededColumn[] {
  const all: NeededColumn[] = sort.map(({ column }) => ({ column: columnIndex(column, names), form: "value" }));
  for (const condition of filter === undefined ? [] : conditionsOf(filter)) {
    all.push({ column: columnIndex(condition.column, names), form: formOf(condition) });
  }
  const keys = all.map(({ column, form }) => `${column} ${form}`);
  return all.filter((_, index) => keys.indexOf(keys[index] ?? "") === index);
}

/** What a condition is about: the text as it is shown, or the value. A value is NULL exactly if it is empty. */
export function formOf({ is }: Condition): ColumnForm {
  switch (is) {
    case "contains":
    case "equals":
    case "startsWith":
    case "endsWith":
    case "matches":
    case "in":
      return "text";
    case "less":
    case "atMost":
    case "more":
    case "atLeast":
    case "between":
    case "empty":
      return "value";
  }
}

function conditionsOf(filter: Filter, level = 0): readonly Condition[] {
  if (level > mostLevels) throw filterTooDeep();
  if ("is" in filter) return [filter];
  if ("not" in filter) return conditionsOf(filter.not, level + 1);
  return ("all" in filter ? filter.all : filter.any).flatMap((part) => conditionsOf(part, level + 1));
}
