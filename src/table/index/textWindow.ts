/** A section of the file with one byte per character. */
export interface TextWindow {
  readonly bytes: Uint8Array;
  /** Whether it begins with the first row. */
  readonly atBegin: boolean;
  /** Whether it ends with the file. */
  readonly atEnd: boolean;
}

/** The rows of a window, as positions in it. */
export interface GuessedRows {
  /** Where rows begin. What is before the first one is the end of another row. */
  readonly starts: readonly number[];
  /** Where the last row ends: the end of the window, or the bracket after the last record. */
  readonly end: number;
}
