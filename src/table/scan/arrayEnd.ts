import { afterAll, afterArray } from "./modes.ts";
import type { Grammar, Scanner, ScanState } from "./scanner.ts";

/** A scanned stretch of `scanner.input`, with the scan's state at both ends. */
export interface ScannedStretch {
  readonly from: number;
  readonly to: number;
  readonly before: Readonly<ScanState>;
  readonly after: Readonly<ScanState>;
}

/**
 * The position of the bracket that closes a JSON array, if it is in this stretch. Undefined if the array continues, and
 * for all other grammars. What follows the bracket is not a row.
 *
 * @param stretch a stretch in which no record ends
 */
export function arrayEnd(scanner: Scanner, grammar: Grammar, stretch: ScannedStretch): number | undefined {
  if (grammar.kind !== "jsonArray" || grammar.reopens === true || stretch.after.mode !== afterArray) return undefined;
  return closingBracket(scanner, grammar, stretch);
}

/**
 * The position of the bracket that closes an array which is open before the stretch and closed after it.
 *
 * @param stretch a stretch in which no record ends
 */
export function closingBracket(scanner: Scanner, grammar: Grammar, stretch: ScannedStretch): number {
  let open = stretch.from;
  let closed = stretch.to;
  while (closed - open > 1) {
    const middle = (open + closed) >> 1;
    const state = { ...stretch.before };
    scanner.scan(grammar, state, stretch.from, middle);
    if (isClosed(state)) closed = middle;
    else open = middle;
  }
  return closed - 1;
}

/** Whether the array's closing bracket was passed. */
export function isClosed({ mode }: Readonly<ScanState>): boolean {
  return mode === afterArray || mode === afterAll;
}
