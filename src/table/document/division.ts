import type { RowCells } from "../cells/rowCells.ts";
import type { Grammar, Newline, Scanner } from "../scan/scanner.ts";
import type { FileSource } from "../source/fileSource.ts";
import type { Units } from "../source/filledEnd.ts";
import { defined } from "../../model/defined.ts";
import { mixedEncoding } from "../source/mixedText.ts";
import { encodeText, unitBytes } from "../source/textDecoding.ts";
import type { Column, Encoding, Reading } from "../tableTypes.ts";

/** How a file is divided into rows. Determined once, from its beginning. */
export interface Division {
  readonly reading: Reading;
  /** The character that ends rows. */
  readonly newline: Newline;
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
      const options = defined({
        escapes: reading.escape === "backslash" && quote !== undefined ? (true as const) : undefined,
        skipsSpaces: quote === undefined ? undefined : reading.skipsSpaces,
      });
      return { kind: "delimited", delimiter: delimiterByte(reading), quote, newline, ...options };
    }
    case "jsonLines":
      if (reading.layout === "joined") return { kind: "jsonValues" };
      return { kind: "delimited", delimiter: noDelimiter, quote: undefined, newline, skipsBlank: true };
    case "jsonArray":
      return reading.arrayPath.length === 0 ? { kind: "jsonArray", reopens: true } : { kind: "jsonArray" };
  }
}

/**
 * The byte that a scanner takes for the delimiter: of several bytes the last one, which says where the next field
 * begins. In UTF-16, all characters above 127 are scanned as 255.
 */
function delimiterByte({ delimiter, encoding }: Reading): number {
  const code = delimiter.charCodeAt(delimiter.length - 1);
  if (code < 128) return code;
  if (unitBytes(encoding) === 2) return 255;
  return encodeText(delimiter, encoding)?.at(-1) ?? noDelimiter;
}

/** Whether each field can be found in the bytes: a delimiter of one ASCII character, and quotes without further rules. */
export function isPlainlyDivided({ kind, delimiter, escape, skipsSpaces, encoding }: Reading): boolean {
  const isPlain = escape === undefined && skipsSpaces === undefined && mixedEncoding(encoding) === undefined;
  return kind === "delimited" && delimiter.length === 1 && delimiter < "\u0080" && isPlain;
}

export function unitsOf(encoding: Encoding): Units {
  const units = { bytesPerCharacter: unitBytes(encoding), littleEndian: encoding === "utf-16le" };
  return { ...units, ...defined({ mixed: mixedEncoding(encoding) }) };
}
