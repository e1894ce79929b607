import { isDeepStrictEqual } from "node:util";
import { IndexBuilder, type IndexedTail } from "../index/indexBuilder.ts";
import { scatteredSpans } from "../index/scatteredSpans.ts";
import { type IndexedFile, rowSpans } from "../index/rowSpans.ts";
import type { RowSpan } from "../index/scannedFile.ts";
import { spansNear } from "../index/spansNear.ts";
import { defined } from "../../model/defined.ts";
import { Utf8Check } from "../index/utf8Check.ts";
import { createCells } from "../cells/createCells.ts";
import { recordFields } from "../cells/recordFields.ts";
import type { RowCells } from "../cells/rowCells.ts";
import { cellText, shownRow } from "../cells/shownRow.ts";
import {
  type CellRequest,
  type CellText,
  type Column,
  type Encoding,
  longestCell,
  longestField,
  mostRowsAtOnce,
  type RecordField,
  type Row,
  type Rows,
  type RowsAt,
  type RowsAtRequest,
  type RowsRequest,
  shownCellLength,
  type TableProgress,
  type TableShape,
} from "../tableTypes.ts";
import { type Division, type TableText, unitsOf } from "./division.ts";
import type { HeadRows } from "./openText.ts";
import type { SourceGrowth } from "./tableSpec.ts";
import { rowBytes, type RowLimits } from "./rowBytes.ts";

/** The longest row that is read completely, in bytes. */
const wholeRowBytes = 2 * longestCell;
const wholeRows: RowLimits = { row: wholeRowBytes, longRow: wholeRowBytes, extra: 0 };
/**
 * For the grid, long rows are read completely too, but not all rows of a page if each is many MiB long: scrolling has
 * to stay fast.
 */
const shownRows: RowLimits = { row: 1 << 20, longRow: wholeRowBytes, extra: wholeRowBytes };
/** How far beyond the index rows are searched by reading on, before they are estimated. */
const readOnBytes = 4 << 20;
/** With this many rows, the index gives a better average row length than the file's beginning. */
const averagedRows = 1000;

/** The rows of an open file by number. Rows that the index has reached are exact, later ones are estimated. */
export class IndexedTable {
  readonly version: number;
  readonly text: TableText;
  readonly #head: HeadRows;
  readonly #builder: IndexBuilder;
  readonly #utf8 = new Utf8Check();
  #cells: RowCells;
  /** The encoding that the file may have instead. */
  otherEncoding: Encoding | undefined;
  #growing: boolean;

  constructor(text: TableText, head: HeadRows, options: { version: number; growing: boolean }) {
    this.text = text;
    this.version = options.version;
    this.#growing = options.growing;
    this.#head = head;
    this.#cells = text.cells;
    this.#builder = indexBuilder(text, text.division.begin, this.#utf8);
  }

