import type { Grammar, Scanner, ScanState } from "../scan/scanner.ts";
import { numbersPerMatch } from "../scan/scanner.ts";
import { decodeText } from "../source/textDecoding.ts";
import { untilArrayEnd } from "./arrayEnd.ts";
import type { CellSearch } from "./cellSearch.ts";
import { nextMatch } from "./expression.ts";
import type { FinderSizes, SearchedTable } from "./finder.ts";
import { findAll } from "./occurrences.ts";
import { type Place, rowPlace, type Step, type Visit } from "./place.ts";
import type { Search } from "./search.ts";
import type { FileStretch, StretchReader } from "../scan/stretchReader.ts";

/** Units by which pieces of a value overlap: longer matches can be missed where two pieces meet. */
const longestOverlap = 64 * 1024;

/** Where the row, or the field, that stands at a piece's beginning goes on. */
interface Borders {
  /** Position behind the row's end. */
  readonly rowEnd: number | undefined;
  /** Positions of the first and the last delimiter between fields. */
  readonly first: number | undefined;
  readonly last: number | undefined;
}

/**
 * Searches rows that reach over a stretch. Up to `longestRow` units are read whole, like any other row. Of a longer
 * delimited row, whole fields are read stretch by stretch; a field longer than a stretch, and a JSON record longer than
 * `longestRow`, are searched as they stand in the file, quotes and escapes included, in pieces that overlap. JSON's
 * matches count in the first column then.
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
    this.#delimited = reading.kind === "delimited" && grammar.kind === "delimited" ? grammar : undefined;
    this.#search = search;
    this.#reader = reader;
    this.#cells = cells;
    this.#sizes = sizes;
  }

  /** Searches the row that begins at `place`, or its first piece when it is too long. */
  row(place: Place, visit: Visit): Step {
    const { grammar } = this.#table;
    const width = this.#reader.unitBytes;
    const state = { ...place.state };
    const start = new Uint32Array(1);
    const parts: Uint8Array[] = [];
    for (let read = 0; read < this.#sizes.longestRow;) {
      const before = { ...state };
      const whole = this.#reader.read(place.byte + read * width, this.#sizes.stretch);
      const ends = this.#scanner.rowStarts(grammar, state, 0, whole.units, start) > 0;
      const stretch = ends ? whole : untilArrayEnd(this.#scanner, grammar, whole, 0, before, state);
      const units = ends ? (start[0] ?? 0) : stretch.units;
      parts.push(Uint8Array.from(stretch.bytes(0, units)));
      read += units;
      if (!ends && !stretch.atEnd) continue;
      this.#cells.row(Buffer.concat(parts), place.row, visit);
      const next = rowPlace(place.byte + read * width, place.row + 1);
      const atEnd = !ends && stretch.atEnd;
      return { next, atEnd, searchedBytes: atEnd ? stretch.fileSize : next.byte };
    }
    return this.piece({ ...place, within: this.#delimited ? "field" : "value" }, visit);
  }

  /** Searches what follows within a row too long to be read whole. */
  piece(place: Place, visit: Visit): Step {
    const read = this.#reader.read(place.byte, this.#sizes.stretch);
    const { stretch, borders } = this.#borders(place, read);
    const end = borders.rowEnd ?? (stretch.atEnd ? stretch.units : undefined);
    const fieldsEnd = end ?? (borders.last === undefined ? undefined : borders.last + 1);
    if (place.within === "field" && fieldsEnd !== undefined) {
      const delimiter = end === undefined ? 1 : 0;
      const bytes = stretch.bytes(0, fieldsEnd - delimiter);
      this.#cells.row(bytes, place.row, visit, place.state.column);
      return this.#stepTo(place, stretch, fieldsEnd, end === undefined ? "field" : "row", 0);
    }
    return this.#valuePiece(place, stretch, borders, end, visit);
  }

  #valuePiece(place: Place, stretch: FileStretch, borders: Borders, rowEnd: number | undefined, visit: Visit): Step {
    const valueEnd = borders.first ?? rowEnd;
    const overlap = Math.min(longestOverlap, this.#sizes.stretch >> 2);
    const { encoding } = this.#table.reading;
    const accepted = valueEnd ?? characterStart(stretch, stretch.units - overlap, encoding === "utf-8");
    const text = decodeText(stretch.bytes(0, accepted), encoding);
    const behind = valueEnd === undefined ? decodeText(stretch.bytes(accepted, stretch.units), encoding) : "";
    const { regex, column } = this.#search;
    let matches = 0;
    regex.lastIndex = place.skip;
    let skip = 0;
    for (;;) {
      const match = nextMatch(regex, text + behind);
      if (match === null || match.index >= text.length) break;
      matches++;
      skip = Math.max(0, regex.lastIndex - text.length);
    }
    const here = this.#delimited ? place.state.column : 0;
    if (matches > 0 && (column === undefined || column === here)) visit(place.row, here, matches);
    if (valueEnd === undefined) return this.#stepTo(place, stretch, accepted, "value", skip);
    if (borders.first === undefined) return this.#stepTo(place, stretch, valueEnd, "row", 0);
    return this.#stepTo(place, stretch, valueEnd + 1, "field", 0);
  }

  #stepTo(place: Place, stretch: FileStretch, to: number, within: Place["within"], skip: number): Step {
    const state: ScanState = { ...place.state };
    const { ended } = this.#scanner.scan(this.#table.grammar, state, 0, to);
    const byte = place.byte + to * this.#reader.unitBytes;
    const next = ended > 0 ? rowPlace(byte, place.row + ended) : { byte, row: place.row, state, skip, within };
    const atEnd = within === "row" && ended === 0;
    return { next, atEnd, searchedBytes: atEnd ? stretch.fileSize : byte };
  }

  #borders(place: Place, read: FileStretch): { stretch: FileStretch; borders: Borders } {
    const { grammar } = this.#table;
    const start = new Uint32Array(1);
    const state = { ...place.state };
    const ends = this.#scanner.rowStarts(grammar, state, 0, read.units, start) > 0;
    const rowEnd = ends ? (start[0] ?? 0) : undefined;
    const stretch = ends ? read : untilArrayEnd(this.#scanner, grammar, read, 0, place.state, state);
    if (this.#delimited === undefined) return { stretch, borders: { rowEnd, first: undefined, last: undefined } };
    // Behind the newline, another row's columns are counted.
    const textEnd = rowEnd === undefined ? read.units : rowEnd - 1;
    return { stretch, borders: { rowEnd, ...this.#delimitersOf(place, this.#delimited, textEnd) } };
  }

  /** Delimiters stand inside of quotes, too; between fields is the last one that was found in each column but the last. */
  #delimitersOf(place: Place, grammar: Grammar & { kind: "delimited" }, to: number): Omit<Borders, "rowEnd"> {
    const before: Readonly<ScanState> = place.state;
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

/** The nearest position at or before `at` where a character begins, as far as bytes are text. */
function characterStart(stretch: FileStretch, at: number, utf8: boolean): number {
  if (!utf8) return at;
  let start = at;
  while (start > at - 3 && ((stretch.input[start] ?? 0) & 0xc0) === 0x80) start--;
  return start;
}
