import { basename } from "node:path";
import { t } from "@vscode/l10n";
import { Listeners } from "../../channel/listeners.ts";
import { defined } from "../../model/defined.ts";
import { cancelled, ExportError, isCancelled } from "../../model/exportError.ts";
import { untilCancelled } from "../../model/untilCancelled.ts";
import type { Division } from "../document/division.ts";
import type { SourceGrowth, TableSpec } from "../document/tableSpec.ts";
import type {
  FileCell,
  FileRowsAtRequest,
  FileRowsRequest,
  OpenedTable,
  TableListener,
  ViewedFile,
} from "../tableReader.ts";
import type {
  CellText,
  FindPattern,
  Match,
  RecordField,
  Rows,
  RowsAt,
  SummaryAnswer,
  SummaryRequest,
  TableProgress,
  TableShape,
} from "../tableTypes.ts";
import type { FileId } from "../source/fileSource.ts";
import { GzipUnpacker } from "../unpack/gzipUnpacker.ts";
import { ParquetUnpacker, type ReadParquet } from "../unpack/parquetUnpacker.ts";
import { UnpackedFile } from "../unpack/unpackedFile.ts";
import type { UnpackFolder } from "../unpack/unpackFolder.ts";
import type { RowNumber } from "../view/rowIdentity.ts";
import { FindThread } from "../worker/findThread.ts";
import { HostedThread, type TablePrograms, threadData } from "../worker/hostedThread.ts";
import type { OpenAnswer, SearchedFile, TableEvents, TableRequests } from "../worker/tableMessages.ts";
import { FileSearch, type SearchableFile } from "./fileSearch.ts";

/** How files are read whose rows are not text. Without a part of it, they are not read. */
export interface Unpacking {
  /** Where their content is written. */
  readonly folder?: Pick<UnpackFolder, "path"> | undefined;
  readonly readParquet?: ReadParquet | undefined;
}

/** One file, read as a table in its own thread and shared by all users. The constructor never throws. */
export class OpenFile implements ViewedFile, SearchableFile {
  opened: Promise<OpenedTable>;
  progress: TableProgress | undefined;
  readonly #listeners = new Listeners<(listener: TableListener) => void>();
  readonly #programs: TablePrograms;
  readonly #table: HostedThread<TableRequests, TableEvents>;
  readonly #unpacking: Unpacking;
  #spec: TableSpec;
  /** The content of a gzip or Parquet file, which is read instead of the file. */
  #unpacked: UnpackedFile | undefined;
  #packedAs: PackedKind = "gzip";
  #openings = 0;
  /** How often the thread was asked to open the file, which is the version that its events are about. */
  #asked = 0;
  #division: Division | undefined;
  /** The file that was divided. Undefined if it has been renamed since, perhaps by copying it. */
  #id: FileId | undefined;
  #shape: TableShape | undefined;
  #isDisposed = false;