  /** Where the index found bytes that are not UTF-8, in a file that is read as such. */
  get notUtf8(): { readonly byte: number; readonly isUtf8Before: boolean } | undefined {
    const { wrongFrom, hasCharacters } = this.#utf8;
    if (wrongFrom === undefined) return undefined;
    return { byte: wrongFrom, isUtf8Before: hasCharacters || this.#head.hasCharacters };
  }

  get shape(): TableShape {
    return {
      version: this.version,
      reading: this.text.division.reading,
      columns: this.#cells.columns,
      ...defined({ otherEncoding: this.otherEncoding }),
    };
  }

  /** Whether a division has the same rows and columns as far as this one goes. */
  isDividedLike(other: Division): boolean {
    const { reading, begin, newline, columns } = this.text.division;
    const names = (all: readonly Column[]): string[] =>
      reading.kind === "delimited" ? all.map(({ name }) => name) : [];
    return isDeepStrictEqual(
      [reading, begin, newline, names(columns)],
      [other.reading, other.begin, other.newline, names(other.columns)],
    );
  }

  /** Beginnings of rows at which a search can begin. */
  get landmarks(): Float64Array {
    return this.#builder.index.landmarks();
  }

  get columnsVersion(): number {
    return this.#cells.columnsVersion;
  }

  get progress(): TableProgress {
    const { indexedBytes, rows, complete, endsInRecord } = this.#builder;
    return {
      version: this.version,
      bytes: this.text.source.fileBytes,
      indexedBytes: complete ? this.text.source.fileBytes : indexedBytes,
      indexedRows: rows,
      rows: complete ? rows : Math.max(rows, this.#estimatedRows()),
      exact: complete,
      growing: this.#growing,
      endsInRecord: complete && endsInRecord,
    };
  }

  /** Continues indexing, not beyond a byte. Returns whether there is more to do. */
  step(maxBytes: number, limit?: number): boolean {
    return this.#builder.step(maxBytes, limit);
  }

  /** Whether every byte before this one is indexed. */
  isIndexedTo(byte: number): boolean {
    return this.#builder.indexedBytes >= byte;
  }

  /** Takes over the index of the file's end. Returns false if it doesn't continue this one. */
  adopt(tail: IndexedTail): boolean {
    return this.#builder.adopt(tail);
  }

  /** The first row that probably begins after a byte that the index has not reached. */
  rowNear(byte: number): number | undefined {
    return this.#nearSpans(byte, 1, "after")[0]?.start;
  }

  /** More bytes can be read. */
  grew(change: SourceGrowth): void {
    this.text.source.grew(change.size);
    this.#growing = change.growing;
    this.#builder.grow();
  }

  rows({ from, count, ...request }: RowsRequest): Rows {
    const wanted = Math.min(count, mostRowsAtOnce);
    const found = from === "last" ? this.#lastSpans(wanted) : this.#spansFrom(from, wanted);
    const rows = this.#read(found.spans, request);
    // A JSON array ends before its file.
    const end = this.#builder.index.covered.end ?? this.text.source.size;
    const atEnd = (found.spans.at(-1)?.end ?? 0) >= end;
    return { version: this.version, from: found.from, provisional: found.provisional, atEnd, rows };
  }

  /** @returns undefined if the index doesn't have one of the rows */
  rowsAt({ rows: asked, ...request }: RowsAtRequest): RowsAt | undefined {
    const numbers = asked.slice(0, mostRowsAtOnce);
    const ascending = [...new Set(numbers)].toSorted((one, other) => one - other);
    const spans = scatteredSpans(this.#indexedFile, ascending).filter((span) => span !== undefined);
    if (spans.length < ascending.length) return undefined;
    const read = this.#read(spans, request);
    const byNumber = new Map(ascending.map((number, at) => [number, read[at]]));
    const rows = numbers.map((number) => byNumber.get(number)).filter((row) => row !== undefined);
    return { version: this.version, rows };
  }

  cell({ row, column }: CellRequest): CellText {
    const { spans } = this.#spansFrom(row, 1);
    for (const { bytes, isCut } of rowBytes(this.text.source, spans, wholeRows)) {
      return cellText(this.#cells.read(bytes, isCut), column, longestCell);
    }
    return { text: "" };
  }

  /** Every field of a row; empty if there is no such row. */
  record(row: number): RecordField[] {
    const { spans } = this.#spansFrom(row, 1);
    for (const { bytes, isCut } of rowBytes(this.text.source, spans, wholeRows)) {
      const read = this.#cells.read(bytes, isCut);
      return recordFields(read, this.#cells.columns, longestField);
    }
    return [];
  }

  /** The first byte of an indexed row. */
  startOf(row: number): number {
    return this.#spansFrom(row, 1).spans[0]?.start ?? this.text.source.size;
  }

  /** Appends columns of JSON records that another reader of the file found first. */
  addColumns(names: readonly string[]): void {
    const { reading, newline } = this.text.division;
    const known = new Set(this.#cells.columns.map(({ name }) => name));
    const added = names.filter((name) => !known.has(name)).map((name) => ({ name, type: "text" as const }));
    if (reading.kind === "delimited" || added.length === 0) return;
    this.#cells = createCells({ reading, newline, rows: [], columns: [...this.#cells.columns, ...added] });
  }

  close(): void {
    this.text.source.close();
  }

  get #units() {
    return unitsOf(this.text.division.reading.encoding);
  }

  #spansFrom(from: number, count: number): Found {
    const { complete, rows, indexedBytes } = this.#builder;
    const beyond = Math.max(0, from + count - rows) * this.#averageRowBytes();
    if (complete || beyond < readOnBytes) {
      return { from, provisional: false, spans: this.#exactSpans(from, count) };
    }
    const { begin } = this.text.division;
    const byte = Math.max(indexedBytes, begin + from * this.#averageRowBytes());
    return { from, provisional: true, spans: this.#nearSpans(Math.min(byte, this.text.source.size), count, "after") };
  }

  #lastSpans(count: number): Found {
    const { complete, rows } = this.#builder;
    if (complete) {
      const from = Math.max(0, rows - count);
      return { from, provisional: false, spans: this.#exactSpans(from, count) };
    }
    const spans = this.#nearSpans(this.text.source.size, count, "before");
    return { from: Math.max(0, this.progress.rows - spans.length), provisional: true, spans };
  }

  #exactSpans(from: number, count: number): RowSpan[] {
    return rowSpans(this.#indexedFile, from, count);
  }

  get #indexedFile(): IndexedFile {
    const { source, scanner, grammar } = this.text;
    return { index: this.#builder.index, source, scanner, grammar, ...this.#units };
  }

  /** @param spans in file order */
  #read(spans: readonly RowSpan[], request: Pick<RowsRequest, "columns" | "longest" | "withRaw">): Row[] {
    const { columns, longest = shownCellLength, withRaw = false } = request;
    const part = { from: columns?.from ?? 0, count: columns?.count ?? Infinity, longest };
    const limits = longest > shownCellLength ? wholeRows : shownRows;
    const rows: Row[] = [];
    for (const { bytes, isCut } of rowBytes(this.text.source, spans, limits)) {
      rows.push(shownRow(this.#cells.read(bytes, isCut, withRaw), part));
    }
    return rows;
  }

  #nearSpans(byte: number, count: number, direction: "before" | "after"): RowSpan[] {
    const { source, scanner, grammar, division } = this.text;
    const file = { source, scanner, grammar, begin: division.begin, ...this.#units };
    return spansNear(file, { byte, count, direction, expectedColumns: this.#cells.columns.length });
  }

  #estimatedRows(): number {
    return Math.round((this.text.source.size - this.text.division.begin) / this.#averageRowBytes());
  }

  #averageRowBytes(): number {
    const { rows, indexedBytes } = this.#builder;
    if (rows >= averagedRows) return (indexedBytes - this.text.division.begin) / rows;
    return Math.max(1, this.#head.bytes / Math.max(1, this.#head.rows));
  }
}

/** @param begin a byte at which a row begins */
export function indexBuilder(text: TableText, begin: number, utf8: Utf8Check): IndexBuilder {
  const { source, scanner, grammar, division } = text;
  const { kind, encoding } = division.reading;
  const file = { source, scanner, grammar, begin, jsonLines: kind === "jsonLines", ...unitsOf(encoding) };
  return new IndexBuilder(encoding === "utf-8" ? { ...file, utf8 } : file);
}

interface Found {
  readonly from: number;
  readonly provisional: boolean;
  readonly spans: readonly RowSpan[];
}
