import { setTimeout as sleep } from "node:timers/promises";
import { throwIfCancelled } from "../../model/exportError.ts";
import { countLines } from "../document/countLines.ts";
import { type OpenedText, openText } from "../document/openText.ts";
import { IndexedTable } from "../document/indexedTable.ts";
import type { SourceGrowth, TableSpec } from "../document/tableSpec.ts";
import type { GuessEncoding } from "../detect/detectContent.ts";
import type { Scanner } from "../scan/scanner.ts";
import { fileChanged, fileMissing, problemOf } from "../source/fileProblem.ts";
import { summarizeRows } from "../summary/summarizeRows.ts";
import type {
  CellText,
  RecordField,
  Rows,
  RowsAt,
  RowsAtRequest,
  RowsRequest,
  SummaryAnswer,
  SummaryRequest,
  TableProblem,
  TableProgress,
  TableShape,
} from "../tableTypes.ts";
import type { OpenAnswer, TableEvents } from "./tableMessages.ts";
import type { IndexHelper, StartIndexHelper } from "./indexHelper.ts";
import { stepBytes } from "./indexTail.ts";
import { Rest } from "./rest.ts";
import { Paced, takeTurns } from "./turns.ts";
import { Waiters } from "./waiters.ts";

/** How many bytes one thread indexes until the other one has started. */
const lateBytes = 128 << 20;
const tellEveryMs = 50;
/** How many bytes are examined where the index finds something that isn't UTF-8: all that it read at once. */
const guessedBytes = 1 << 18;
/** The first rows are more important than the index, which uses a whole core, so indexing starts after them. */
const firstRowsMs = 250;
/** After first rows and estimated rows, indexing pauses so that they can be painted, which needs the same core. */
const paintMs = 250;
/** A growing file is opened when it has this many bytes, or when no more arrived for a while. */
const enoughBytes = 64 * 1024;
const noMoreMs = 300;

/** Problems that can disappear as the file grows. */
const mayBecomeTable: ReadonlySet<TableProblem["kind"]> = new Set(["empty", "brokenJson", "jsonText"]);

type LoadGuess = () => Promise<GuessEncoding | undefined>;
type Tell = <Name extends keyof TableEvents>(name: Name, event: TableEvents[Name]) => void;

export interface TableThreadOptions {
  /** Loads what guesses encodings; undefined if there is nothing. */
  readonly loadGuess?: LoadGuess;
  /** Another thread that indexes the end of files with so many bytes. Absent if there is only one core. */
  readonly help?: { readonly fewestBytes: number; readonly start: StartIndexHelper } | undefined;
}

/** The table thread: one file, its index, and the answers to all requests about it. */
export class TableThread {
  readonly #scanner: Scanner;
  readonly #tell: Tell;
  readonly #loadGuess: LoadGuess;
  readonly #paced: Paced<TableProgress>;
  #spec: TableSpec | undefined;
  #document: IndexedTable | undefined;
  #indexing: IndexedTable | undefined;
  #version = 0;
  #sentColumns = 0;
  #work = new AbortController();
  #beginIndex: () => void = () => undefined;
  readonly #help: TableThreadOptions["help"];
  readonly #indexRest = new Rest();
  #helper: IndexHelper | undefined;
  readonly #steps = new Waiters();
  /** Why the index can't go on. */
  #indexFailure: { readonly error: unknown } | undefined;
  /** Why no table is open. */
  #problem: TableProblem | undefined;
  #onWrittenBytes: (() => void)[] = [];

  constructor(scanner: Scanner, tell: Tell, { loadGuess, help }: TableThreadOptions = {}) {
    this.#scanner = scanner;
    this.#loadGuess = loadGuess ?? (() => Promise.resolve(undefined));
    this.#help = help;
    this.#tell = tell;
    this.#paced = new Paced(tellEveryMs, (progress) => tell("progress", progress));
  }

