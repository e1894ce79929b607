import { type IndexedFile, rowSpans } from "./rowSpans.ts";
import type { RowSpan } from "./scannedFile.ts";

/** At most so many rows are found at once, so that few unwanted rows are kept in memory. */
const mostAtOnce = 4096;

/**
 * Finds rows of an indexed part of the file. Rows that follow one another, or the same anchor, are found together.
 *
 * @param rows row numbers, ascending
 * @returns a span for each row; undefined for a row that the file doesn't have
 */
export function scatteredSpans(file: IndexedFile, rows: readonly number[]): (RowSpan | undefined)[] {
  const spans: (RowSpan | undefined)[] = [];
  for (let at = 0; at < rows.length;) {
    const first = rows[at] ?? 0;
    const end = endOfGroup(file, rows, at);
    const group = rows.slice(at, end);
    const found = rowSpans(file, first, (group.at(-1) ?? first) - first + 1);
    for (const row of group) spans.push(found[row - first]);
    at = end;
  }
  return spans;
}

/** The index after the last row that is found together with the one at `from`. */
function endOfGroup({ index }: IndexedFile, rows: readonly number[], from: number): number {
  const first = rows[from] ?? 0;
  for (let at = from + 1; at < rows.length; at++) {
    const row = rows[at] ?? 0;
    const before = rows[at - 1] ?? 0;
    const isNear = row <= before + 1 || index.anchorFor(row).row === index.anchorFor(before).row;
    if (!isNear || row - first >= mostAtOnce) return at;
  }
  return rows.length;
}
