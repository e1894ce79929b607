import { t } from "@vscode/l10n";
import { ExportError, throwIfCancelled } from "../../model/exportError.ts";
import type { RowPages } from "../tableReader.ts";
import type { Row, TableShape } from "../tableTypes.ts";
import { columnSpan } from "../cells/columnSpan.ts";
import { kindAt } from "../cells/recordFields.ts";
import { type TakenCell, type TakeFormat, type TakeWriter, writerOf } from "./takeFormats.ts";

export interface TakeRequest {
  readonly rows: { readonly from: number; readonly count: number };
  /** Column indexes, in the order in which they are written. */
  readonly columns: readonly number[];
  readonly withHeader: boolean;
  readonly format: TakeFormat;
}

const firstPageRows = 16;
const mostPageRows = 4096;
/** The number of rows per page is adjusted so that a page has about this many characters. */
const pageLength = 1024 * 1024;

export function requestedWriter(shape: TableShape, { columns, format, withHeader }: TakeRequest): TakeWriter {
  const names = columns.map((column) => shape.columns[column]?.name ?? "");
  return writerOf(format, names, withHeader);
}

/**
 * Writes rows in a format, one page at a time.
 *
 * @param longest the longest value that can be taken, in characters
 * @returns one text per row; undefined for a row with a wanted value that is too long, because values are never cut
 * @throws ExportError `cancelled`, `fileChanged` if the file was read again meanwhile, and what `pages` throws
 */
export async function* writtenRows(
  pages: Pick<RowPages, "rows">,
  shape: TableShape,
  request: TakeRequest,
  { signal, longest }: { readonly signal: AbortSignal; readonly longest: number },
): AsyncGenerator<Iterable<string | undefined>> {
  const writer = requestedWriter(shape, request);
  const columns = columnSpan(request.columns);
  const end = request.rows.from + request.rows.count;
  let size = firstPageRows;
  for (let from = request.rows.from; from < end;) {
    throwIfCancelled(signal);
    const { version, rows } = await pages.rows(
      { from, count: Math.min(size, end - from), columns, longest, withRaw: needsRaw(request.format) },
      signal,
    );
    if (version !== shape.version) throw rowsChanged();
    if (rows.length === 0) return;
    yield written(rows, request.columns, columns.from, writer);
    from += rows.length;
    size = nextPageRows(rows);
  }
}

function* written(
  rows: readonly Row[],
  columns: readonly number[],
  first: number,
  writer: TakeWriter,
): Iterable<string | undefined> {
  for (const row of rows) {
    yield columns.some((column) => isUnread(row, column, first))
      ? undefined
      : writer.row(columns.map((column) => takenCell(row, column - first)));
  }
}

function isUnread({ cut, kinds, unreadFrom }: Row, column: number, first: number): boolean {
  const index = column - first;
  if (cut?.includes(index) === true) return true;
  return unreadFrom !== undefined && (column >= unreadFrom || kinds?.[index] === "-");
}

function needsRaw(format: TakeFormat): boolean {
  return format === "json" || format === "jsonLines";
}

function takenCell({ cells, kinds, raw }: Row, index: number): TakenCell | undefined {
  const text = cells[index];
  const kind = kinds === undefined ? undefined : kindAt(kinds, index);
  return text === undefined || kind === "-" ? undefined : { text, kind, raw: raw?.[index] };
}

function nextPageRows(rows: readonly Row[]): number {
  const length = rows.reduce((sum, { cells }) => sum + cells.reduce((all, cell) => all + cell.length + 1, 0), 0);
  return Math.max(1, Math.min(mostPageRows, Math.floor((rows.length * pageLength) / Math.max(length, 1))));
}

function rowsChanged(): ExportError {
  return new ExportError("fileChanged", t("The file was read again. Select the rows again."));
}
