import { stat } from "node:fs/promises";
import { t } from "@vscode/l10n";
import { saveFile } from "../../disk/saveFile.ts";
import { writeText } from "../../disk/writeText.ts";
import { ExportError } from "../../model/exportError.ts";
import type { ColumnName, Filter, SavedFormat, SortKey } from "../../model/queryContract.ts";
import type { NamedExport } from "../../query/engineMessages.ts";
import { arrangeFile } from "../../query/host/arrangeFile.ts";
import { exportSourceOf } from "../../query/host/exportSourceOf.ts";
import type { QueryEngine } from "../../query/host/queryEngine.ts";
import { columnIndex } from "../../query/statements/columnIndex.ts";
import { GatheredRows } from "../../table/take/gatheredRows.ts";
import { savedText } from "../../table/take/savedText.ts";
import type { TakeFormat } from "../../table/take/takeFormats.ts";
import type { OpenedTable, RowPages, ViewedFile } from "../../table/tableReader.ts";
import { mostRowsAtOnce, type TableProblem, type TableShape } from "../../table/tableTypes.ts";
import { rowNumber } from "../../table/view/rowIdentity.ts";

/** What of a file is saved. */
export interface WantedView {
  /** In the order in which they are written. Default: all. */
  readonly columns?: readonly ColumnName[] | undefined;
  readonly sort: readonly SortKey[];
  readonly filter: Filter | null;
}

export interface SaveTarget {
  readonly path: string;
  readonly format: SavedFormat;
  readonly ifTaken: "overwrite" | "fail";
}

export interface SaveProgress {
  readonly rows: number;
  readonly bytes: number;
  /** How much of the work is done, from 0 to 1. Undefined if it isn't known. */
  readonly share?: number;
}

export interface SaveCall {
  readonly signal: AbortSignal;
  readonly onProgress?: ((progress: SaveProgress) => void) | undefined;
}

export type Saved = Pick<SaveProgress, "rows" | "bytes">;

/** A table to save from. */
export interface SavedTable {
  readonly file: ViewedFile;
  /** The table or problem that it is, after the last reread. */
  settled(): Promise<OpenedTable>;
}

export interface ViewSaverParts {
  readonly engine: Pick<QueryEngine, "arrange" | "missing" | "saveRows" | "saveResult">;
  readonly problemError: (problem: TableProblem) => ExportError;
}

const textFormats: Readonly<Record<Exclude<SavedFormat, "parquet">, TakeFormat>> = {
  csv: "csv",
  tsv: "tsv",
  json: "json",
  jsonl: "jsonLines",
};
const lookEveryMs = 250;

/** Writes views of files, and results of statements, to new files. */
export class ViewSaver {
  readonly #parts: ViewSaverParts;

  constructor(parts: ViewSaverParts) {
    this.#parts = parts;
  }

  /**
   * Writes rows of a file. Text formats have the text of the file; in Parquet, a column has values of one type if all of its
   * values are of that type.
   *
   * @throws ExportError `fileExists`, `notWritable`, `diskFull`, `fileChanged`, `cancelled`; `notAnExportFile` if the file
   *   isn't a table; as `QueryEngine.arrange` if the rows are sorted or filtered, or if the format is Parquet
   */
  async saveRows(table: SavedTable, wanted: WantedView, target: SaveTarget, call: SaveCall): Promise<Saved> {
    const { file } = table;
    const { shape, rows } = await this.#wholeTable(table, wanted, call.signal);
    const names = shape.columns.map(({ name }) => name);
    const columns = wanted.columns?.map((column) => columnIndex(column, names)) ?? names.map((_, index) => index);
    if (columns.length === 0) throw noColumns();
    if (target.format === "parquet") return this.#saveParquet(file, { ...wanted, columns }, target, call);
    const format = textFormats[target.format];
    return this.#saveText(file, { ...wanted, columns, shape, rows, format }, target, call);
  }

  /** Writes the result of a statement. @throws ExportError as `saveRows`, and as `QueryEngine.query` */
  async saveResult(
    { sql, exports }: { readonly sql: string; readonly exports: readonly NamedExport[] },
    { path, format, ifTaken }: SaveTarget,
    { signal, onProgress }: SaveCall,
  ): Promise<Saved> {
    return saveFile(path, { ifTaken, signal }, (growing) =>
      whileWatched(growing, onProgress, (tell) =>
        this.#parts.engine.saveResult({ sql, exports, format, target: growing }, { signal, ...tell }),
      ),
    );
  }