  constructor(spec: TableSpec, programs: TablePrograms, unpacking: Unpacking = {}) {
    this.#programs = programs;
    this.#unpacking = unpacking;
    this.#spec = spec;
    this.#table = new HostedThread(programs.tableWorker, threadData(programs));
    this.#on("shape", (shape) => {
      this.#setShape(shape);
      this.#listeners.tell((listener) => listener.onShape?.(shape));
    });
    this.#on("progress", (progress) => {
      this.progress = progress;
      this.#listeners.tell((listener) => listener.onProgress?.(progress));
    });
    this.#on("encoding", ({ encoding }) => this.#readAgain({ foundEncoding: encoding }));
    this.#on("otherTable", () => this.#readAgain({}));
    this.#on("problem", ({ problem }) => {
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

  /** The file is an archive, and the rows are those of the file in it. */
  get isUnpacked(): boolean {
    return this.#unpacked !== undefined;
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

  rowsAt(request: FileRowsAtRequest, signal: AbortSignal): Promise<RowsAt> {
    return this.#table.ask("rowsAt", request, signal);
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

  /** Waits also for rows that are still being unpacked. @throws why they can't be */
  async indexed(rows: number, signal: AbortSignal): Promise<TableProgress> {
    for (;;) {
      const progress = await this.#table.ask("indexed", { row: rows }, signal);
      const unpacked = this.#unpacked;
      if (unpacked === undefined || progress.indexedRows >= rows) return progress;
      const { isGrowing, failure } = unpacked.state;
      if (failure !== undefined) throw failure;
      if (isGrowing) await untilCancelled(unpacked.changed(), signal);
      else if (!progress.growing) return progress;
    }
  }

  /** Reads the file in another way, or from the beginning again. */
  reread(change: Partial<TableSpec>): Promise<OpenedTable> {
    // Another content may have another encoding.
    this.#spec = defined({ ...this.#spec, foundEncoding: undefined, ...change });
    if (change.path !== undefined || change.size !== undefined) void this.#dropUnpacked();
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
    if (change.path !== undefined) this.#id = undefined;
    // If the thread has ended, all pending requests have already been rejected.
    void this.#table.ask("grew", change).catch(() => undefined);
    this.#listeners.tell((listener) => listener.onGrowth?.(change));
  }

  /** Every match in file order, read only as fast as they are consumed. */
  async *matches(pattern: FindPattern, signal: AbortSignal): AsyncIterable<readonly Match[]> {
    if (this.#isDisposed) throw cancelled();
    await this.opened;
    // A part of an archive has a part of the matches.
    if (this.#unpacked !== undefined) await this.indexed(Infinity, signal);
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
    const { path, size } = this.#readSpec;
    return { path, ...defined({ size, id: this.#id }), division: { ...this.#division, columns: this.#shape.columns } };
  }

  landmarks(): Promise<Float64Array> {
    return this.#table.ask("landmarks", null).catch(() => new Float64Array(0));
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
    await Promise.all([this.#dropUnpacked(), this.#table.terminate()]);
  }

  /** Ignores what the thread said before it was asked to open the file once more. */
  #on<Name extends keyof TableEvents>(name: Name, notify: (event: TableEvents[Name]) => void): void {
    this.#table.on(name, (event) => {
      if (event.version === this.#asked) notify(event);
    });
  }

  /** Reads the file in the way that turned out to be right. */
  #readAgain(change: Partial<TableSpec>): void {
    void this.reread(change).then(
      () => this.#listeners.tell((listener) => listener.onOtherReading?.()),
      () => undefined,
    );
  }

  #open(): Promise<OpenedTable> {
    const opened = this.#askToOpen();
    // Rejects only if the file is closed first. Then no caller has to handle it.
    opened.catch(() => undefined);
    return opened;
  }

  async #askToOpen(): Promise<OpenedTable> {
    const opening = ++this.#openings;
    let answer = await this.#askThread();
    const packed = packedKind(answer);
    if (packed !== undefined && !this.#spec.growing && (await this.#beginUnpacking(packed, opening)))
      answer = await this.#askThread();
    const failure = this.#unpacked?.state.failure;
    if (failure !== undefined && answer.opened.kind === "problem") answer = unpackProblem(this.#packedAs, failure);
    this.#setOpened(answer);
    return answer.opened;
  }

  #askThread(): Promise<OpenAnswer> {
    this.#asked++;
    return this.#table.ask("open", this.#readSpec).catch((error: unknown): OpenAnswer => {
      if (isCancelled(error)) throw error;
      const reason = error instanceof Error ? error.message : String(error);
      return { opened: { kind: "problem", problem: { kind: "unreadable", reason } } };
    });
  }

  get #readSpec(): TableSpec {
    const unpacked = this.#unpacked;
    if (unpacked === undefined) return this.#spec;
    const { bytes, isGrowing } = unpacked.state;
    const fileName = (this.#spec.fileName ?? basename(this.#spec.path)).replace(/\.(?:gz|parquet)$/i, "");
    return { ...this.#spec, path: unpacked.path, fileName, size: bytes, growing: isGrowing };
  }

  /** Answers whether it is being unpacked. @throws ExportError `cancelled` if it was opened again or closed meanwhile */
  async #beginUnpacking(kind: PackedKind, opening: number): Promise<boolean> {
    const { folder: unpackFolder, readParquet } = this.#unpacking;
    const folder = await unpackFolder?.path();
    if (opening !== this.#openings || this.#isDisposed) throw cancelled();
    if (folder === undefined || (kind === "parquet" && readParquet === undefined)) return false;
    const unpacker =
      readParquet !== undefined && kind === "parquet"
        ? new ParquetUnpacker(readParquet)
        : new GzipUnpacker(this.#programs);
    this.#unpacked = new UnpackedFile(this.#spec.path, folder, unpacker, () => this.#unpackedMore());
    this.#packedAs = kind;
    return true;
  }

  #unpackedMore(): void {
    if (this.#unpacked === undefined) return;
    const { bytes, isGrowing, failure } = this.#unpacked.state;
    const change = { size: bytes, growing: isGrowing };
    void this.#table.ask("grew", change).catch(() => undefined);
    this.#listeners.tell((listener) => listener.onGrowth?.(change));
    if (failure !== undefined && bytes > 0) this.#listeners.tell((listener) => listener.onCut?.(failure));
  }

  async #dropUnpacked(): Promise<void> {
    const dropped = this.#unpacked;
    this.#unpacked = undefined;
    await dropped?.dispose();
  }

  #setOpened({ opened, division, id }: OpenAnswer): void {
    this.#division = division;
    this.#id = id;
    this.#shape = opened.kind === "table" ? opened.shape : undefined;
    this.progress = opened.kind === "table" ? opened.progress : undefined;
  }

  #setShape(shape: TableShape): void {
    this.#shape = shape;
    if (this.progress !== undefined) this.opened = Promise.resolve({ kind: "table", shape, progress: this.progress });
  }
}

/** The kinds of files whose content is read instead of them. */
type PackedKind = "gzip" | "parquet";

function packedKind({ opened }: OpenAnswer): PackedKind | undefined {
  if (opened.kind !== "problem") return undefined;
  const { kind } = opened.problem;
  return kind === "gzip" || kind === "parquet" ? kind : undefined;
}

/** Nothing of the file could be unpacked. */
function unpackProblem(kind: PackedKind, { message: reason }: Error): OpenAnswer {
  return { opened: { kind: "problem", problem: { kind, reason } } };
}
