import { t } from "@vscode/l10n";
import { fileURLToPath } from "node:url";
import { cancelled, ExportError, isCancelled } from "../../model/exportError.ts";
import type { Division } from "../document/division.ts";
import type { SourceGrowth, TableSpec } from "../document/tableSpec.ts";
import type { OpenedTable, TableListener, TableReader } from "../tableReader.ts";
import type {
  CellRequest,
  CellText,
  FindPattern,
  FindProgress,
  FoundMatch,
  Match,
  Rows,
  RowsRequest,
  TableProgress,
  TableShape,
} from "../tableTypes.ts";
import { FindThread } from "./findThread.ts";
import type {
  OpenAnswer,
  SearchedFile,
  SentenceBundle,
  TableEvents,
  TableRequests,
  TableWorkerData,
} from "./tableMessages.ts";
import { ThreadRequests } from "./threadRequests.ts";
import { defined } from "../../model/defined.ts";

/** Where the programs of the worker threads lie. */
export interface TablePrograms {
  readonly tableWorker: URL;
  readonly findWorker: URL;
  /** The compiled scanner. */
  readonly scanner: URL;
  readonly sentences?: SentenceBundle | undefined;
}

/** Opens a file as a table, in worker threads of its own. What the file is, is told by `opened`; this never throws. */
export function createTableReader(spec: TableSpec, programs: TablePrograms): TableReader {
  return new ThreadReader(spec, programs);
}

class ThreadReader implements TableReader {
  opened: Promise<OpenedTable>;
  progress: TableProgress | undefined;
  readonly #listeners = new Set<TableListener>();
  readonly #programs: TablePrograms;
  readonly #workerData: TableWorkerData;
  readonly #table: ThreadRequests<TableRequests, TableEvents>;
  #find: FindThread | undefined;
  #spec: TableSpec;
  #division: Division | undefined;
  #shape: TableShape | undefined;
  #disposed = false;

  constructor(spec: TableSpec, programs: TablePrograms) {
    this.#programs = programs;
    this.#workerData = { scanner: fileURLToPath(programs.scanner), sentences: programs.sentences };
    this.#spec = spec;
    this.#table = new ThreadRequests(programs.tableWorker, this.#workerData, {
      shape: (shape) => {
        this.#reshape(shape);
        this.#tell((listener) => listener.onShape?.(shape));
      },
      progress: (progress) => {
        this.progress = progress;
        this.#tell((listener) => listener.onProgress?.(progress));
      },
      problem: (problem) => this.#tell((listener) => listener.onProblem?.(problem)),
    });
    this.opened = this.#open();
  }

  listen(listener: TableListener): { dispose(): void } {
    this.#listeners.add(listener);
    return { dispose: () => void this.#listeners.delete(listener) };
  }

  rows(request: RowsRequest, signal: AbortSignal): Promise<Rows> {
    return this.#table.ask("rows", request, signal);
  }

  cell(request: CellRequest, signal: AbortSignal): Promise<CellText> {
    return this.#table.ask("cell", request, signal);
  }

  lineOf(row: number, signal: AbortSignal): Promise<number> {
    return this.#table.ask("lineOf", { row }, signal);
  }

  indexed(row: number, signal: AbortSignal): Promise<TableProgress> {
    return this.#table.ask("indexed", { row }, signal);
  }

  reread(change: Partial<TableSpec>): Promise<OpenedTable> {
    this.endFind();
    this.#spec = { ...this.#spec, ...change };
    this.opened = this.#open();
    return this.opened;
  }

  grew(change: SourceGrowth): void {
    this.#spec = { ...this.#spec, ...change };
    // A thread that is gone has told so to whoever waits for it.
    void this.#table.ask("grew", change).catch(() => undefined);
    this.#find?.grew(change);
  }

  async find(pattern: FindPattern): Promise<FindProgress> {
    const file = this.#searchedFile();
    this.#find ??= this.#newFindThread((progress) => this.#tell((listener) => listener.onFind?.(progress)));
    return this.#find.begin(file, pattern);
  }

  endFind(): void {
    void this.#find?.dispose();
    this.#find = undefined;
  }

  async findNext(from: Match, direction: "next" | "previous", signal: AbortSignal): Promise<FoundMatch | undefined> {
    if (this.#find === undefined) return undefined;
    const { found, columns } = await this.#find.next(from, direction, signal);
    if (found === null) return undefined;
    await this.#knowColumns(columns);
    return { ...found, column: this.#columnOf(found.column, columns) };
  }

  async *matches(pattern: FindPattern, signal: AbortSignal): AsyncIterable<readonly Match[]> {
    if (this.#disposed) throw cancelled();
    await this.opened;
    const thread = this.#newFindThread(() => undefined);
    try {
      for await (const { matches, columns } of thread.all(this.#searchedFile(), pattern, signal)) {
        await this.#knowColumns(columns);
        yield matches.map(({ row, column }) => ({ row, column: this.#columnOf(column, columns) }));
      }
    } finally {
      await thread.dispose();
    }
  }

  async dispose(): Promise<void> {
    this.#disposed = true;
    this.#listeners.clear();
    await Promise.all([this.#table.terminate(), this.#find?.dispose()]);
  }

  async #open(): Promise<OpenedTable> {
    const answer = this.#table.ask("open", this.#spec);
    const { opened, division } = await answer.catch((error: unknown): OpenAnswer => {
      if (isCancelled(error)) throw error;
      const reason = error instanceof Error ? error.message : String(error);
      return { opened: { kind: "problem", problem: { kind: "unreadable", reason } } };
    });
    this.#division = division;
    this.#shape = opened.kind === "table" ? opened.shape : undefined;
    this.progress = opened.kind === "table" ? opened.progress : undefined;
    return opened;
  }

  #reshape(shape: TableShape): void {
    this.#shape = shape;
    if (this.progress !== undefined) this.opened = Promise.resolve({ kind: "table", shape, progress: this.progress });
  }

  #newFindThread(onProgress: (progress: FindProgress) => void): FindThread {
    return new FindThread(this.#programs.findWorker, this.#workerData, onProgress);
  }

  #searchedFile(): SearchedFile {
    if (this.#division === undefined || this.#shape === undefined) {
      throw new ExportError("invalidRequest", t("This file has no rows that could be searched."));
    }
    const { path, size } = this.#spec;
    const division = { ...this.#division, columns: this.#shape.columns };
    return { path, ...defined({ size }), division };
  }

  /** A search may meet columns of JSON records before the index's worker has read such a record. */
  async #knowColumns(names: readonly string[]): Promise<void> {
    const known = this.#shape?.columns.length ?? 0;
    if (names.length > known) this.#reshape(await this.#table.ask("addColumns", { names }));
  }

  /** The two workers may have met further columns in another order; names of JSON's columns are unique. */
  #columnOf(place: number, names: readonly string[]): number {
    const columns = this.#shape?.columns ?? [];
    const name = names[place];
    if (name === undefined || columns[place]?.name === name) return place;
    return columns.findIndex((column) => column.name === name);
  }

  #tell(what: (listener: TableListener) => void): void {
    for (const listener of this.#listeners) what(listener);
  }
}
