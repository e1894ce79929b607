import { columnSpan } from "../cells/columnSpan.ts";
import type { Row, RowsRequest, SummaryAnswer, SummaryRequest } from "../tableTypes.ts";
import { CellTally } from "./cellTally.ts";

/** The source of rows. May return fewer rows than requested, but none only at the end. */
export interface SummarizedRows {
  rows(request: RowsRequest & { readonly from: number }): Answer | Promise<Answer>;
}

interface Answer {
  readonly rows: readonly Row[];
}

export interface SummaryLimits {
  readonly cells: number;
  readonly ms: number;
}

const defaultLimits: SummaryLimits = { cells: 2_000_000, ms: 2_000 };
/** How many cells are read in one step: a few milliseconds, so that other requests are answered in between. */
const stepCells = 4_096;
/** Longer numbers have more digits than can be added up. Longer values are cut and treated as text. */
const longestNumber = 1_024;

/**
 * Counts the cells of a selection and adds up the numbers.
 *
 * @param pause awaited between two steps; throws if the summary is no longer wanted
 */
export async function summarizeRows(
  table: SummarizedRows,
  { rows, columns }: SummaryRequest,
  pause: () => Promise<void>,
  { limits = defaultLimits, now = () => performance.now() }: { limits?: SummaryLimits; now?: () => number } = {},
): Promise<SummaryAnswer> {
  if (rows.count * columns.length > limits.cells) return { tooLarge: true };
  const tally = new CellTally();
  const span = columnSpan(columns);
  const indexes = columns.map((column) => column - span.from);
  const stepRows = Math.max(1, Math.floor(stepCells / Math.max(1, span.count)));
  const until = now() + limits.ms;
  const end = rows.from + rows.count;
  for (let from = rows.from; from < end;) {
    await pause();
    if (now() > until) return { tooLarge: true };
    const request = { from, count: Math.min(stepRows, end - from), columns: span, longest: longestNumber };
    const { rows: read } = await table.rows(request);
    if (read.length === 0) break;
    for (const row of read) {
      if (row.unreadFrom !== undefined && columns.some((column) => column >= (row.unreadFrom ?? 0))) {
        return { tooLarge: true };
      }
      for (const index of indexes) tally.add(row.cells[index]);
    }
    from += read.length;
  }
  return tally.summary;
}