  /** Waits until all rows and all columns are known. */
  async #wholeTable(
    table: SavedTable,
    { columns }: WantedView,
    signal: AbortSignal,
  ): Promise<{ readonly shape: TableShape; readonly rows: number }> {
    const { file } = table;
    const opened = await table.settled();
    if (opened.kind === "problem") throw this.#parts.problemError(opened.problem);
    const { rows, growing } = await file.indexed(Infinity, signal);
    if (growing) throw stillDownloading();
    if (columns === undefined && opened.shape.reading.kind !== "delimited") await readAll(file, rows, signal);
    const now = await table.settled();
    if (now.kind === "problem") throw this.#parts.problemError(now.problem);
    return { shape: now.shape, rows };
  }

  async #saveText(
    file: ViewedFile,
    { sort, filter, columns, shape, rows, format }: TextView,
    { path, ifTaken }: SaveTarget,
    { signal, onProgress }: SaveCall,
  ): Promise<Saved> {
    const isArranged = sort.length > 0 || filter !== null;
    const order = isArranged ? await this.#order(file, { sort, filter }, signal) : undefined;
    try {
      const count = order?.rows ?? rows;
      const pages = order === undefined ? inFileOrder(file) : new GatheredRows(file, order);
      const saved = { rows: 0, bytes: 0 };
      const onRows = (written: number): void => {
        saved.rows = written;
        onProgress?.({ ...saved, share: written / Math.max(count, 1) });
      };
      const request = { rows: { from: 0, count }, columns, withHeader: true, format };
      const all = async function* (): AsyncGenerator<string> {
        for await (const piece of savedText(pages, shape, request, { signal, onRows })) {
          saved.bytes += Buffer.byteLength(piece);
          yield piece;
        }
        if (saved.rows !== count) throw changedMeanwhile();
      };
      await writeText(all(), path, signal, ifTaken);
      return saved;
    } finally {
      order?.dispose();
    }
  }

  #order(file: ViewedFile, { sort, filter }: Pick<WantedView, "sort" | "filter">, signal: AbortSignal) {
    return arrangeFile(this.#parts.engine, file, { sort, filter }, { signal });
  }

  async #saveParquet(
    file: ViewedFile,
    { sort, filter, columns }: WantedView & { readonly columns: readonly number[] },
    { path, ifTaken }: SaveTarget,
    { signal, onProgress }: SaveCall,
  ): Promise<Saved> {
    const source = await exportSourceOf(file, signal);
    return saveFile(path, { ifTaken, signal }, (growing) =>
      whileWatched(growing, onProgress, (tell) =>
        this.#parts.engine.saveRows({ source, columns, sort, filter, target: growing }, { signal, ...tell }),
      ),
    );
  }
}

interface TextView extends Omit<WantedView, "columns"> {
  readonly columns: readonly number[];
  readonly shape: TableShape;
  readonly rows: number;
  readonly format: TakeFormat;
}

function inFileOrder(file: ViewedFile): Pick<RowPages, "rows"> {
  return {
    rows: ({ from, ...request }, signal) =>
      file.rows({ ...request, from: from === "last" ? "last" : rowNumber(from) }, signal),
  };
}

/** Reads all records once. Any of them can have a key that none before it has, which is a column of its own. */
async function readAll(file: ViewedFile, rows: number, signal: AbortSignal): Promise<void> {
  for (let from = 0; from < rows;) {
    const columns = { from: 0, count: 0 };
    const page = await file.rows({ from: rowNumber(from), count: mostRowsAtOnce, columns, longest: 0 }, signal);
    if (page.rows.length === 0) return;
    from += page.rows.length;
  }
}

/** Tells how the engine is getting on with a file: it knows the rows, and the disk knows the bytes. */
async function whileWatched(
  path: string,
  onProgress: SaveCall["onProgress"],
  write: (tell: { onRows: (rows: number) => void; onProgress: (share: number) => void }) => Promise<number>,
): Promise<Saved> {
  let state: SaveProgress = { rows: 0, bytes: 0 };
  const tell = (change: Partial<SaveProgress>): void => {
    state = { ...state, ...change };
    onProgress?.(state);
  };
  const look = async (): Promise<void> => tell({ bytes: (await stat(path)).size });
  const looking = setInterval(() => void look().catch(() => undefined), lookEveryMs);
  try {
    const rows = await write({ onRows: (rows) => tell({ rows }), onProgress: (share) => tell({ share }) });
    const { size: bytes } = await stat(path);
    tell({ rows, bytes });
    return { rows, bytes };
  } finally {
    clearInterval(looking);
  }
}

function noColumns(): ExportError {
  return new ExportError("invalidRequest", t("No columns are selected. Show at least one column, and save again."));
}

function stillDownloading(): ExportError {
  const message = t("The file is still being downloaded. It can be saved when it is complete.");
  return new ExportError("invalidRequest", message);
}

function changedMeanwhile(): ExportError {
  return new ExportError("fileChanged", t("The file changed while it was being saved. Save it again."));
}