  async open(spec: TableSpec): Promise<OpenAnswer> {
    this.#work.abort();
    const work = new AbortController();
    this.#work = work;
    this.#document?.close();
    this.#document = undefined;
    this.#problem = undefined;
    this.#indexFailure = undefined;
    this.#spec = spec;
    const version = ++this.#version;
    await this.#waitForBeginning(work.signal);
    for (;;) {
      throwIfCancelled(work.signal);
      const opened = await this.#openText(this.#spec, work.signal);
      if (opened.kind === "text") {
        const document = new IndexedTable(opened.text, opened.head, { version, growing: this.#spec.growing });
        return this.#begin(document, work.signal);
      }
      const { problem } = opened;
      if (!this.#spec.growing || !mayBecomeTable.has(problem.kind)) return this.#refuse(problem);
      await this.#growth();
    }
  }

  rows(request: RowsRequest): Rows {
    const document = this.#opened();
    const rows = document.rows(request);
    this.#tellColumns(document);
    const areFirst = this.#indexing !== document && !document.progress.exact;
    if ((areFirst || rows.provisional) && this.#steps.isEmpty) this.#rest(paintMs);
    this.#beginIndex();
    return rows;
  }

  /** Waits for the index. @throws ExportError `fileChanged` if the file doesn't have one of the rows */
  async rowsAt(request: RowsAtRequest, signal: AbortSignal): Promise<RowsAt> {
    const last = request.rows.reduce((highest, row) => Math.max(highest, row), -1);
    await this.indexed(last + 1, signal);
    const document = this.#opened();
    const found = document.rowsAt(request);
    this.#tellColumns(document);
    return found ?? this.#changed();
  }

  cell(request: { row: number; column: number }): CellText {
    return this.#opened().cell(request);
  }

  record(row: number): RecordField[] {
    const document = this.#opened();
    const record = document.record(row);
    this.#tellColumns(document);
    return record;
  }

  /** Waits for the index, because row numbers beyond it are estimates. */
  async summarize(request: SummaryRequest, signal: AbortSignal): Promise<SummaryAnswer> {
    await this.indexed(request.rows.from + request.rows.count, signal);
    const document = this.#opened();
    const answer = await summarizeRows(document, request, () => takeTurns(signal));
    this.#tellColumns(document);
    return answer;
  }

  async lineOf(row: number, signal: AbortSignal): Promise<number> {
    await this.indexed(row + 1, signal);
    const document = this.#opened();
    return countLines(document.text, document.startOf(row), () => takeTurns(signal));
  }

  /** Resolves when the index has reached a row, or the file's end. @throws ExportError as `#opened`; why the index failed */
  async indexed(row: number, signal: AbortSignal): Promise<TableProgress> {
    this.#beginIndex();
    this.#rest(0);
    for (;;) {
      throwIfCancelled(signal);
      const { progress } = this.#opened();
      if (progress.exact || progress.indexedRows >= row) return progress;
      if (this.#indexFailure !== undefined) throw this.#indexFailure.error;
      await this.#steps.next(signal);
    }
  }

  landmarks(): Float64Array {
    return this.#opened().landmarks;
  }

  addColumns(names: readonly string[]): TableShape {
    const document = this.#opened();
    document.addColumns(names);
    this.#tell("shape", document.shape);
    return document.shape;
  }

  grew(growth: SourceGrowth): void {
    if (this.#spec !== undefined) this.#spec = { ...this.#spec, ...growth };
    const waiting = this.#onWrittenBytes;
    this.#onWrittenBytes = [];
    for (const resolve of waiting) resolve();
    if (this.#document === undefined) return;
    if (this.#isOtherTable(this.#document)) {
      this.#tell("otherTable", { version: this.#version });
      return;
    }
    this.#indexFailure = undefined;
    try {
      this.#document.grew(growth);
    } catch (error) {
      this.#indexFailure = { error };
      this.#steps.failed(error);
      throw error;
    }
    void this.#index(this.#document, this.#work.signal);
  }

  /**
   * Whether what was read of a growing file was too little to know what it is: it may have ended within its header, or
   * within a character.
   */
  #isOtherTable(document: IndexedTable): boolean {
    const spec = this.#spec;
    if (spec === undefined || document.text.source.size >= enoughBytes) return false;
    const opened = openText(spec, this.#scanner);
    if (opened.kind !== "text") return false;
    opened.text.source.close();
    // Which encoding it has instead was guessed before, and is not guessed again.
    if (opened.needsGuess === true) return document.shape.reading.encoding === "utf-8";
    return !document.isDividedLike(opened.text.division);
  }

  async #openText(spec: TableSpec, signal: AbortSignal): Promise<OpenedText> {
    const opened = openText(spec, this.#scanner);
    if (opened.needsGuess !== true) return opened;
    const guessEncoding = await this.#loadGuess();
    const isOutdated = signal.aborted;
    if (guessEncoding === undefined && !isOutdated) return opened;
    if (opened.kind === "text") opened.text.source.close();
    throwIfCancelled(signal);
    return openText(this.#spec ?? spec, this.#scanner, guessEncoding);
  }

  /** Answers what was opened, and starts to index after the first rows were read. */
  #begin(document: IndexedTable, signal: AbortSignal): OpenAnswer {
    this.#document = document;
    this.#sentColumns = document.columnsVersion;
    let started = false;
    const begin = (): void => {
      if (started || signal.aborted) return;
      started = true;
      void this.#index(document, signal);
    };
    this.#beginIndex = begin;
    // Who waited for the index while the file was read again waits for the new index.
    if (this.#steps.isEmpty) setTimeout(begin, firstRowsMs).unref();
    else begin();
    const { shape, progress } = document;
    const { division, source } = document.text;
    return { opened: { kind: "table", shape, progress }, division, id: source.id };
  }

  #refuse(problem: TableProblem): OpenAnswer {
    this.#problem = problem;
    this.#steps.stepped();
    return { opened: { kind: "problem", problem } };
  }

  async #index(document: IndexedTable, signal: AbortSignal): Promise<void> {
    if (this.#indexing === document) return;
    this.#indexing = document;
    const stop = new AbortController();
    try {
      await takeTurns(signal);
      const helper = this.#getHelp(document, AbortSignal.any([signal, stop.signal]));
      if (helper !== undefined) await this.#indexWith(helper, document, signal);
      do {
        const more = document.step(stepBytes);
        await this.#stepped(document, signal, more);
        // It may have grown meanwhile.
      } while (!document.progress.exact);
    } catch (error) {
      if (!signal.aborted) this.#indexFailed(error);
    } finally {
      stop.abort();
      if (this.#indexing === document) this.#indexing = undefined;
    }
  }

  /** Indexes up to where the other thread began, and takes over its index. If that doesn't fit, it is not used. */
  async #indexWith({ from, tail }: IndexHelper, document: IndexedTable, signal: AbortSignal): Promise<void> {
    while (!document.isIndexedTo(from)) {
      document.step(stepBytes, from);
      await this.#stepped(document, signal, true);
    }
    const indexed = await tail;
    throwIfCancelled(signal);
    if (indexed !== undefined) document.adopt(indexed);
  }

  /** Lets another thread index the end of a large file. */
  #getHelp(document: IndexedTable, signal: AbortSignal): IndexHelper | undefined {
    const { path, growing = false } = this.#spec ?? {};
    const { source, division } = document.text;
    const missing = source.size - document.progress.indexedBytes;
    if (this.#help === undefined || path === undefined || growing || missing < this.#help.fewestBytes) return undefined;
    const from = document.rowNear(source.size - Math.max(missing / 4, (missing - lateBytes) / 2));
    if (from === undefined) return undefined;
    this.#helper = this.#help.start({ path, id: source.id, size: source.fileBytes, division, from }, signal);
    return this.#helper;
  }

  /** Pauses the index; 0 ends the pause. */
  #rest(ms: number): void {
    if (ms > 0) this.#indexRest.begin(ms);
    else this.#indexRest.end();
    this.#helper?.rest(ms);
  }

  /** Tells once if the file has bytes that are not UTF-8, before anyone gets rows from there. */
  async #checkEncoding(document: IndexedTable, signal: AbortSignal): Promise<void> {
    const { notUtf8 } = document;
    if (notUtf8 === undefined || document.otherEncoding !== undefined) return;
    document.otherEncoding = "windows-1252";
    const guessEncoding = await this.#loadGuess();
    throwIfCancelled(signal);
    const bytes = new Uint8Array(guessedBytes);
    const length = document.text.source.read(bytes, notUtf8.byte);
    const encoding = guessEncoding?.(bytes.subarray(0, length)) ?? document.otherEncoding;
    document.otherEncoding = encoding;
    if (notUtf8.isUtf8Before || this.#spec?.readAs.encoding !== undefined) this.#tell("shape", document.shape);
    else this.#tell("encoding", { version: this.#version, encoding });
  }

  /** After each step of the index. */
  async #stepped(document: IndexedTable, signal: AbortSignal, more: boolean): Promise<void> {
    await this.#checkEncoding(document, signal);
    this.#paced.offer(() => document.progress, !more);
    this.#steps.stepped();
    if (!more) return;
    await this.#indexRest.over();
    await takeTurns(signal);
  }

  #indexFailed(error: unknown): void {
    this.#indexFailure = { error };
    this.#steps.failed(error);
    this.#tell("problem", { version: this.#version, problem: problemOf(error) });
  }

  #tellColumns(document: IndexedTable): void {
    if (document.columnsVersion === this.#sentColumns) return;
    this.#sentColumns = document.columnsVersion;
    this.#tell("shape", document.shape);
  }

  async #waitForBeginning(signal: AbortSignal): Promise<void> {
    for (let known = -1; ;) {
      const { growing, size = 0 } = this.#spec ?? { growing: false };
      if (!growing || size >= enoughBytes || (size === known && size > 0)) return;
      known = size;
      await Promise.race([this.#growth(), sleep(noMoreMs, undefined, { signal }).catch(() => undefined)]);
      throwIfCancelled(signal);
    }
  }

  #growth(): Promise<void> {
    return new Promise((resolve) => this.#onWrittenBytes.push(resolve));
  }

  /** The file no longer has a row that it had. */
  #changed(): never {
    throw fileChanged(this.#spec?.path ?? "");
  }

  /** @throws ExportError `fileMissing`, or `fileChanged` if the file is no table any more */
  #opened(): IndexedTable {
    if (this.#document !== undefined) return this.#document;
    const path = this.#spec?.path ?? "";
    throw this.#problem?.kind === "missing" ? fileMissing(path) : fileChanged(path);
  }
}
