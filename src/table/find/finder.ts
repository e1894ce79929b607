import { arrayEnd } from "../scan/arrayEnd.ts";
import { freshState } from "../scan/rowEnds.ts";
import {
  type Grammar,
  inputCapacity,
  mostPositions,
  type Needle,
  numbersPerMatch,
  type Scanner,
  type ScanState,
} from "../scan/scanner.ts";
import { isPlainlyDivided } from "../document/division.ts";
import type { ByteSource } from "../source/byteSource.ts";
import { decodeText } from "../source/textDecoding.ts";
import { type Encoding, longestCell } from "../tableTypes.ts";
import { CellSearch } from "./cellSearch.ts";
import { type DelimitedGrammar, type DividedStretch, FieldWalk } from "./fieldWalk.ts";
import { LongRowSearch } from "./longRow.ts";
import { findAll } from "./occurrences.ts";
import type { Interval } from "./landmarks.ts";
import { type SearchCursor, cursorAtRow, type Step, type Visit } from "./searchCursor.ts";
import { searchRaw } from "./rawSearch.ts";
import type { Plan, RawPlan, Search } from "./search.ts";
import type { FinderSizes, SearchedTable } from "./searchedTable.ts";
import { endedAt, type FileStretch, StretchReader } from "../scan/stretchReader.ts";

const noPositions = new Uint32Array(0);
const defaultSizes: FinderSizes = { stretch: inputCapacity, longestRow: longestCell };

/** If there is more than one candidate per this many units, matching the whole stretch is faster. */
const unitsPerRareMatch = 350;

type CandidatesPlan = Extract<Plan, { kind: "candidates" }>;

/** The rows that end in a stretch. */
interface EndedRows {
  readonly ended: number;
  /** The position after the last of them; 0 if there is none. */
  readonly lastStart: number;
  /** The scan's state at the stretch's end. */
  readonly state: ScanState;
}

/** A stretch up to the end of the rows, and the rows in it. */
interface SearchedRows extends EndedRows {
  readonly stretch: FileStretch;
}

/**
 * Searches a table in steps of one stretch of the file. Keeps no position: a step can begin where any other step ended.
 * Memory: the scanner's input, and 5 bytes per unit of a stretch.
 */
export class Finder {
  readonly start: SearchCursor;
  readonly source: ByteSource;
  readonly #scanner: Scanner;
  readonly #grammar: Grammar;
  readonly #delimited: DelimitedGrammar | undefined;
  readonly #encoding: Encoding;
  readonly #search: Search;
  readonly #reader: StretchReader;
  readonly #cells: CellSearch;
  readonly #longRows: LongRowSearch;
  readonly #stretch: number;
  readonly #starts: Uint32Array;
  readonly #positions = new Uint32Array(mostPositions);
  readonly #found = new Uint32Array(numbersPerMatch * 4096);

  constructor(table: SearchedTable, search: Search, sizes: FinderSizes = defaultSizes) {
    this.start = cursorAtRow(table.begin, 0);
    this.source = table.source;
    this.#scanner = table.scanner;
    this.#grammar = table.grammar;
    const hasFields = isPlainlyDivided(table.reading) && table.grammar.kind === "delimited";
    this.#delimited = hasFields ? table.grammar : undefined;
    this.#encoding = table.reading.encoding;
    this.#search = search;
    this.#reader = new StretchReader(table.source, table.scanner, table.reading.encoding);
    this.#cells = new CellSearch(table.cells, search);
    this.#longRows = new LongRowSearch(table, search, this.#reader, this.#cells, sizes);
    this.#stretch = sizes.stretch;
    this.#starts = new Uint32Array(sizes.stretch);
  }

