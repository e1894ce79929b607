import { inspect } from "node:util";
import type { FoundDifference, FuzzResult } from "./fuzz.ts";

/** How many characters of a text or a result are shown. */
const shownLength = 2_000;

/** A difference as text: the seed, the smallest table, and both results. */
export function reportOf({ seed, table, difference }: FoundDifference): string {
  const { text, ...description } = table;
  return [
    `Seed ${seed}: ${difference.what} differs.`,
    `Table: ${inspect(description, { depth: 5, breakLength: Infinity })}`,
    `Text (${text.length} characters): ${shown(text)}`,
    `Slow reader: ${shown(difference.expected)}`,
    `Table reader: ${shown(difference.actual)}`,
  ].join("\n");
}

export function lastLine({ tables, comparisons }: FuzzResult, seed: number): string {
  return `${tables} tables, ${comparisons} comparisons, seed ${seed}`;
}

function shown(value: unknown): string {
  const text = value === undefined ? "nothing" : JSON.stringify(value);
  return text.length > shownLength ? `${text.slice(0, shownLength)}…` : text;
}
