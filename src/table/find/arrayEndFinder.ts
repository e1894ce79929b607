import { arrayEnd } from "../scan/arrayEnd.ts";
import { behindArray } from "../scan/modes.ts";
import type { Grammar, Scanner, ScanState } from "../scan/scanner.ts";
import type { FileStretch } from "../scan/stretchReader.ts";

/**
 * The stretch up to the bracket that closes JSON's array, as the file's end: what stands behind it is no row. The same
 * stretch when the array goes on, and for all other grammars.
 *
 * @param before the scan's state at `from`, where no record has ended in between
 * @param after the scan's state at the stretch's end
 */
export function untilArrayEnd(
  scanner: Scanner,
  grammar: Grammar,
  stretch: FileStretch,
  from: number,
  before: Readonly<ScanState>,
  after: Readonly<ScanState>,
): FileStretch {
  if (grammar.kind !== "jsonArray" || after.mode !== behindArray) return stretch;
  return { ...stretch, units: arrayEnd(scanner, before, from, stretch.units), atEnd: true };
}
