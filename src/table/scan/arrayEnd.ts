import { behindArray } from "./modes.ts";
import type { Scanner, ScanState } from "./scanner.ts";

/**
 * Where the bracket stands that closes a JSON array, in a stretch of `scanner.input` in which it does.
 *
 * @param before the scan's state at `from`, in front of the bracket
 */
export function arrayEnd(scanner: Scanner, before: Readonly<ScanState>, from: number, to: number): number {
  let open = from;
  let closed = to;
  while (closed - open > 1) {
    const middle = (open + closed) >> 1;
    const state = { ...before };
    scanner.scan({ kind: "jsonArray" }, state, from, middle);
    if (state.mode === behindArray) closed = middle;
    else open = middle;
  }
  return closed - 1;
}
