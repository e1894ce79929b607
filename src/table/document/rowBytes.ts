import type { RowSpan } from "../index/scannedFile.ts";
import type { ByteSource } from "../source/byteSource.ts";

/** Neighboring rows are read together, up to this many bytes. */
const readAtOnce = 1 << 20;
/** Rows are neighbors if there are no more bytes than this between them. */
const widestGap = 1 << 15;

/** Limits for reading long rows. */
export interface RowLimits {
  /** How many bytes are read of each row. */
  readonly row: number;
  /** How many bytes are read of a longer row, until `extra` is used up. */
  readonly longRow: number;
  /** How many bytes all rows together can have beyond `row`. */
  readonly extra: number;
}

/** Reads the bytes of rows in file order. Other rows can be between them. */
export function* rowBytes(
  source: ByteSource,
  spans: readonly RowSpan[],
  limits: RowLimits,
): Generator<{ readonly bytes: Uint8Array; readonly isCut: boolean }> {
  let held = new Uint8Array(0);
  let from = 0;
  let { extra } = limits;
  for (const [index, { start, end }] of spans.entries()) {
    const to = Math.min(end, start + Math.min(limits.longRow, limits.row + extra));
    extra -= Math.max(0, to - start - limits.row);
    if (to > from + held.length || start < from) {
      from = start;
      held = new Uint8Array(lastByteFrom(spans, index, to) - start);
      source.read(held, start);
    }
    yield { bytes: held.subarray(start - from, to - from), isCut: to < end };
  }
}

/** The end of the rows, starting with one row, that are read together. */
function lastByteFrom(spans: readonly RowSpan[], index: number, to: number): number {
  const limit = (spans[index]?.start ?? to) + readAtOnce;
  let last = to;
  for (let next = index + 1; next < spans.length; next++) {
    const span = spans[next];
    if (span === undefined || span.end > limit || span.start - last > widestGap) break;
    last = span.end;
  }
  return last;
}
