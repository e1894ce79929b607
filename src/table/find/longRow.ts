import { isPlainlyDivided } from "../document/division.ts";
import { arrayEnd } from "../scan/arrayEnd.ts";
import type { Grammar, Scanner, ScanState } from "../scan/scanner.ts";
import { numbersPerMatch } from "../scan/scanner.ts";
import { decodeText } from "../source/textDecoding.ts";
import type { CellSearch } from "./cellSearch.ts";
import { nextMatch } from "./expression.ts";
import { findAll } from "./occurrences.ts";
import { type SearchCursor, cursorAtRow, type Step, type Visit } from "./searchCursor.ts";
import type { Search } from "./search.ts";
import type { FinderSizes, SearchedTable } from "./searchedTable.ts";
import { endedAt, type FileStretch, type StretchReader } from "../scan/stretchReader.ts";

/** How many units the pieces of a value overlap. Longer matches can be missed at the end of a piece. */
const longestOverlap = 64 * 1024;

/** Where the row or field at the beginning of a piece ends. */
interface Borders {
  /** The position after the row's end. */
  readonly rowEnd: number | undefined;
  /** The positions of the first and the last delimiter between fields. */
  readonly first: number | undefined;
  readonly last: number | undefined;
}

/**
 * Searches rows that are longer than a stretch. Up to `longestRow` units, a row is read completely, like any other. Of
 * a longer delimited row, complete fields are read stretch by stretch. A field longer than a stretch, and a JSON record
 * longer than `longestRow`, are searched as raw text, including quotes and escapes, in overlapping pieces. Matches in
 * such a record are reported for the first column.
 */
export class LongRowSearch {
  readonly #scanner: Scanner;
  readonly #table: SearchedTable;
  readonly #delimited: (Grammar & { kind: "delimited" }) | undefined;
  readonly #search: Search;
  readonly #reader: StretchReader;
  readonly #cells: CellSearch;
  readonly #sizes: FinderSizes;
  readonly #found = new Uint32Array(numbersPerMatch * 4096);

  constructor(table: SearchedTable, search: Search, reader: StretchReader, cells: CellSearch, sizes: FinderSizes) {
    const { scanner, grammar, reading } = table;
    this.#scanner = scanner;
    this.#table = table;
    this.#delimited = isPlainlyDivided(reading) && grammar.kind === "delimited" ? grammar : undefined;
    this.#search = search;
    this.#reader = reader;
    this.#cells = cells;
    this.#sizes = sizes;
  }

