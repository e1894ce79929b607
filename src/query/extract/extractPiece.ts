import { openDivided } from "../../table/document/openText.ts";
import type { TableText } from "../../table/document/division.ts";
import type { Scanner } from "../../table/scan/scanner.ts";
import { fileChanged } from "../../table/source/fileProblem.ts";
import { takeTurns } from "../../table/worker/turns.ts";
import { CellRows } from "./cellRows.ts";
import { ColumnsFile } from "./columnsFile.ts";
import type { Piece, PieceRequest } from "./extractMessages.ts";
import type { ParquetWriter } from "./parquet/parquetWriter.ts";
import { PageBuilder } from "./parquet/pageBuilder.ts";
import { rowStretches } from "./rowStretches.ts";

export interface ExtractOptions {
  readonly scanner: Scanner;
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
export async function extractPiece({ piece, target, stretch }: PieceRequest, options: ExtractOptions): Promise<void> {
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
  { signal, onBytes }: ExtractOptions,
): Promise<void> {
  const rows = new CellRows(text, piece.fields, writer);
  for (const { spans, readTo } of rowStretches(text, piece, stretch)) {
    await rows.write(spans);
    if (writer.rows > piece.rows) throw fileChanged(piece.file.path);
    onBytes(readTo - piece.from);
    await takeTurns(signal);
  }
}

/** If none of the columns is in the file, all rows are the same. */
async function repeatRow({ fields, rows }: Piece, writer: ParquetWriter, signal: AbortSignal): Promise<void> {
  while (writer.rows < rows) {
    const count = Math.min(writer.room, rows - writer.rows);
    const pages = fields.map((field) => {
      const builder = new PageBuilder();
      for (let row = 0; row < count; row++) builder.add(field.kind === "text" ? field.text : undefined);
      return builder.page;
    });
    await writer.add(pages, count);
    await takeTurns(signal);
  }
}
