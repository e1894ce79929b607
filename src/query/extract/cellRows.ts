import { kindAt } from "../../table/cells/recordFields.ts";
import type { ReadRow } from "../../table/cells/rowCells.ts";
import type { TableText } from "../../table/document/division.ts";
import { rowBytes, type RowLimits } from "../../table/document/rowBytes.ts";
import type { RowSpan } from "../../table/index/scannedFile.ts";
import { longestCell } from "../../table/tableTypes.ts";
import type { SourceField } from "../exportSource.ts";
import { PageBuilder } from "./parquet/pageBuilder.ts";
import type { ColumnPage, ParquetWriter } from "./parquet/parquetWriter.ts";

/** The same as for the values that a table passes on as a whole. */
const wholeRow = 2 * longestCell;
const wholeRows: RowLimits = { row: wholeRow, longRow: wholeRow, extra: 0 };
/** A page is added before it has more rows, because the values of all of its rows are in memory. */
const pageRows = 4096;

/** Writes rows of any kind of file as the table shows them. */
export class CellRows {
  readonly #text: TableText;
  readonly #fields: readonly SourceField[];
  readonly #writer: ParquetWriter;
  readonly #builders: readonly PageBuilder[];
  #rows = 0;

  constructor(text: TableText, fields: readonly SourceField[], writer: ParquetWriter) {
    this.#text = text;
    this.#fields = fields;
    this.#writer = writer;
    this.#builders = fields.map(() => new PageBuilder());
  }

  async write(spans: readonly RowSpan[]): Promise<void> {
    for (const { bytes, isCut } of rowBytes(this.#text.source, spans, wholeRows)) {
      const read = this.#text.cells.read(bytes, isCut);
      for (const [column, builder] of this.#builders.entries()) builder.add(valueOf(read, this.#fields[column]));
      this.#rows++;
      if (this.#rows >= Math.min(pageRows, this.#writer.room)) await this.#endPage();
    }
    if (this.#rows > 0) await this.#endPage();
  }

  async #endPage(): Promise<void> {
    const rows = this.#rows;
    this.#rows = 0;
    const ended = this.#writer.add(rows, (column) => pageOf(this.#builders[column]));
    for (const builder of this.#builders) builder.clear();
    await ended;
  }
}

function pageOf(builder: PageBuilder | undefined): ColumnPage {
  if (builder === undefined) throw new RangeError("No such column.");
  return builder.page;
}

/** Undefined for a value that is missing, null in JSON, or beyond the part of a very long row that is read. */
function valueOf({ cells, kinds }: ReadRow, field: SourceField | undefined): string | undefined {
  if (field === undefined || field.kind === "missing") return undefined;
  if (field.kind === "text") return field.text;
  const cell = cells[field.index];
  if (cell === undefined) return undefined;
  const kind = kinds === undefined ? "s" : kindAt(kinds, field.index);
  return kind === "-" || kind === "0" ? undefined : cell.slice(0, longestCell);
}
