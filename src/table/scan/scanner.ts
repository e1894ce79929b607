/**
 * How bytes are divided into rows. UTF-16 text is narrowed to one byte per character before it is scanned
 * (`source/narrow.ts`), so a scanner sees only bytes, and every structural character is one byte.
 */
export type Grammar =
  | {
      readonly kind: "delimited";
      /** Character codes below 128. */
      readonly delimiter: number;
      /** Undefined if there are no quotes, as in JSON lines. */
      readonly quote: number | undefined;
      /**
       * 10, or 13 for files with carriage returns only, or 30 for sequences of JSON values. A CR before an LF belongs to
       * the row's bytes.
       */
      readonly newline: Newline;
      /** Whether a backslash in quotes takes the meaning from the next character. Doubled quotes still count. */
      readonly escapes?: true;
      /** Whether a quote also opens after spaces at the beginning of a field. */
      readonly skipsSpaces?: true;
      /** Whether blank lines are not rows, but belong to the next row. Without quotes only. */
      readonly skipsBlank?: true;
    }
  /**
   * Elements of a JSON array. The scan begins after the opening bracket and stops after the closing one. If it `reopens`,
   * other arrays can follow, and each bracket that opens one ends a row, too.
   */
  | { readonly kind: "jsonArray"; readonly reopens?: true }
  /** JSON objects and arrays one after the other, with anything between them. Each ends with its last bracket. */
  | { readonly kind: "jsonValues" };

/** The character that ends rows: LF, CR, or the record separator of RFC 7464. */
export type Newline = 10 | 13 | 30;

/** The state of a scan between two stretches of bytes. All zeros at the first byte of a row. */
export interface ScanState {
  /** Inside or outside of quotes, after a quote, and so on. Defined by the scanner. */
  mode: number;
  /** JSON: how many brackets and braces are open in the record. */
  depth: number;
  /** Delimited: the number of delimiters in the row so far, which is the index of the current field. */
  column: number;
}

export interface Stretch {
  /** How many rows ended in the stretch: newlines outside of quotes, or commas between JSON records. */
  readonly ended: number;
  /** The position in `input` after the last of these ends; -1 if there was none. */
  readonly lastStart: number;
}

/** A text to find in the bytes. */
export interface Needle {
  readonly bytes: Uint8Array;
  /** Whether to ignore the case of ASCII letters. `bytes` are in lower case then. */
  readonly foldsCase: boolean;
}

/** How many numbers `find` writes for each match. */
export const numbersPerMatch = 3;

/**
 * Scans stretches of a file that the caller reads into `input`. Rules for delimited text: a quote opens only at the
 * beginning of a field; within quotes, a doubled quote is one quote; after the closing quote, everything up to the next
 * delimiter or newline belongs to the field. There are two implementations, WebAssembly and plain code. They return the
 * same results, however the file is divided into stretches.
 */
export interface Scanner {
  /**
   * The buffer for the bytes to scan: `inputCapacity` bytes, and `longestNeedle` more that `find` may read. The
   * property can return a new view, but the memory never moves.
   */
  readonly input: Uint8Array;
  /** Scans `input[from..to)` and updates `state`. */
  scan(grammar: Grammar, state: ScanState, from: number, to: number): Stretch;
  /**
   * Like `scan`, but also writes the position after the end of each row into `starts`. Stops after the row end that
   * fills `starts`.
   *
   * @returns how many were written; if it equals `starts.length`, the scan stopped at the last of them and can be
   * continued there
   */
  rowStarts(grammar: Grammar, state: ScanState, from: number, to: number, starts: Uint32Array): number;
  /**
   * Finds every occurrence of `needle` that begins in `input[from..to)`, without overlaps. Bytes up to `readable` may
   * be read to see whether an occurrence is complete. Writes `[position, rows ended since from, column]` for each one
   * into `found`; for JSON, the column is 0. Updates `state` like `scan`.
   *
   * @returns how many matches were written, how many rows ended, and where it stopped: at `to` (or after it, if the
   * last match extends beyond; pass that as `skip` to the next call), or earlier if `found` was full.
   */
  find(grammar: Grammar, state: ScanState, range: FindRange, needle: Needle, found: Uint32Array): FindAnswer;
  /**
   * Counts the occurrences of `needle` that are completely in `input[from..to)`, without overlaps, and writes the
   * positions of the first ones into `positions`. Much faster than `find`, because it doesn't look for rows.
   *
   * @returns how many there are, which can be more than `positions` has room for
   */
  positions(needle: Needle, from: number, to: number, positions: Uint32Array): number;
}

export interface FindRange {
  readonly from: number;
  readonly to: number;
  readonly readable: number;
  /** Matches begin at this position or later, because the previous one ends here. At least `from`. */
  readonly skip: number;
}

export interface FindAnswer {
  readonly matches: number;
  readonly ended: number;
  readonly lastStart: number;
  /** Where to continue: `to`, or the position up to which everything was searched if `found` is full. */
  readonly at: number;
  /** The position after the last match. The next one can't begin before it. */
  readonly skip: number;
}

/** The most bytes that are scanned at once. */
export const inputCapacity = 1 << 20;
/** The most bytes of a needle. `find` and `positions` throw a RangeError for a longer one. */
export const longestNeedle = 1 << 16;
/** The most positions that `positions` writes. It throws a RangeError if there is room for more. */
export const mostPositions = 1 << 12;
