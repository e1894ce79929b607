import { isAscii, isUtf8 } from "node:buffer";
import { isPlainlyDivided, type TableText } from "../../table/document/division.ts";
import type { FieldScanner, PlainGrammar } from "../../table/scan/fieldScanner.ts";
import { unitBytes } from "../../table/source/textDecoding.ts";
import type { Reading } from "../../table/tableTypes.ts";
import type { SourceField } from "../exportSource.ts";
import type { CellRows } from "./cellRows.ts";
import type { ParquetWriter } from "./parquet/parquetWriter.ts";
import { RepeatedValue } from "./repeatedValue.ts";
import { type RowRange, rowStretches } from "./rowStretches.ts";

/** Where the values of a column come from: the index of a wanted field, or always the same. */
type Source = { readonly field: number } | { readonly repeated: RepeatedValue };

/** The grammar of files whose fields can be copied as they are; undefined for others. */
export function plainGrammar({ grammar, division: { reading } }: TableText): PlainGrammar | undefined {
  const isPlain = isPlainlyDivided(reading) && unitBytes(reading.encoding) === 1;
  return isPlain && grammar.kind === "delimited" ? grammar : undefined;
}

/**
 * Copies fields from the bytes of a file, without making text of them. Rows for which that isn't possible are written
 * cell by cell: those that are longer than a stretch, a last row without an end, and stretches that are not UTF-8. In
 * other encodings, only stretches of ASCII can be copied.
 */
export class PlainRows {
  readonly #text: TableText;
  readonly #scanner: FieldScanner;
  readonly #cells: CellRows;
  readonly #writer: ParquetWriter;
  readonly #sources: readonly Source[];

  constructor(
    text: TableText,
    grammar: PlainGrammar,
    fields: readonly SourceField[],
    { scanner, cells, writer }: { scanner: FieldScanner; cells: CellRows; writer: ParquetWriter },
  ) {
    this.#text = text;
    this.#scanner = scanner;
    this.#cells = cells;
    this.#writer = writer;
    const indexes = fields.flatMap((field) => (field.kind === "field" ? [field.index] : []));
    const wanted = [...new Set(indexes)].toSorted((one, other) => one - other);
    scanner.begin(grammar, wanted);
    this.#sources = fields.map((field) =>
      field.kind === "field" ? { field: wanted.indexOf(field.index) } : { repeated: new RepeatedValue(field) },
    );
  }

  /** Writes the rows of a range, a stretch at a time. Yields the byte up to which they are written. */
  async *write({ from, to = Infinity }: RowRange, stretch: number): AsyncGenerator<number> {
    const { input } = this.#scanner;
    let byte = from;
    while (byte < to) {
      const length = this.#text.source.read(input.subarray(0, Math.min(stretch, to - byte)), byte);
      if (length === 0) break;
      const { rows, end } = this.#scanner.divide(length, this.#writer.room);
      const range = { from: byte, to: byte + end };
      if (rows === 0) byte = await this.#writeLongRow({ from: byte, to }, stretch);
      else {
        if (isText(input.subarray(0, end), this.#text.division.reading)) await this.#copy(rows);
        else for (const one of rowStretches(this.#text, range, stretch)) await this.#cells.write(one.spans);
        byte = range.to;
      }
      yield byte;
    }
  }

  /** Writes the row that begins at a byte, and perhaps some after it. Returns the byte after them. */
  async #writeLongRow(range: RowRange, stretch: number): Promise<number> {
    for (const { spans } of rowStretches(this.#text, range, stretch)) {
      await this.#cells.write(spans);
      const end = spans.at(-1)?.end;
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
