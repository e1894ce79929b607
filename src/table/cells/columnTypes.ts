import { parses } from "./jsonText.ts";
import type { ColumnType } from "../tableTypes.ts";

/** Share of a column's values that have to agree. */
const agreeing = 0.95;
/** A longer JSON text is not parsed to see whether it is one. */
const longestParsed = 64 * 1_024;

/** Leading zeros make an identifier or a postcode, thousands separators and decimal commas differ by country: text. */
const number = /^[+-]?(?:(?:0|[1-9]\d*)(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i;
const date =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])(?:[T ](?:[01]\d|2[0-4]):[0-5]\d(?::[0-6]\d(?:[.,]\d+)?)?(?: ?(?:Z|[+-]\d\d(?::?\d\d)?))?)?$/i;
const boolean = /^(?:true|false)$/i;
/** Stands for no value in every kind of export. */
const missing = /^(?:null|\\N)?$/i;

/**
 * What the columns' values look like. Values that are missing have no say; a column without any other is text.
 *
 * @param rows some rows' cells; a short row says nothing about the columns it lacks
 * @param count how many columns there are
 * @returns one type for each
 */
export function typesOf(rows: readonly (readonly string[])[], count: number): ColumnType[] {
  return Array.from({ length: count }, (_, column) => typeOfColumn(rows, column));
}

/** What one value looks like; undefined when it is missing. */
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
