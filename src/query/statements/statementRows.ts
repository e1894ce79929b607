import type { Statement } from "../columnTables.ts";

/** A row of a result: its values in the order of the statement's columns. */
export type ResultRow = readonly unknown[];

/** Runs a statement in the engine. */
export type Run = (statement: Statement) => Promise<readonly ResultRow[]>;

/** Of a column that the statement cast to DOUBLE. */
export function countIn(row: ResultRow | undefined, column: number): number {
  const value = numberIn(row, column);
  if (value === undefined) throw new Error(`The engine has sent no number in column ${column}.`);
  return value;
}

/** Undefined for NULL. */
export function numberIn(row: ResultRow | undefined, column: number): number | undefined {
  const value = row?.[column];
  return typeof value === "number" ? value : undefined;
}

/** Undefined for NULL. */
export function textIn(row: ResultRow | undefined, column: number): string | undefined {
  const value = row?.[column];
  return typeof value === "string" ? value : undefined;
}
