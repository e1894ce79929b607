import { typeOf, typesOf } from "../cells/columnTypes.ts";

/**
 * Whether the first row contains the column names. In doubt it does, because exports have names.
 *
 * @param rows the cells of the first rows
 */
export function hasHeader(rows: readonly (readonly string[])[]): boolean {
  const [first, ...below] = rows;
  if (first === undefined || below.length === 0) return true;
  return !continuesIntoRows(first, below) && !recursBelow(first, below);
}

/** Whether the first row looks like the rows below it: a number above numbers, a date above dates. */
function continuesIntoRows(first: readonly string[], below: readonly (readonly string[])[]): boolean {
  const types = typesOf(below, first.length);
  const typed = first.map(typeOf);
  if (isYears(first)) return false;
  return typed.some((type, column) => type !== undefined && type !== "text" && type === types[column]);
}

/** A table with one column per year: `country,2019,2020,2021` above numbers. */
function isYears(first: readonly string[]): boolean {
  const [corner, ...names] = first;
  return names.length > 1 && typeOf(corner ?? "") === "text" && names.every((name) => /^(?:19|20)\d\d$/.test(name));
}

/**
 * Whether a value of the first row occurs below it, which a name doesn't. Rows that equal the first one are ignored:
 * they are headers of files that were concatenated.
 */
function recursBelow(first: readonly string[], below: readonly (readonly string[])[]): boolean {
  const values = below.filter((row) => row.some((cell, column) => cell !== first[column]));
  const named = [...first.entries()].filter(([, cell]) => cell !== "");
  const recurring = named.filter(([column, cell]) => values.some((row) => row[column] === cell));
  return recurring.length * 2 > named.length;
}
