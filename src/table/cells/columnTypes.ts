import { parses } from "./jsonText.ts";
import type { ColumnType } from "../tableTypes.ts";

/** The share of a column's values that must have the same type. */
const agreeing = 0.95;
/** Longer text is not parsed to check whether it is JSON. */
const longestParsed = 64 * 1_024;

/**
 * Not a number: leading zeros (an ID or a postal code), thousands separators and decimal commas (they differ between
 * countries).
 */
const number = /^[+-]?(?:(?:0|[1-9]\d*)(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i;
const date =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?:[T ](?:[01]\d|2[0-4]):[0-5]\d(?::[0-6]\d(?:[.,]\d+)?)?(?: ?(?:Z|[+-]\d\d(?::?\d\d)?))?)?$/i;
const boolean = /^(?:true|false)$/i;
/** How exports write a missing value. */
const missing = /^(?:null|\\N)?$/i;

/**
 * The types of the columns. Missing values are ignored; a column with only missing values is text.
 *
 * @param rows the cells of some rows; a short row is ignored for the columns that it doesn't have
 * @param count the number of columns
 * @returns one type for each column
 */
export function typesOf(rows: readonly (readonly string[])[], count: number): ColumnType[] {
  return Array.from({ length: count }, (_, column) => typeOfColumn(rows, column));
}

/** The type of one value; undefined if it is missing. */
export function typeOf(value: string): ColumnType | undefined {
  const text = value.trim();
  if (missing.test(text)) return undefined;
  if (number.test(text)) return "number";
  if (date.test(text)) return "date";
  if (boolean.test(text)) return "boolean";
  return isJson(text) ? "json" : "text";
}

function typeOfColumn(rows: readonly (readonly string[])[], column: number): ColumnType {
  const votes = { number: 0, date: 0, boolean: 0, json: 0, text: 0 };
  let all = 0;
  for (const row of rows) {
    const type = typeOf(row[column] ?? "");
    if (type === undefined) continue;
    votes[type]++;
    all++;
  }
  const types: readonly ColumnType[] = ["number", "date", "boolean", "json"];
  return types.find((type) => votes[type] > 0 && votes[type] >= all * agreeing) ?? "text";
}

function isJson(text: string): boolean {
  if (!text.startsWith("{") && !text.startsWith("[")) return false;
  return text.length > longestParsed || parses(text);
}
