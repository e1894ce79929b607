import type { FindRange, Grammar, Needle, Scanner, ScanState } from "../scan/scanner.ts";
import { numbersPerMatch } from "../scan/scanner.ts";

/** What stands behind the range after all occurrences in it were found. */
export interface Occurrences {
  /** Rows that ended in the range. */
  readonly ended: number;
  /** Position behind the last of them; -1 without. */
  readonly lastStart: number;
  /** Where to go on. */
  readonly at: number;
  readonly skip: number;
}

/**
 * Finds every occurrence of a needle in a range of the scanner's input, however many, and moves `state` on.
 *
 * @param found room for some of them at a time
 * @param each takes position, rows ended since the range's beginning, and column
 */
export function findAll(
  scanner: Scanner,
  grammar: Grammar,
  state: ScanState,
  range: FindRange,
  needle: Needle,
  found: Uint32Array,
  each: (position: number, row: number, column: number) => void,
): Occurrences {
  let { from, skip } = range;
  let ended = 0;
  let lastStart = -1;
  while (from < range.to) {
    const answer = scanner.find(grammar, state, { ...range, from, skip: Math.max(from, skip) }, needle, found);
    for (let at = 0; at < answer.matches * numbersPerMatch; at += numbersPerMatch) {
      each(found[at] ?? 0, ended + (found[at + 1] ?? 0), found[at + 2] ?? 0);
    }
    ended += answer.ended;
    if (answer.lastStart >= 0) lastStart = answer.lastStart;
    from = answer.at;
    skip = answer.skip;
  }
  return { ended, lastStart, at: from, skip };
}