  /**
   * Searches one stretch of the file.
   *
   * @param cursor `start`, a known row, or the end of another step
   * @param until a byte after `cursor` at which a row begins; the step doesn't go beyond it
   * @throws ExportError `fileChanged` if the file is shorter than before
   */
  step(cursor: SearchCursor, visit: Visit, until = Infinity): Step {
    const { plan } = this.#search;
    if (plan.kind === "literal") return this.#literal(cursor, plan.needle, visit, until);
    if (cursor.within !== "row") return this.#longRows.piece(cursor, visit);
    const read = this.#reader.read(cursor.byte, Math.min(this.#stretch, this.#units(until - cursor.byte)));
    const { stretch, ended, lastStart } = this.#rows(cursor.row, read, plan, visit);
    if (ended === 0 && !stretch.atEnd) return this.#longRows.row(cursor, visit);
    const next = cursorAtRow(cursor.byte + lastStart * this.#reader.unitBytes, cursor.row + ended);
    return { next, atEnd: stretch.atEnd, searchedBytes: stretch.atEnd ? stretch.fileSize : next.byte };
  }

  /**
   * Counts the matches in whole rows, without looking where they are if possible.
   *
   * @throws RangeError if the interval doesn't fit in a step
   */
  count({ from, to }: Interval): number {
    const units = this.#units(to - from.byte);
    if (units > this.#stretch) throw new RangeError(`An interval of ${units} units.`);
    const { plan, column } = this.#search;
    if (plan.kind === "literal" && column === undefined) {
      return this.#scanner.positions(plan.needle, 0, this.#reader.read(from.byte, units).units, noPositions);
    }
    let matches = 0;
    const visit: Visit = (_row, _column, more) => {
      matches += more;
    };
    if (plan.kind === "literal") {
      this.#literal(from, plan.needle, visit, to);
      return matches;
    }
    const read = this.#reader.read(from.byte, units);
    const isCounted = plan.kind === "candidates" && this.#countCandidates(read, plan, visit);
    if (!isCounted) this.#rows(from.row, read, plan, visit);
    return matches;
  }

  /** Like `#candidates` for whole rows, but only looks for rows if there are candidates. Returns false if there are too many. */
  #countCandidates(stretch: FileStretch, plan: CandidatesPlan, visit: Visit): boolean {
    const count = this.#scanner.positions(plan.needle, 0, stretch.units, this.#positions);
    if (plan.whenMany !== undefined && count * unitsPerRareMatch > stretch.units) {
      this.#raw(0, { ...this.#rowStarts(stretch), stretch }, plan.whenMany, visit);
      return true;
    }
    if (count > this.#positions.length) return false;
    const first = [...this.#positions.subarray(0, count)];
    const others = this.#findRare(plan.others, stretch, "position");
    const found = others.length > 0 ? distinct([...first, ...others]) : first;
    if (found.length === 0) return true;
    const rows = { ...this.#rowStarts(stretch), stretch };
    if (this.#delimited !== undefined)
      this.#fieldsAt(found, 0, { ...rows, starts: this.#starts }, this.#delimited, visit);
    else for (const row of this.#rowsAt(found)) this.#row(0, row, rows, visit);
    return true;
  }

  /** The indexes of the rows from `#rowStarts` that contain the positions, which are in order. */
  *#rowsAt(positions: readonly number[]): Generator<number> {
    let row = -1;
    let rowEnd = 0;
    for (const position of positions) {
      if (position < rowEnd) continue;
      do row++;
      while ((this.#starts[row] ?? Infinity) <= position);
      rowEnd = this.#starts[row] ?? Infinity;
      yield row;
    }
  }

  /** Whether `count` accepts an interval. */
  isCountable({ from, to }: Interval): boolean {
    return this.#units(to - from.byte) <= this.#stretch;
  }

  #units(bytes: number): number {
    return bytes / this.#reader.unitBytes;
  }

  #literal(cursor: SearchCursor, needle: Needle, visit: Visit, until: number): Step {
    const { length } = needle.bytes;
    const most = Math.min(Math.max(this.#stretch, length * 2), this.#units(until - cursor.byte));
    const stretch = this.#reader.read(cursor.byte, most);
    const endsRow = cursor.byte + stretch.units * this.#reader.unitBytes === until;
    // A match that begins later is complete only in the next stretch, or not at all. No match goes beyond its row.
    const to = endsRow ? stretch.units : Math.max(0, stretch.units - length + 1);
    const state = { ...cursor.state };
    const { column } = this.#search;
    const range = { from: 0, to, readable: stretch.units, skip: cursor.skip };
    const answer = findAll(this.#scanner, this.#grammar, state, range, needle, this.#found, (_, row, matchColumn) => {
      if (column === undefined || column === matchColumn) visit(cursor.row + row, matchColumn, 1);
    });
    const byte = cursor.byte + answer.at * this.#reader.unitBytes;
    const skip = Math.max(0, answer.skip - answer.at);
    const next = { byte, row: cursor.row + answer.ended, state, skip, within: "row" as const };
    return { next, atEnd: stretch.atEnd, searchedBytes: stretch.atEnd ? stretch.fileSize : byte };
  }

  #rows(firstRow: number, read: FileStretch, plan: Exclude<Plan, { kind: "literal" }>, visit: Visit): SearchedRows {
    if (plan.kind === "candidates") return this.#candidates(firstRow, read, plan, visit);
    const searched = this.#toArrayEnd(read, this.#rowStarts(read));
    if (plan.kind === "rawRegex") this.#raw(firstRow, searched, plan, visit);
    else for (let row = 0; row <= searched.ended; row++) this.#row(firstRow, row, searched, visit, plan.filter);
    return searched;
  }

  #candidates(firstRow: number, read: FileStretch, plan: CandidatesPlan, visit: Visit): SearchedRows {
    const grammar = this.#delimited;
    const what = grammar ? "position" : "row";
    const first = this.#findNeedle(plan.needle, read, what);
    const searched = this.#toArrayEnd(read, first);
    const others = this.#findRare(plan.others, read, what);
    const found = others.length > 0 ? distinct([...first.found, ...others]) : first.found;
    if (found.length === 0) return searched;
    this.#rowStarts(read);
    if (plan.whenMany && found.length * unitsPerRareMatch > read.units) {
      this.#raw(firstRow, searched, plan.whenMany, visit);
    } else if (grammar) this.#fieldsAt(found, firstRow, { ...searched, starts: this.#starts }, grammar, visit);
    else for (const row of found) this.#row(firstRow, row, searched, visit);
    return searched;
  }

  /** Searches the fields at the positions. The field of each match has at least one of them. */
  #fieldsAt(
    positions: readonly number[],
    firstRow: number,
    divided: DividedStretch,
    grammar: DelimitedGrammar,
    visit: Visit,
  ): void {
    const { column } = this.#search;
    const walk = new FieldWalk(divided, grammar, this.#encoding);
    let searchedTo = 0;
    for (const position of positions) {
      if (position < searchedTo) continue;
      walk.seekRow(position);
      if (walk.row === divided.ended && !divided.stretch.atEnd) break;
      walk.seekField(position);
      searchedTo = walk.to;
      if (column !== undefined && column !== walk.column) continue;
      const matches = this.#search.count(walk.value);
      if (matches > 0) visit(firstRow + walk.row, walk.column, matches);
    }
  }

  #raw(firstRow: number, searched: SearchedRows, plan: RawPlan, visit: Visit): void {
    if (this.#delimited === undefined) return;
    const divided = { ...searched, starts: this.#starts };
    const walk = new FieldWalk(divided, this.#delimited, this.#encoding);
    const strange = distinct(this.#findRare(plan.others, searched.stretch, "row"));
    const visitInFile: Visit = (row, column, matches) => visit(firstRow + row, column, matches);
    searchRaw(plan.regex, this.#search, divided, walk, strange, visitInFile, (row) =>
      this.#row(firstRow, row, searched, visit),
    );
  }

  /** The positions or rows of all occurrences of the needles. */
  #findRare(needles: readonly Needle[], stretch: FileStretch, what: "position" | "row"): number[] {
    // Most stretches have none, and checking for that is much faster than keeping track of rows.
    const scanned = stretch.input.subarray(0, stretch.units);
    const there = needles.filter((needle) => needle.foldsCase || scanned.includes(Buffer.from(needle.bytes)));
    return there.flatMap((needle) => this.#findNeedle(needle, stretch, what).found);
  }

  #findNeedle(needle: Needle, { units }: FileStretch, what: "position" | "row"): EndedRows & { found: number[] } {
    const state = freshState();
    const range = { from: 0, to: units, readable: units, skip: 0 };
    const found: number[] = [];
    const answer = findAll(this.#scanner, this.#grammar, state, range, needle, this.#found, (position, row) => {
      if (what === "position") found.push(position);
      else if (found.at(-1) !== row) found.push(row);
    });
    return { ended: answer.ended, lastStart: Math.max(0, answer.lastStart), state, found };
  }

  #rowStarts({ units }: FileStretch): EndedRows {
    const state = freshState();
    const ended = this.#scanner.rowStarts(this.#grammar, state, 0, units, this.#starts);
    return { ended, lastStart: this.#starts[ended - 1] ?? 0, state };
  }

  #toArrayEnd<Rows extends EndedRows>(read: FileStretch, rows: Rows): Rows & SearchedRows {
    const rest = { from: rows.lastStart, to: read.units, before: freshState(), after: rows.state };
    return { ...rows, stretch: endedAt(read, arrayEnd(this.#scanner, this.#grammar, rest)) };
  }

  /** Searches a row from `#rowStarts`. The row after the last end is searched only at the end of the file. */
  #row(firstRow: number, row: number, { stretch, ended }: SearchedRows, visit: Visit, filter?: RegExp): void {
    const from = row === 0 ? 0 : (this.#starts[row - 1] ?? 0);
    const to = row < ended ? (this.#starts[row] ?? 0) : stretch.units;
    if (row === ended && (!stretch.atEnd || to === from)) return;
    if (filter !== undefined && !this.#mayMatch(stretch, from, to, filter)) return;
    this.#cells.row(stretch.bytes(from, to), firstRow + row, visit);
  }

  /** If a row has quotes, its values may not be part of its text. */
  #mayMatch(stretch: FileStretch, from: number, to: number, filter: RegExp): boolean {
    const quote = this.#grammar.kind === "delimited" ? this.#grammar.quote : undefined;
    const hasQuotes = quote !== undefined && stretch.input.subarray(from, to).includes(quote);
    return hasQuotes || filter.test(decodeText(stretch.bytes(from, to), this.#encoding));
  }
}

function distinct(numbers: readonly number[]): number[] {
  return Array.from(new Set(numbers)).toSorted((a, b) => a - b);
}
