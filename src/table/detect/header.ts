import { typeOf, typesOf } from "../cells/columnTypes.ts";

/**
 * Whether the first row holds the columns' names. In doubt it does: exports come with names.
 *
 * @param rows the first rows' cells
 */
export function hasHeader(rows: readonly (readonly string[])[]): boolean {
  const [first, ...below] = rows;
  if (first === undefined || below.length === 0) return true;
  return !continuesIntoRows(first, below) && !recursBelow(first, below);
}

/** A number over numbers, a date over dates: the first row is one of them. */
function continuesIntoRows(first: readonly string[], below: readonly (readonly string[])[]): boolean {
  const types = typesOf(below, first.length);
  const typed = first.map(typeOf);
  if (isYears(first)) return false;
  return typed.some((type, column) => type !== undefined && type !== "text" && type === types[column]);
}

/** A table with one column a year: `country,2019,2020,2021` over numbers. */
function isYears(first: readonly string[]): boolean {
  const [corner, ...names] = first;
  return names.length > 1 && typeOf(corner ?? "") === "text" && names.every((name) => /^(?:19|20)\d\d$/.test(name));
}

/** Names are not values of their own columns. Rows equal to the first are headers of files that were put together. */
function recursBelow(first: readonly string[], below: readonly (readonly string[])[]): boolean {
  const values = below.filter((row) => row.some((cell, column) => cell !== first[column]));
  const named = [...first.entries()].filter(([, cell]) => cell !== "");
  const recurring = named.filter(([column, cell]) => values.some((row) => row[column] === cell));
  return recurring.length * 2 > named.length;
}
