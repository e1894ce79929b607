import Papa from "papaparse";
import { decodeText } from "../source/textDecoding.ts";
import type { Column, Encoding, Reading } from "../tableTypes.ts";
import type { Newline } from "../scan/scanner.ts";
import { columnName, columnNames } from "./columnNames.ts";
import { typeOf, typesOf } from "./columnTypes.ts";
import { splitFields } from "./fieldSplitter.ts";
import type { ReadRow, RowCells } from "./rowCells.ts";

export interface DelimitedStart {
  readonly reading: Reading;
  /** The character that ends rows. */
  readonly newline: Newline;
  /**
   * The bytes of the file's first rows, including the header row, if there is one. Columns and types are determined
   * from them.
   */
  readonly rows: readonly Uint8Array[];
  /** Columns from another reader of the same file. If present, `rows` are ignored. */
  readonly columns?: readonly Column[];
}

/** The most columns. Rows with more cells than the header add columns, but a damaged row can have a million cells. */
const mostColumns = 16_384;
/** papaparse records an error for every stray quote. For a long row full of them, that would use up the memory. */
const longestForLibrary = 256 * 1_024;
const mark = "\ufeff";

/** Reads the cells of delimited rows. */
export function createDelimitedCells(start: DelimitedStart): RowCells {
  return new DelimitedCells(start);
}

class DelimitedCells implements RowCells {
  readonly columns: Column[];
  columnsVersion = 0;
  readonly #encoding: Encoding;
  readonly #newline: "\n" | "\r";
  readonly #otherEnd: "\n" | "\r";
  readonly #split: (row: string) => ReadRow;

  constructor({ reading, newline, rows, columns }: DelimitedStart) {
    this.#encoding = reading.encoding;
    this.#newline = newline === 10 ? "\n" : "\r";
    this.#otherEnd = newline === 10 ? "\r" : "\n";
    this.#split = fieldsBy(reading, this.#newline);
    this.columns = columns === undefined ? this.#columnsOf(rows, reading.header) : [...columns];
  }

  read(bytes: Uint8Array, isCut = false): ReadRow {
    const row = this.#split(this.#textOf(bytes));
    if (row.cells.length > this.columns.length) this.#widen(row.cells);
    // A quote that closes after the cut is not missing.
    return isCut ? { cells: row.cells, malformed: false, openColumn: row.cells.length - 1 } : row;
  }

  #columnsOf(rows: readonly Uint8Array[], hasHeader: boolean): Column[] {
    const first = rows.map((row) => this.#split(this.#textOf(row)).cells);
    const header = hasHeader ? (first.shift() ?? []) : [];
    const longest = Math.max(0, ...first.map((cells) => cells.length));
    const names = columnNames(header, Math.min(longest, mostColumns));
    const types = typesOf(first, names.length);
    return names.map((name, place) => ({ name, type: types[place] ?? "text" }));
  }

  #textOf(bytes: Uint8Array): string {
    const text = decodeText(bytes, this.#encoding);
    let end = text.length;
    if (text.endsWith(this.#newline)) end--;
    // Some programs turn each LF into CR LF twice.
    while (text[end - 1] === this.#otherEnd) end--;
    return end === text.length ? text : text.slice(0, end);
  }

  #widen(cells: readonly string[]): void {
    const added = cells.slice(this.columns.length, mostColumns);
    if (added.length === 0) return;
    for (const cell of added) {
      this.columns.push({ name: columnName(undefined, this.columns.length), type: typeOf(cell) ?? "text" });
    }
    this.columnsVersion++;
  }
}

/** Returns a function that divides a row's text, without its newline, into cells. */
function fieldsBy(reading: Reading, newline: "\n" | "\r"): (row: string) => ReadRow {
  const { delimiter, quote } = reading;
  const plain = (row: string): ReadRow => ({ cells: row.split(delimiter), malformed: false });
  if (quote === "") return plain;
  const options = { escapes: reading.escape === "backslash", skipsSpaces: reading.skipsSpaces === true };
  const careful = (row: string): ReadRow => splitFields(row, delimiter, quote, options);
  if (options.escapes || options.skipsSpaces) return (row) => (row.includes(quote) ? careful(row) : plain(row));
  if (Papa.BAD_DELIMITERS.includes(delimiter)) return (row) => (row.includes(quote) ? careful(row) : plain(row));
  // papaparse drops spaces between a closing quote and the delimiter. Here they belong to the field.
  const spaceAfterQuote = new RegExp(`${escaped(quote)}\\s+${escaped(delimiter)}`);
  const config = {
    delimiter,
    newline,
    quoteChar: quote,
    escapeChar: quote,
    header: false,
    dynamicTyping: false,
  } as const;
  return (row) => {
    if (!row.includes(quote)) return plain(row);
    if (row.length > longestForLibrary || spaceAfterQuote.test(row)) return careful(row);
    // papaparse removes a byte order mark, but in the middle of a file it is an ordinary character.
    const { data, errors } = Papa.parse<string[]>(row.startsWith(mark) ? mark + row : row, config);
    const [cells] = data;
    return cells === undefined || data.length > 1 || errors.length > 0 ? careful(row) : { cells, malformed: false };
  };
}

function escaped(character: string): string {
  return character.replace(/[^\w\s]/g, "\\$&");
}
