/** A piece of the file, one byte a character. */
export interface TextWindow {
  readonly bytes: Uint8Array;
  /** It begins with the first row. */
  readonly atBegin: boolean;
  /** It ends with the file. */
  readonly atEnd: boolean;
}

/** What a window was divided into; positions in it. */
export interface GuessedRows {
  /** Where rows begin. What is before the first of them is the end of some row. */
  readonly starts: readonly number[];
  /** Where rows end for good: the window's end, or the bracket behind the last record. */
  readonly end: number;
}
