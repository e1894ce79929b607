import { behindArray } from "./modes.ts";
import type { Grammar, Scanner, ScanState } from "./scanner.ts";

/** A stretch of `scanner.input` that was scanned, and the scan's state at both of its ends. */
export interface ScannedStretch {
  readonly from: number;
  readonly to: number;
  readonly before: Readonly<ScanState>;
  readonly after: Readonly<ScanState>;
}

/**
 * Position of the bracket that closes a JSON array, if it is in this stretch; undefined when the array continues, and
 * for all other grammars. What follows the bracket is not a row.
 *
 * @param stretch one in which no record ends
 */
export function arrayEnd(scanner: Scanner, grammar: Grammar, stretch: ScannedStretch): number | undefined {
  if (grammar.kind !== "jsonArray" || stretch.after.mode !== behindArray) return undefined;
  let open = stretch.from;
  let closed = stretch.to;
  while (closed - open > 1) {
    const middle = (open + closed) >> 1;
    const state = { ...stretch.before };
    scanner.scan(grammar, state, stretch.from, middle);
    if (state.mode === behindArray) closed = middle;
    else open = middle;
  }
  return closed - 1;
}