  /** Searches the row that begins at `cursor`, or only its first piece if it is too long. */
  row(cursor: SearchCursor, visit: Visit): Step {
    const { grammar } = this.#table;
    const width = this.#reader.unitBytes;
    const state = { ...cursor.state };
    const start = new Uint32Array(1);
    const parts: Uint8Array[] = [];
    for (let read = 0; read < this.#sizes.longestRow;) {
      const before = { ...state };
      const whole = this.#reader.read(cursor.byte + read * width, this.#sizes.stretch);
      const ends = this.#scanner.rowStarts(grammar, state, 0, whole.units, start) > 0;
      const scanned = { from: 0, to: whole.units, before, after: state };
      const stretch = ends ? whole : endedAt(whole, arrayEnd(this.#scanner, grammar, scanned));
      const units = ends ? (start[0] ?? 0) : stretch.units;
      parts.push(Uint8Array.from(stretch.bytes(0, units)));
      read += units;
      if (!ends && !stretch.atEnd) continue;
      this.#cells.row(Buffer.concat(parts), cursor.row, visit);
      const next = cursorAtRow(cursor.byte + read * width, cursor.row + 1);
      const atEnd = !ends && stretch.atEnd;
      return { next, atEnd, searchedBytes: atEnd ? stretch.fileSize : next.byte };
    }
    return this.piece({ ...cursor, within: this.#delimited ? "field" : "value" }, visit);
  }

  /** Searches the next piece of a row that is too long to be read completely. */
  piece(cursor: SearchCursor, visit: Visit): Step {
    const read = this.#reader.read(cursor.byte, this.#sizes.stretch);
    const { stretch, borders } = this.#borders(cursor, read);
    const end = borders.rowEnd ?? (stretch.atEnd ? stretch.units : undefined);
    const fieldsEnd = end ?? (borders.last === undefined ? undefined : borders.last + 1);
    if (cursor.within === "field" && fieldsEnd !== undefined) {
      const delimiter = end === undefined ? 1 : 0;
      const bytes = stretch.bytes(0, fieldsEnd - delimiter);
      this.#cells.row(bytes, cursor.row, visit, cursor.state.column);
      return this.#stepTo(cursor, stretch, fieldsEnd, end === undefined ? "field" : "row", 0);
    }
    return this.#valuePiece(cursor, stretch, borders, end, visit);
  }

  #valuePiece(
    cursor: SearchCursor,
    stretch: FileStretch,
    borders: Borders,
    rowEnd: number | undefined,
    visit: Visit,
  ): Step {
    const valueEnd = borders.first ?? rowEnd;
    const overlap = Math.min(longestOverlap, this.#sizes.stretch >> 2);
    const { encoding } = this.#table.reading;
    const accepted = valueEnd ?? characterStart(stretch, stretch.units - overlap, encoding === "utf-8");
    const text = decodeText(stretch.bytes(0, accepted), encoding);
    const behind = valueEnd === undefined ? decodeText(stretch.bytes(accepted, stretch.units), encoding) : "";
    const { regex, column } = this.#search;
    let matches = 0;
    regex.lastIndex = cursor.skip;
    let skip = 0;
    for (;;) {
      const match = nextMatch(regex, text + behind);
      if (match === null || match.index >= text.length) break;
      matches++;
      skip = Math.max(0, regex.lastIndex - text.length);
    }
    const here = this.#delimited ? cursor.state.column : 0;
    if (matches > 0 && (column === undefined || column === here)) visit(cursor.row, here, matches);
    if (valueEnd === undefined) return this.#stepTo(cursor, stretch, accepted, "value", skip);
    if (borders.first === undefined) return this.#stepTo(cursor, stretch, valueEnd, "row", 0);
    return this.#stepTo(cursor, stretch, valueEnd + 1, "field", 0);
  }

  #stepTo(cursor: SearchCursor, stretch: FileStretch, to: number, within: SearchCursor["within"], skip: number): Step {
    const state: ScanState = { ...cursor.state };
    const { ended } = this.#scanner.scan(this.#table.grammar, state, 0, to);
    const byte = cursor.byte + to * this.#reader.unitBytes;
    const next = ended > 0 ? cursorAtRow(byte, cursor.row + ended) : { byte, row: cursor.row, state, skip, within };
    const atEnd = within === "row" && ended === 0;
    return { next, atEnd, searchedBytes: atEnd ? stretch.fileSize : byte };
  }

  #borders(cursor: SearchCursor, read: FileStretch): { stretch: FileStretch; borders: Borders } {
    const { grammar } = this.#table;
    const start = new Uint32Array(1);
    const state = { ...cursor.state };
    const ends = this.#scanner.rowStarts(grammar, state, 0, read.units, start) > 0;
    const rowEnd = ends ? (start[0] ?? 0) : undefined;
    const scanned = { from: 0, to: read.units, before: cursor.state, after: state };
    const stretch = ends ? read : endedAt(read, arrayEnd(this.#scanner, grammar, scanned));
    if (this.#delimited === undefined) return { stretch, borders: { rowEnd, first: undefined, last: undefined } };
    // After the newline, the columns of another row are counted.
    const textEnd = rowEnd === undefined ? read.units : rowEnd - 1;
    return { stretch, borders: { rowEnd, ...this.#delimitersOf(cursor, this.#delimited, textEnd) } };
  }

  /** Delimiters can also be within quotes. Of those found for each column, only the last one is between fields. */
  #delimitersOf(cursor: SearchCursor, grammar: Grammar & { kind: "delimited" }, to: number): Omit<Borders, "rowEnd"> {
    const before: Readonly<ScanState> = cursor.state;
    const state = { ...before };
    const needle = { bytes: Uint8Array.of(grammar.delimiter), foldsCase: false };
    const range = { from: 0, to, readable: to, skip: 0 };
    let first: number | undefined;
    let last: number | undefined;
    let previous: { position: number; column: number } | undefined;
    const border = (column: number): void => {
      if (previous === undefined || column <= previous.column) return;
      first ??= previous.position;
      last = previous.position;
    };
    findAll(this.#scanner, grammar, state, range, needle, this.#found, (position, _, column) => {
      border(column);
      previous = { position, column };
    });
    border(state.column);
    return { first, last };
  }
}

/** The nearest position at or before `at` where a character begins, if the bytes are text. */
function characterStart(stretch: FileStretch, at: number, utf8: boolean): number {
  if (!utf8) return at;
  let start = at;
  while (start > at - 3 && ((stretch.input[start] ?? 0) & 0xc0) === 0x80) start--;
  return start;
}
