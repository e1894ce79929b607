import type { RowCells } from "../cells/rowCells.ts";
import type { Grammar, Scanner } from "../scan/scanner.ts";
import type { FileSource } from "../source/fileSource.ts";
import { unitBytes } from "../source/textDecoding.ts";
import type { Column, Encoding, Reading } from "../tableTypes.ts";

/** How a file is divided into rows. Determined once, from its beginning. */
export interface Division {
  readonly reading: Reading;
  /** The character that ends rows. */
  readonly newline: 10 | 13;
  /** The first byte of the first row: after byte order mark, header row, or opening bracket. */
  readonly begin: number;
  readonly columns: readonly Column[];
}

/** An open file with everything that is needed to read its rows. */
export interface TableText {
  readonly source: FileSource;
  readonly scanner: Scanner;
  readonly division: Division;
  readonly grammar: Grammar;
  readonly cells: RowCells;
}

/** A character that doesn't occur in text, for lines without fields. */
const noDelimiter = 0;

export function grammarOf({ reading, newline }: Pick<Division, "reading" | "newline">): Grammar {
  switch (reading.kind) {
    case "delimited": {
      const quote = reading.quote === "" ? undefined : reading.quote.charCodeAt(0);
      return { kind: "delimited", delimiter: reading.delimiter.charCodeAt(0), quote, newline };
    }
    case "jsonLines":
      return { kind: "delimited", delimiter: noDelimiter, quote: undefined, newline };
    case "jsonArray":
      return { kind: "jsonArray" };
  }
}

/** How characters are encoded in the file's bytes. */
export interface Units {
  readonly bytesPerCharacter: 1 | 2;
  readonly littleEndian: boolean;
}

export function unitsOf(encoding: Encoding): Units {
  return { bytesPerCharacter: unitBytes(encoding), littleEndian: encoding === "utf-16le" };
}
