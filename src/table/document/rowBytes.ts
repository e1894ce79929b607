import type { RowSpan } from "../index/scannedFile.ts";
import type { ByteSource } from "../source/byteSource.ts";

/** Rows that are next to each other are read together, up to so many bytes. */
const readAtOnce = 1 << 20;

/** How much of long rows is read. */
export interface RowLimits {
  /** Bytes that are read of any row. */
  readonly row: number;
  /** Bytes that are read of a row that is longer than `row`, as long as `extra` lasts. */
  readonly longRow: number;
  /** Bytes that all rows together may have beyond `row`. */
  readonly extra: number;
}

/** Reads the bytes of rows that follow each other. */
export function* rowBytes(
  source: ByteSource,
  spans: readonly RowSpan[],
  limits: RowLimits,
): Generator<{ readonly bytes: Uint8Array; readonly isCut: boolean }> {
  let held = new Uint8Array(0);
  let from = 0;
  let { extra } = limits;
  for (const [place, { start, end }] of spans.entries()) {
    const to = Math.min(end, start + Math.min(limits.longRow, limits.row + extra));
    extra -= Math.max(0, to - start - limits.row);
    if (to > from + held.length || start < from) {
      from = start;
      held = new Uint8Array(lastByteFrom(spans, place, to) - start);
      source.read(held, start);
    }
    yield { bytes: held.subarray(start - from, to - from), isCut: to < end };
  }
}

/** The end of as many rows, from one on, as are worth one read. */
function lastByteFrom(spans: readonly RowSpan[], place: number, to: number): number {
  const limit = (spans[place]?.start ?? to) + readAtOnce;
  let last = to;
  for (const { end } of spans.slice(place + 1)) {
    if (end > limit) break;
    last = end;
  }
  return last;
}
