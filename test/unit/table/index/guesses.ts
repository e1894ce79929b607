import type { GuessedRows, TextWindow } from "../../../../src/table/index/textWindow.ts";

/** A piece of a file. */
export function windowOf(text: string, atBegin = false): TextWindow {
  return { bytes: Buffer.from(text, "latin1"), atBegin, atEnd: false };
}

/** The texts of the rows that were guessed in a piece. */
export function rowsIn(text: string, { starts, end }: GuessedRows): string[] {
  return starts.map((start, at) => text.slice(start, starts[at + 1] ?? end));
}
