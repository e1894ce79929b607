import { t } from "@vscode/l10n";
import { Listeners } from "../../channel/listeners.ts";
import { defined } from "../../model/defined.ts";
import { cancelled, ExportError, isCancelled } from "../../model/exportError.ts";
import type { Division } from "../document/division.ts";
import type { SourceGrowth, TableSpec } from "../document/tableSpec.ts";
import type { FileCell, FileRowsRequest, OpenedTable, TableListener, ViewedFile } from "../tableReader.ts";
import type {
  CellText,
  FindPattern,
  Match,
  RecordField,
  Rows,
  SummaryAnswer,
  SummaryRequest,
  TableProgress,
  TableShape,
} from "../tableTypes.ts";
import type { RowNumber } from "../view/rowIdentity.ts";
import { FindThread } from "../worker/findThread.ts";
import { HostedThread, type TablePrograms } from "../worker/hostedThread.ts";
import type { OpenAnswer, SearchedFile, TableEvents, TableRequests } from "../worker/tableMessages.ts";
import { FileSearch, type SearchableFile } from "./fileSearch.ts";

/** One file, read as a table in its own thread and shared by all users. The constructor never throws. */
export class OpenFile implements ViewedFile, SearchableFile {
  opened: Promise<OpenedTable>;
  progress: TableProgress | undefined;
  readonly #listeners = new Listeners<(listener: TableListener) => void>();
  readonly #programs: TablePrograms;
  readonly #table: HostedThread<TableRequests, TableEvents>;
  #spec: TableSpec;
  #division: Division | undefined;
  #shape: TableShape | undefined;
  #isDisposed = false;

  constructor(spec: TableSpec, programs: TablePrograms) {
    this.#programs = programs;
    this.#spec = spec;
    this.#table = new HostedThread(programs.tableWorker, programs);
    this.#table.on("shape", (shape) => {
      this.#setShape(shape);
      this.#listeners.tell((listener) => listener.onShape?.(shape));
    });
    this.#table.on("progress", (progress) => {
      this.progress = progress;
      this.#listeners.tell((listener) => listener.onProgress?.(progress));
    });
    this.#table.on("encoding", ({ encoding }) => {
      void this.reread({ foundEncoding: encoding }).then(
        () => this.#listeners.tell((listener) => listener.onEncoding?.()),
        () => undefined,
      );
    });
    this.#table.on("problem", (problem) => {
      this.#setOpened({ opened: { kind: "problem", problem } });
      this.opened = Promise.resolve({ kind: "problem", problem });
      this.#listeners.tell((listener) => listener.onProblem?.(problem));
    });
    this.opened = this.#open();
  }

  /** Which bytes are read, and how. */
  get spec(): TableSpec {
    return this.#spec;
  }

  listen(listener: TableListener): { dispose(): void } {
    return this.#listeners.add((tell) => tell(listener));
  }

  /** Waits for the current `opened`, and again if the file is read in another way meanwhile. */
  async settled(): Promise<OpenedTable> {
    for (;;) {
      const { opened } = this;
      const answer = await opened.catch((error: unknown) => {
        if (opened === this.opened) throw error;
      });
      if (answer !== undefined && opened === this.opened) return answer;
    }
  }

  rows(request: FileRowsRequest, signal: AbortSignal): Promise<Rows> {
    return this.#table.ask("rows", request, signal);
  }

  cell(cell: FileCell, signal: AbortSignal): Promise<CellText> {
    return this.#table.ask("cell", cell, signal);
  }

  record(row: RowNumber, signal: AbortSignal): Promise<readonly RecordField[]> {
    return this.#table.ask("record", { row }, signal);
  }

  summarize(request: SummaryRequest, signal: AbortSignal): Promise<SummaryAnswer> {
    return this.#table.ask("summarize", request, signal);
  }

  lineOf(row: RowNumber, signal: AbortSignal): Promise<number> {
    return this.#table.ask("lineOf", { row }, signal);
  }

  indexed(rows: number, signal: AbortSignal): Promise<TableProgress> {
    return this.#table.ask("indexed", { row: rows }, signal);
  }

  /** Reads the file in another way, or from the beginning again. */
  reread(change: Partial<TableSpec>): Promise<OpenedTable> {
    // Another content may have another encoding.
    this.#spec = defined({ ...this.#spec, foundEncoding: undefined, ...change });
    this.opened = this.#open();
    this.#listeners.tell((listener) => listener.onReread?.());
    return this.opened;
  }

  /**
   * More bytes can be read. `growing` is false when the file is complete; `path` is set when the same bytes have a new
   * name.
   */
  grew(change: SourceGrowth): void {
    this.#spec = { ...this.#spec, ...change };
    // If the thread has ended, all pending requests have already been rejected.
    void this.#table.ask("grew", change).catch(() => undefined);
    this.#listeners.tell((listener) => listener.onGrowth?.(change));
  }

  /** Every match in file order, read only as fast as they are consumed. */
  async *matches(pattern: FindPattern, signal: AbortSignal): AsyncIterable<readonly Match[]> {
    if (this.#isDisposed) throw cancelled();
    await this.opened;
    const search = this.startSearch();
    try {
      yield* search.all(pattern, signal);
    } finally {
      search.dispose();
    }
  }

  /** Starts a search of this file for one user, in a thread of its own. */
  startSearch(onProgress: ConstructorParameters<typeof FindThread>[1] = () => undefined): FileSearch {
    return new FileSearch(this, new FindThread(this.#programs, onProgress));
  }

  searched(): SearchedFile {
    if (this.#division === undefined || this.#shape === undefined) {
      throw new ExportError("invalidRequest", t("This file has no rows to search."));
    }
    const { path, size } = this.#spec;
    return { path, ...defined({ size }), division: { ...this.#division, columns: this.#shape.columns } };
  }

  async columnIndexes(names: readonly string[]): Promise<(index: number) => number> {
    const known = this.#shape?.columns.length ?? 0;
    if (names.length > known) this.#setShape(await this.#table.ask("addColumns", { names }));
    const columns = this.#shape?.columns ?? [];
    return (index) => {
      const name = names[index];
      return name === undefined || columns[index]?.name === name
        ? index
        : columns.findIndex((column) => column.name === name);
    };
  }

  async dispose(): Promise<void> {
    this.#isDisposed = true;
    await this.#table.terminate();
  }

  #open(): Promise<OpenedTable> {
    const opened = this.#askToOpen();
    // Rejects only if the file is closed first. Then no caller has to handle it.
    opened.catch(() => undefined);
    return opened;
  }

  async #askToOpen(): Promise<OpenedTable> {
    const answer = await this.#table.ask("open", this.#spec).catch((error: unknown): OpenAnswer => {
      if (isCancelled(error)) throw error;
      const reason = error instanceof Error ? error.message : String(error);
      return { opened: { kind: "problem", problem: { kind: "unreadable", reason } } };
    });
    this.#setOpened(answer);
    return answer.opened;
  }

  #setOpened({ opened, division }: OpenAnswer): void {
    this.#division = division;
    this.#shape = opened.kind === "table" ? opened.shape : undefined;
    this.progress = opened.kind === "table" ? opened.progress : undefined;
  }

  #setShape(shape: TableShape): void {
    this.#shape = shape;
    if (this.progress !== undefined) this.opened = Promise.resolve({ kind: "table", shape, progress: this.progress });
  }
}
