import { t } from "@vscode/l10n";
import { ExportError, throwIfCancelled } from "../../model/exportError.ts";
import type { RowPages } from "../tableReader.ts";
import { longestCell, type Rows, type TableShape } from "../tableTypes.ts";
import { type TakeFormat, type TakeWriter, writerOf } from "./takeFormats.ts";

/** What is given out in one piece; a clipboard with more than this makes other programs stop answering. */
export const longestTake = 16 * 1024 * 1024;

export interface TakeRequest {
  readonly rows: { readonly from: number; readonly count: number };
  /** Places in the file's order, in the order in which they are written. */
  readonly columns: readonly number[];
  readonly withHeader: boolean;
  readonly format: TakeFormat;
}

export type Taken =
  | { readonly kind: "taken"; readonly text: string; readonly rows: number; readonly cells: number }
  | { readonly kind: "tooLarge"; readonly limitBytes: number };

const firstPageRows = 16;
const mostPageRows = 4096;
/** Pages grow and shrink towards as many characters as this. */
const pageLength = 1024 * 1024;

/**
 * Writes rows down in a format, page by page, and stops as soon as the text has more than `limitBytes` bytes of UTF-8.
 * A value is never cut: one that is longer than a reader hands out counts as too large.
 *
 * @throws ExportError `cancelled`, `fileChanged` when the rows turned into others meanwhile, and what the reader throws
 */
export async function takeRows(
  reader: RowPages,
  shape: TableShape,
  request: TakeRequest,
  { signal, limitBytes = longestTake }: { signal: AbortSignal; limitBytes?: number },
): Promise<Taken> {
  const { from, count } = request.rows;
  // Numbers of rows that the index has not come to are guesses, and what was marked has to be what is taken.
  if (count > 0) await reader.indexed(from + count, signal);
  const writer = writerOf(request.format, takenColumns(shape, request), request.withHeader);
  const text = new BoundedText(writer, limitBytes);
  for await (const page of pages(reader, request, signal)) {
    if (page.version !== shape.version) throw rowsChanged();
    for (const { cells, cut } of page.rows) {
      const places = request.columns.map((column) => column - firstColumn(request));
      if (cut?.some((place) => places.includes(place)) === true) return { kind: "tooLarge", limitBytes };
      if (!text.add(writer.row(places.map((place) => cells[place])))) return { kind: "tooLarge", limitBytes };
    }
  }
  return text.fits
    ? { kind: "taken", text: text.whole(), rows: text.rows, cells: text.rows * request.columns.length }
    : { kind: "tooLarge", limitBytes };
}

function takenColumns(shape: TableShape, request: TakeRequest): Parameters<typeof writerOf>[1] {
  const columns = request.columns.map((place) => shape.columns[place] ?? ({ name: "", type: "text" } as const));
  return { columns, kind: shape.reading.kind };
}

function firstColumn({ columns }: TakeRequest): number {
  return columns.reduce((least, column) => Math.min(least, column), columns[0] ?? 0);
}

type Page = Pick<Rows, "version" | "rows">;

async function* pages(reader: Pick<RowPages, "rows">, request: TakeRequest, signal: AbortSignal): AsyncGenerator<Page> {
  const from = firstColumn(request);
  const last = request.columns.reduce((most, column) => Math.max(most, column), from);
  const columns = { from, count: last - from + 1 };
  const end = request.rows.from + request.rows.count;
  let size = firstPageRows;
  for (let row = request.rows.from; row < end;) {
    throwIfCancelled(signal);
    const page = await reader.rows(
      { from: row, count: Math.min(size, end - row), columns, longest: longestCell },
      signal,
    );
    if (page.rows.length === 0) return;
    yield page;
    row += page.rows.length;
    size = nextPageRows(page);
  }
}

function nextPageRows({ rows }: Page): number {
  const length = rows.reduce((sum, { cells }) => sum + cells.reduce((all, cell) => all + cell.length + 1, 0), 0);
  return Math.max(1, Math.min(mostPageRows, Math.floor((rows.length * pageLength) / Math.max(length, 1))));
}

/** The text as it is put together, never much longer than allowed. */
class BoundedText {
  readonly #writer: TakeWriter;
  readonly #limitBytes: number;
  readonly #pieces: string[];
  #bytes: number;
  rows = 0;

  constructor(writer: TakeWriter, limitBytes: number) {
    this.#writer = writer;
    this.#limitBytes = limitBytes;
    this.#pieces = [writer.begin];
    this.#bytes = Buffer.byteLength(writer.begin) + Buffer.byteLength(writer.end);
  }

  get fits(): boolean {
    return this.#bytes <= this.#limitBytes;
  }

  /** @returns whether the text is still allowed */
  add(row: string): boolean {
    const piece = this.rows === 0 ? row : this.#writer.separator + row;
    this.rows += 1;
    this.#bytes += Buffer.byteLength(piece);
    if (this.fits) this.#pieces.push(piece);
    return this.fits;
  }

  whole(): string {
    return this.#pieces.join("") + this.#writer.end;
  }
}

function rowsChanged(): ExportError {
  return new ExportError("fileChanged", t("The file was read anew meanwhile. Mark the rows again."));
}
