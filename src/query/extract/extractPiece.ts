import { openDivided } from "../../table/document/openText.ts";
import type { TableText } from "../../table/document/division.ts";
import type { FieldScanner } from "../../table/scan/fieldScanner.ts";
import type { Scanner } from "../../table/scan/scanner.ts";
import { fileChanged } from "../../table/source/fileProblem.ts";
import { takeTurns } from "../../table/worker/turns.ts";
import { CellRows } from "./cellRows.ts";
import { ColumnsFile } from "./columnsFile.ts";
import type { Piece, PieceRequest } from "./extractMessages.ts";
import type { ParquetWriter } from "./parquet/parquetWriter.ts";
import { beginCopying, PlainRows, wantedFields } from "./plainRows.ts";
import { RepeatedValue } from "./repeatedValue.ts";
import { rowStretches } from "./rowStretches.ts";

export interface ExtractOptions {
  readonly scanner: Scanner;
  /** Without it, rows are read cell by cell, which takes longer. */
  readonly fieldScanner: FieldScanner | undefined;
  readonly signal: AbortSignal;
  /** Called with the number of bytes read so far. */
  readonly onBytes: (bytes: number) => void;
}

/**
 * Writes the wanted columns of consecutive rows to a new file.
 *
 * @throws ExportError `fileChanged` if there is another number of rows, or fewer bytes; `fileMissing`, `diskFull`,
 * `cancelled`; errors of the file system. The new file is then removed.
 */
export async function extractPiece(
  { piece, target, stretch }: Omit<PieceRequest, "fields">,
  options: ExtractOptions,
): Promise<void> {
  const file = new ColumnsFile(target, piece.fields.length);
  try {
    if (piece.fields.some(({ kind }) => kind === "field")) await extractRows(piece, file.writer, stretch, options);
    else await repeatRow(piece, file.writer, options.signal);
    if (file.writer.rows !== piece.rows) throw fileChanged(piece.file.path);
    await file.complete();
  } finally {
    await file.close();
  }
}

async function extractRows(
  piece: Piece,
  writer: ParquetWriter,
  stretch: number,
  options: ExtractOptions,
): Promise<void> {
  const { path, size } = piece.file;
  const text = openDivided(piece.file, piece.file.division, options.scanner);
  try {
    // A file that was cut is opened, too, with the bytes that it has.
    if (size !== undefined && text.source.fileBytes < size) throw fileChanged(path);
    await writeRows(text, piece, writer, stretch, options);
  } finally {
    text.source.close();
  }
}

async function writeRows(
  text: TableText,
  piece: Piece,
  writer: ParquetWriter,
  stretch: number,
  options: ExtractOptions,
): Promise<void> {
  for await (const byte of writtenRows(text, piece, writer, stretch, options.fieldScanner)) {
    if (writer.rows > piece.rows) throw fileChanged(piece.file.path);
    options.onBytes(byte - piece.from);
    await takeTurns(options.signal);
  }
}

/** Writes all rows in the fastest way that gives what the table shows. Yields the byte up to which they are written. */
async function* writtenRows(
  text: TableText,
  piece: Piece,
  writer: ParquetWriter,
  stretch: number,
  fieldScanner: FieldScanner | undefined,
): AsyncGenerator<number> {
  const cells = new CellRows(text, piece.fields, writer);
  if (fieldScanner !== undefined && beginCopying(fieldScanner, text, wantedFields(piece.fields))) {
    yield* new PlainRows(text, piece.fields, { scanner: fieldScanner, cells, writer }).write(piece, stretch);
    return;
  }
  for (const { spans, readTo } of rowStretches(text, piece, stretch)) {
    await cells.write(spans);
    yield readTo;
  }
}

/** If none of the columns is in the file, all rows are the same. */
async function repeatRow({ fields, rows }: Piece, writer: ParquetWriter, signal: AbortSignal): Promise<void> {
  const values = fields.map((field) => (field.kind === "field" ? undefined : new RepeatedValue(field)));
  while (writer.rows < rows) {
    const count = Math.min(writer.room, rows - writer.rows);
    await writer.add(count, (column) => {
      const value = values[column];
      if (value === undefined) throw new RangeError(`Column ${column} is in the file.`);
      return value.page(count);
    });
    await takeTurns(signal);
  }
}
