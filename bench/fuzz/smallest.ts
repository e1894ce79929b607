import type { Difference, FuzzTable } from "./fuzzTable.ts";

interface Found {
  readonly table: FuzzTable;
  readonly difference: Difference;
}

/** How long a smaller table is looked for. */
const patienceMs = 30_000;

/**
 * Leaves out pieces of a table for as long as the difference stays the same: halves first, then smaller pieces.
 *
 * @param differs the same difference in another table, if it is there
 */
export async function smallest(
  found: Found,
  differs: (table: FuzzTable) => Promise<Difference | undefined>,
): Promise<Found> {
  const until = Date.now() + patienceMs;
  let best = found;
  for (let size = best.table.text.length >> 1; size >= 1; size >>= 1) {
    for (let at = 0; at < best.table.text.length && Date.now() < until;) {
      const { text } = best.table;
      const table = { ...best.table, text: text.slice(0, at) + text.slice(at + size) };
      const difference = isReadAlike(table) ? await differs(table) : undefined;
      if (difference === undefined) at += size;
      else best = { table, difference };
    }
  }
  return best;
}

/** With few CR, LF ends rows instead. */
function isReadAlike({ text, writing }: FuzzTable): boolean {
  return writing.newline === "\n" || text.split("\r").length - 1 > 2 * (text.split("\n").length - 1);
}
