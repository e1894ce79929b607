import { isAscii, isUtf8 } from "node:buffer";
import { mostJsonColumns } from "../../table/cells/columnSet.ts";
import { isPlainlyDivided, type TableText } from "../../table/document/division.ts";
import type { FieldScanner, RecordGrammar } from "../../table/scan/fieldScanner.ts";
import { mixedEncoding } from "../../table/source/mixedText.ts";
import { unitBytes } from "../../table/source/textDecoding.ts";
import type { Reading } from "../../table/tableTypes.ts";
import type { SourceField } from "../exportSource.ts";
import type { CellRows } from "./cellRows.ts";
import type { ParquetWriter } from "./parquet/parquetWriter.ts";
import { RepeatedValue } from "./repeatedValue.ts";
import { type RowRange, rowStretches } from "./rowStretches.ts";

/** Where the values of a column come from: the index of a wanted field, or always the same. */
type Source = { readonly field: number } | { readonly repeated: RepeatedValue };

/** How many rows are read cell by cell when one of them can't be copied: others near it often can't, either. */
const unusualRows = 32;
/** How much is read after such a row, until all rows can be copied again. */
const unusualStretch = 1 << 16;
/** The name of a column for a key that its object already has. */
const copyName = / \(\d+\)$/;

/**
 * Prepares a scanner to copy these columns.
 *
 * @param wanted indexes of fields, in increasing order
 * @returns false if the values have to be read cell by cell
 */
export function beginCopying(scanner: FieldScanner, text: TableText, wanted: readonly number[]): boolean {
  const { grammar, division } = text;
  const { reading, columns } = division;
  if (unitBytes(reading.encoding) !== 1 || mixedEncoding(reading.encoding) !== undefined) return false;
  if (reading.kind === "delimited") {
    if (!isPlainlyDivided(reading) || grammar.kind !== "delimited") return false;
    scanner.begin(grammar, wanted);
    return true;
  }
  const names = wanted.flatMap((index) => columns[index]?.name ?? []);
  const isCopied = (name: string): boolean => name.isWellFormed() && !copyName.test(name);
  const areColumns = wanted.every((index) => index < Math.min(columns.length, mostJsonColumns));
  if (reading.flat || !areColumns || !names.every(isCopied)) return false;
  return scanner.beginObjects(recordGrammar(text), names);
}

function recordGrammar({ grammar, division: { newline } }: TableText): RecordGrammar {
  switch (grammar.kind) {
    case "delimited":
      return { kind: "lines", newline };
    case "jsonArray":
      return { kind: "array" };
    case "jsonValues":
      return { kind: "joined" };
  }
}

/** The fields that columns need, each once, in increasing order. */
export function wantedFields(fields: readonly SourceField[]): number[] {
  const indexes = fields.flatMap((field) => (field.kind === "field" ? [field.index] : []));
  return [...new Set(indexes)].toSorted((one, other) => one - other);
}

/**
 * Copies values from the bytes of a file, without making text of them. Rows for which that isn't possible are written
 * cell by cell: those that are longer than a stretch, a last row without an end, stretches that are not UTF-8, and JSON
 * that is damaged or not an object. In other encodings, only stretches of ASCII can be copied.
 */
export class PlainRows {
  readonly #text: TableText;
  readonly #scanner: FieldScanner;
  readonly #cells: CellRows;
  readonly #writer: ParquetWriter;
  readonly #sources: readonly Source[];

  /** @param scanner prepared by `beginCopying` */
  constructor(
    text: TableText,
    fields: readonly SourceField[],
    { scanner, cells, writer }: { scanner: FieldScanner; cells: CellRows; writer: ParquetWriter },
  ) {
    this.#text = text;
    this.#scanner = scanner;
    this.#cells = cells;
    this.#writer = writer;
    const wanted = wantedFields(fields);
    this.#sources = fields.map((field) =>
      field.kind === "field" ? { field: wanted.indexOf(field.index) } : { repeated: new RepeatedValue(field) },
    );
  }

  /** Writes the rows of a range, a stretch at a time. Yields the byte up to which they are written. */
  async *write({ from, to = Infinity }: RowRange, stretch: number): AsyncGenerator<number> {
    const { input } = this.#scanner;
    let byte = from;
    let most = stretch;
    while (byte < to) {
      const length = this.#text.source.read(input.subarray(0, Math.min(most, to - byte)), byte);
      if (length === 0) break;
      const { rows, end, isUnusual } = this.#scanner.divide(length, this.#writer.room);
      if (rows > 0) await this.#writeDivided(rows, { from: byte, to: byte + end }, stretch);
      byte += end;
      const isStuck = isUnusual || (rows === 0 && (length < most || most === stretch));
      if (isStuck) byte = await this.#writeSome({ from: byte, to }, Math.min(stretch, unusualStretch));
      most = isUnusual ? Math.min(stretch, unusualStretch) : Math.min(stretch, most * 2);
      yield byte;
    }
  }

  async #writeDivided(rows: number, range: RowRange & { readonly to: number }, stretch: number): Promise<void> {
    const bytes = this.#scanner.input.subarray(0, range.to - range.from);
    if (isText(bytes, this.#text.division.reading)) await this.#copy(rows);
    else for (const { spans } of rowStretches(this.#text, range, stretch)) await this.#cells.write(spans);
  }

  /** Writes the row that begins at a byte, and perhaps some after it. Returns the byte after them. */
  async #writeSome(range: RowRange, stretch: number): Promise<number> {
    for (const { spans } of rowStretches(this.#text, range, stretch)) {
      const some = spans.slice(0, unusualRows);
      await this.#cells.write(some);
      const end = some.at(-1)?.end;
      if (end !== undefined) return end;
    }
    return Infinity;
  }

  #copy(rows: number): Promise<void> | undefined {
    return this.#writer.add(rows, (column) => {
      const source = this.#sources[column];
      if (source === undefined) throw new RangeError(`No column ${column}.`);
      return "field" in source ? this.#scanner.gather(source.field, rows) : source.repeated.page(rows);
    });
  }
}

function isText(bytes: Uint8Array, { encoding }: Reading): boolean {
  return encoding === "utf-8" ? isUtf8(bytes) : isAscii(bytes);
}
