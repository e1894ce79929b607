import type { TableText } from "../../table/document/division.ts";
import { unitsOf } from "../../table/document/division.ts";
import { RowWalk } from "../../table/index/rowWalk.ts";
import type { RowSpan } from "../../table/index/scannedFile.ts";

/** The rows that end in one stretch of a file. */
export interface RowStretch {
  readonly spans: readonly RowSpan[];
  /** The byte up to which the file was read. */
  readonly readTo: number;
}

export interface RowRange {
  /** The byte at which the first row begins. */
  readonly from: number;
  /** The byte after the last row, at which another one begins; undefined if it ends with the file. */
  readonly to: number | undefined;
}

const mostStarts = 4096;

/**
 * The rows of a range, a stretch at a time. By the
 * same rules as the index, also for a last row without an end. The scanner can be used between two stretches, but
 * not its input.
 */
export function* rowStretches(text: TableText, range: RowRange, stretch: number): Generator<RowStretch> {
  const { source, scanner, grammar, division } = text;
  const walk = new RowWalk({ source, scanner, grammar, ...unitsOf(division.reading.encoding) }, range.from);
  const to = range.to ?? Infinity;
  while (walk.byte < to) {
    const length = walk.load(Math.min(stretch, to - walk.byte));
    if (length === 0) break;
    yield { spans: endedSpans(walk, length), readTo: walk.byte };
    if (walk.end !== undefined) break;
  }
  const end = walk.end ?? walk.byte;
  if (walk.hasOpenRow) yield { spans: [{ start: walk.rowStart, end }], readTo: end };
}

function endedSpans(walk: RowWalk, length: number): RowSpan[] {
  const spans: RowSpan[] = [];
  const starts = new Uint32Array(mostStarts);
  for (let from = 0; from < length;) {
    let start = walk.rowStart;
    const count = walk.passStarts(from, length, starts);
    for (const position of starts.subarray(0, count)) {
      const end = walk.byteAt(position);
      spans.push({ start, end });
      start = end;
    }
    from = count === starts.length ? (starts[count - 1] ?? length) : length;
  }
  return spans;
}
