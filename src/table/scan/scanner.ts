/**
 * What divides bytes into rows. Text of two bytes a character is narrowed to one byte a character before it is scanned
 * (`source/narrow.ts`), so a scanner sees bytes only, and every structural character is one of them.
 */
export type Grammar =
  | {
      readonly kind: "delimited";
      /** Character codes below 128. */
      readonly delimiter: number;
      /** `undefined`: no character quotes, as in lines of JSON. */
      readonly quote: number | undefined;
      /** 10, or 13 in files whose only newline is a carriage return. A CR before an LF stays part of the row's bytes. */
      readonly newline: 10 | 13;
    }
  /** Elements of a JSON array; the scan begins after its opening bracket and stays at the end after its closing one. */
  | { readonly kind: "jsonArray" };

/** Where a scan stands between two stretches of bytes. All zeros at the first byte of a row. */
export interface ScanState {
  /** Inside or outside of quotes, after a quote, and so on: the scanner's own. */
  mode: number;
  /** JSON: how many brackets and braces are open within the record. */
  depth: number;
  /** Delimited: delimiters passed in the row so far, which is the place of the field that stands here. */
  column: number;
}

export interface Stretch {
  /** Rows that ended within the stretch: newlines outside of quotes, or JSON's commas between records. */
  readonly ended: number;
  /** Position in `input` right after the last of these ends; -1 when there was none. */
  readonly lastStart: number;
}

/** A text that is looked for byte by byte. */
export interface Needle {
  readonly bytes: Uint8Array;
  /** ASCII letters match in either case; `bytes` are in lower case then. */
  readonly foldsCase: boolean;
}

/** How many numbers `find` writes for each match. */
export const numbersPerMatch = 3;

/**
 * Scans stretches of a file that the caller reads into `input`. Rules for delimited text: a quote opens only at the
 * beginning of a field; inside quotes a doubled quote is one; after the closing quote everything up to the next
 * delimiter or newline belongs to the field as it is. Two implementations, WebAssembly and plain code, give the same
 * answers at every division into stretches.
 */
export interface Scanner {
  /**
   * Where the bytes to scan are put: `inputCapacity` of them, and `longestNeedle` more that `find` may look at. The view
   * may be asked for anew but never moves.
   */
  readonly input: Uint8Array;
  /** Scans `input[from..to)` and moves `state` on. */
  scan(grammar: Grammar, state: ScanState, from: number, to: number): Stretch;
  /**
   * Like `scan`, and writes the position after each row's end into `starts`. Stops right after the row end that fills
   * `starts`.
   * @returns how many were written; when it equals `starts.length`, the scan stands at the last of them and can go on there
   */
  rowStarts(grammar: Grammar, state: ScanState, from: number, to: number, starts: Uint32Array): number;
  /**
   * Finds every occurrence of `needle` that begins in `input[from..to)`, none overlapping the one before it; bytes up to
   * `readable` may be looked at to see whether it is whole. Writes `[position, rows ended since from, column]` for each
   * into `found`; for JSON the column is 0. Moves `state` on as `scan` does.
   * @returns how many matches were written, how many rows ended, and where it stopped: `to` (or behind it, when the last
   *   match reaches over it: the next call then has to pass that as `skip`), or less when `found` was full.
   */
  find(grammar: Grammar, state: ScanState, range: FindRange, needle: Needle, found: Uint32Array): FindAnswer;
}

export interface FindRange {
  readonly from: number;
  readonly to: number;
  readonly readable: number;
  /** Matches begin at this position or later: the one before reaches to here. At least `from`. */
  readonly skip: number;
}

export interface FindAnswer {
  readonly matches: number;
  readonly ended: number;
  readonly lastStart: number;
  /** Where to go on: `to`, or the position up to which all is done when `found` is full. */
  readonly at: number;
  /** Position behind the last match found; the next may not begin before it. */
  readonly skip: number;
}

/** Bytes that are scanned at once. */
export const inputCapacity = 1 << 20;
/** Bytes of a needle; `find` throws a RangeError for a longer one. */
export const longestNeedle = 1 << 16;
