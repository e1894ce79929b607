import type { Condition, Filter } from "../../model/queryContract.ts";
import type { ColumnForm, ColumnTables, RecognizedType } from "../columnTables.ts";
import { ignoringCase, literally } from "./caseClasses.ts";
import { columnIndex } from "./columnIndex.ts";
import { comparedValue } from "./comparedValues.ts";
import { engineExpression } from "./engineExpression.ts";
import { formOf } from "./neededColumns.ts";
import { valueOfOtherType } from "./queryErrors.ts";

/** So many values are searched with one expression. */
const valuesAtOnce = 200;

/** What a filter refers to. */
export interface FilterScope {
  readonly names: readonly string[];
  readonly tables: ColumnTables;
  /** The expression of a column's cell. */
  cell(column: number, form: ColumnForm): string;
  /** Adds a parameter. Returns its place in the statement. */
  parameter(value: string): string;
}

/**
 * A filter as an expression that is true or false, never NULL: a row that a condition doesn't choose is chosen by its opposite.
 *
 * - Conditions about text take a missing value for an empty text, as the table shows it. They ignore case like a search
 *   of the table does.
 * - An empty value is not less and not more than anything. So `not` of a comparison also chooses empty values.
 * - A value is `empty` if it is sorted last: missing, null, an empty text, and in columns of numbers, dates and Booleans
 *   also the texts `null` and `\N`.
 *
 * @throws ExportError `invalidRequest` for an unknown column or a value of another type, `badQuery` for an expression
 */
export function filterExpression(filter: Filter, scope: FilterScope): string {
  if ("is" in filter) return conditionExpression(filter, scope);
  if ("not" in filter) return `(NOT ${filterExpression(filter.not, scope)})`;
  const parts = ("all" in filter ? filter.all : filter.any).map((part) => filterExpression(part, scope));
  if ("all" in filter) return parts.length === 0 ? "true" : `(${parts.join(" AND ")})`;
  return parts.length === 0 ? "false" : `(${parts.join(" OR ")})`;
}

function conditionExpression(condition: Condition, scope: FilterScope): string {
  const column = columnIndex(condition.column, scope.names);
  const cell = scope.cell(column, formOf(condition));
  switch (condition.is) {
    case "empty":
      return scope.tables.type(column) === "VARCHAR" ? `(coalesce(${cell}, '') = '')` : `(${cell} IS NULL)`;
    case "less":
    case "atMost":
    case "more":
    case "atLeast":
      return comparison(condition.is, condition.value, column, cell, scope);
    case "between":
      return `(${comparison("atLeast", condition.from, column, cell, scope)} AND ${comparison("atMost", condition.to, column, cell, scope)})`;
    case "in":
      return inExpression(condition.values, `coalesce(${cell}, '')`, scope);
    case "contains":
    case "equals":
    case "startsWith":
    case "endsWith":
    case "matches":
      return textExpression(condition, `coalesce(${cell}, '')`, scope);
  }
}

type TextCondition = Extract<Condition, { caseSensitive?: boolean }>;

function textExpression(
  { is, value, caseSensitive = false, column }: TextCondition,
  text: string,
  scope: FilterScope,
): string {
  const search = (pattern: string) => `regexp_matches(${text}, ${scope.parameter(pattern)})`;
  const pattern = caseSensitive ? literally(value) : ignoringCase(value);
  switch (is) {
    case "contains":
      return caseSensitive ? `contains(${text}, ${scope.parameter(value)})` : search(pattern);
    case "equals":
      return caseSensitive ? `(${text} = ${scope.parameter(value)})` : search(`^${pattern}$`);
    case "startsWith":
      return search(`^${pattern}`);
    case "endsWith":
      return search(`${pattern}$`);
    case "matches":
      return search(engineExpression(value, caseSensitive, nameOf(columnIndex(column, scope.names), scope)));
  }
}

function inExpression(values: readonly string[], text: string, scope: FilterScope): string {
  const searches: string[] = [];
  for (let from = 0; from < values.length; from += valuesAtOnce) {
    const patterns = values.slice(from, from + valuesAtOnce).map(ignoringCase);
    searches.push(`regexp_matches(${text}, ${scope.parameter(`^(?:${patterns.join("|")})$`)})`);
  }
  return searches.length === 0 ? "false" : `(${searches.join(" OR ")})`;
}

type Comparison = "less" | "atMost" | "more" | "atLeast";

/** With a value between two that the column can have, the one below it stands for it. */
const operators: Record<Comparison, { exact: string; between: string; upwards: boolean }> = {
  less: { exact: "<", between: "<=", upwards: false },
  atMost: { exact: "<=", between: "<=", upwards: false },
  more: { exact: ">", between: ">", upwards: true },
  atLeast: { exact: ">=", between: ">", upwards: true },
};

function comparison(is: Comparison, value: string, column: number, cell: string, scope: FilterScope): string {
  const type = scope.tables.type(column);
  const recognized: RecognizedType = scope.tables.recognized?.(column) ?? { type };
  const compared = comparedValue(value, recognized);
  if (compared === undefined) throw valueOfOtherType(nameOf(column, scope), type, value);
  const { exact, between, upwards } = operators[is];
  if (compared.beyond !== undefined) return compared.beyond < 0 === upwards ? `(${cell} IS NOT NULL)` : "false";
  const known = type === "VARCHAR" ? `nullif(${cell}, '')` : cell;
  const operator = compared.exact ? exact : between;
  return `coalesce(${known} ${operator} CAST(${scope.parameter(compared.text)} AS ${type}), false)`;
}

function nameOf(column: number, { names }: FilterScope): string {
  return names[column] ?? "";
}
