import type { FindRange, Grammar, Needle, Scanner, ScanState } from "../scan/scanner.ts";
import { numbersPerMatch } from "../scan/scanner.ts";

/** The state after all occurrences in a range were found. */
export interface Occurrences {
  /** How many rows ended in the range. */
  readonly ended: number;
  /** The position after the last of them; -1 if there is none. */
  readonly lastStart: number;
  /** Where to continue. */
  readonly at: number;
  readonly skip: number;
}

/**
 * Finds every occurrence of a needle in a range of the scanner's input, however many there are, and updates `state`.
 *
 * @param found a buffer for some of them at a time
 * @param each called with position, rows ended since the beginning of the range, and column
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
