import { t } from "@vscode/l10n";
import { Listeners } from "../../channel/listeners.ts";
import { defined } from "../../model/defined.ts";
import { ExportError } from "../../model/exportError.ts";
import { CellTally } from "../summary/cellTally.ts";
import type {
  FileCell,
  FileRowsAtRequest,
  FileRowsRequest,
  OpenedTable,
  RowSearch,
  TableListener,
  ViewedFile,
} from "../tableReader.ts";
import type {
  CellText,
  FindPattern,
  FindProgress,
  RecordField,
  Row,
  Rows,
  RowsAt,
  RowsRequest,
  SummaryAnswer,
  SummaryRequest,
  TableProgress,
  TableShape,
} from "../tableTypes.ts";
import { type RowNumber, rowNumber } from "../view/rowIdentity.ts";
import { fileColumn } from "./joinedColumns.ts";
import { JoinedSearch } from "./joinedSearch.ts";
import { JoinedState, type LeftOut, type LocatedRow } from "./joinedState.ts";
import type { Part } from "./part.ts";

/** A file of a joined table. */
export interface JoinedPart extends Pick<Part, "name" | "file"> {
  /** The index of a joined column in the file; undefined if it doesn't have it. */
  readonly inPart: (column: number) => number | undefined;
}

/**
 * Several files as one table: the rows of all files one after the other, columns joined by name, and a first column
 * with the file's name. Row numbers continue across files. Files that can't be read as a table are left out.
 */
export class JoinedFiles implements ViewedFile {
  opened: Promise<OpenedTable>;
  #parts: readonly Part[];
  readonly #listeners = new Listeners<(listener: TableListener) => void>();
  #listening: readonly { dispose(): void }[];
  #version = 1;
  /** Empty until the beginning of each file was read. */
  #state: JoinedState;

  constructor(parts: readonly Part[]) {
    this.#parts = parts;
    this.#state = new JoinedState(this.#version, parts, []);
    this.#listening = parts.map(({ file }, part) => this.#listenTo(file, part));
    this.opened = this.#open();
  }

  /** Replaces the joined files. */
  replace(parts: readonly Part[]): Promise<OpenedTable> {
    this.dispose();
    this.#parts = parts;
    this.#state = new JoinedState(this.#version, parts, []);
    this.#listening = parts.map(({ file }, part) => this.#listenTo(file, part));
    this.#openAgain();
    return this.opened;
  }

  /** Waits for the current `opened`, and again if a file is read in another way meanwhile. */
  async settled(): Promise<OpenedTable> {
    for (;;) {
      const { opened } = this;
      const answer = await opened.catch((error: unknown) => {
        if (opened === this.opened) throw error;
      });
      if (answer !== undefined && opened === this.opened) return answer;
    }
  }

  get progress(): TableProgress | undefined {
    return this.#state.progress;
  }

  /** The files that are not part of the table. Known when `opened` is settled. */
  get leftOut(): LeftOut[] {
    return this.#state.leftOut;
  }

  /** The files that are part of the table. Known when `opened` is settled. */
  get joinedParts(): JoinedPart[] {
    const { columns } = this.#state;
    return this.#parts.flatMap(({ name, file }, part) =>
      this.#state.isTable(part) ? [{ name, file, inPart: (column) => columns.inPart(part, column) }] : [],
    );
  }

  listen(listener: TableListener): { dispose(): void } {
    return this.#listeners.add((tell) => tell(listener));
  }

  async rows(request: FileRowsRequest, signal: AbortSignal): Promise<Rows> {
    await this.opened;
    return request.from === "last" ? this.#lastRows(request, signal) : this.#rowsFrom(request.from, request, signal);
  }

  async rowsAt({ rows: numbers, columns, ...request }: FileRowsAtRequest, signal: AbortSignal): Promise<RowsAt> {
    await this.indexed(
      numbers.reduce((most, number) => Math.max(most, number + 1), 0),
      signal,
    );
    const version = this.#version;
    const rows: Row[] = [];
    for (const [part, places] of this.#byPart(numbers)) {
      const { name, file } = this.#part(part);
      const joined = this.#state.columns;
      const own = columns === undefined ? undefined : joined.windowIn(part, columns);
      const wanted = { ...request, rows: places.map(({ row }) => row), ...defined({ columns: own }) };
      const answer = await file.rowsAt(wanted, signal);
      const window = columns ?? { from: 0, count: joined.columns.length };
      for (const [at, row] of answer.rows.entries()) {
        const { place = 0 } = places[at] ?? {};
        rows[place] = joined.row(part, name, row, window, own?.from ?? 0);
      }
    }
    return { version, rows };
  }

  async cell({ row, column }: FileCell, signal: AbortSignal): Promise<CellText> {
    const located = await this.#locate(row, signal);
    if (located === undefined) return { text: "" };
    const { name, file } = this.#part(located.part);
    if (column === fileColumn) return { text: name };
    const own = this.#state.columns.inPart(located.part, column);
    return own === undefined ? { text: "" } : file.cell({ row: located.row, column: own }, signal);
  }

  /** The name of the file, then the fields of the row in the order of the file. */
  async record(row: RowNumber, signal: AbortSignal): Promise<readonly RecordField[]> {
    const located = await this.#locate(row, signal);
    if (located === undefined) return [];
    const { name, file } = this.#part(located.part);
    const fileField = { name: this.#state.columns.columns[fileColumn]?.name ?? "", text: name };
    return [fileField, ...(await file.record(located.row, signal))];
  }

  async summarize({ rows, columns }: SummaryRequest, signal: AbortSignal): Promise<SummaryAnswer> {
    await this.indexed(rows.from + rows.count, signal);
    const tally = new CellTally();
    let first = 0;
    for (const [part, { file }] of this.#parts.entries()) {
      const end = first + this.#state.rowsOf(part);
      const from = Math.max(rows.from, first);
      const count = Math.min(rows.from + rows.count, end) - from;
      if (count > 0) {
        const own = columns.flatMap((column) => this.#state.columns.inPart(part, column) ?? []);
        const answer = await file.summarize({ rows: { from: from - first, count }, columns: own }, signal);
        if ("tooLarge" in answer) return answer;
        tally.addSummary(answer);
        tally.addSummary(summaryOfAddedCells(columns, own.length, count));
      }
      first = end;
    }
    return tally.summary;
  }

  /** The line of a row in its own file. */
  async lineOf(row: RowNumber, signal: AbortSignal): Promise<number> {
    const located = await this.#located(row, signal);
    return this.#part(located.part).file.lineOf(located.row, signal);
  }

  /** The path of the file with a row. */
  async pathOf(row: RowNumber, signal: AbortSignal): Promise<string> {
    return this.#part((await this.#located(row, signal)).part).path;
  }

  async indexed(rows: number, signal: AbortSignal): Promise<TableProgress> {
    await this.opened;
    let left = rows;
    for (const [part, { file }] of this.#parts.entries()) {
      if (!this.#state.isTable(part)) continue;
      const progress = await file.indexed(left, signal);
      if (!progress.exact || progress.rows >= left) break;
      left -= progress.rows;
    }
    return this.progress ?? nothingCounted(this.#version);
  }

  startSearch(onProgress: (progress: FindProgress) => void): RowSearch {
    const parts = {
      parts: this.#parts.length,
      bytesOf: (part: number) => this.#part(part).file.progress?.bytes ?? 0,
      patternIn: (part: number, pattern: FindPattern) => this.#patternIn(part, pattern),
      startSearch: (part: number, listener: typeof onProgress) => this.#part(part).file.startSearch(listener),
      locate: (row: number, signal: AbortSignal) => this.#locate(row, signal),
      firstRowOf: (part: number, signal: AbortSignal) => this.#firstRowOf(part, signal),
      inPart: (part: number, column: number) => this.#state.columns.inPart(part, column),
      joinedColumn: (part: number, column: number) => this.#state.columns.joinedColumn(part, column),
    };
    const search = new JoinedSearch(parts, onProgress);
    const listening = this.listen({ onReread: () => search.end() });
    return {
      begin: (pattern) => search.begin(pattern),
      next: (from, direction, signal) => search.next(from, direction, signal),
      all: (pattern, signal) => search.all(pattern, signal),
      end: () => search.end(),
      dispose: () => {
        listening.dispose();
        search.dispose();
      },
    };
  }

  dispose(): void {
    for (const listening of this.#listening) listening.dispose();
  }

  #listenTo(file: ViewedFile, part: number): { dispose(): void } {
    return file.listen({
      onShape: (shape) => this.#takeShape(part, shape),
      onProgress: () => {
        const { progress } = this;
        if (progress !== undefined) this.#listeners.tell((listener) => listener.onProgress?.(progress));
      },
      onProblem: () => this.#openAgain(),
      onReread: () => this.#openAgain(),
    });
  }

  #openAgain(): void {
    this.opened = this.#open();
    // The failure is handled where `opened` is awaited.
    this.opened.catch(() => undefined);
    this.#listeners.tell((listener) => listener.onReread?.());
  }

  async #open(): Promise<OpenedTable> {
    const version = ++this.#version;
    const found = await Promise.all(this.#parts.map(({ file }) => file.opened)).catch((error: unknown) => {
      // If a file is read again while it is opened, its pending requests are rejected. Then all files are opened again.
      if (version === this.#version) throw error;
    });
    if (found === undefined || version !== this.#version) return this.opened;
    this.#state = new JoinedState(version, this.#parts, found);
    return this.#state.opened;
  }

  #takeShape(part: number, shape: TableShape): void {
    if (!this.#state.takeShape(part, shape)) return;
    const { opened } = this.#state;
    this.opened = Promise.resolve(opened);
    if (opened.kind === "table") this.#listeners.tell((listener) => listener.onShape?.(opened.shape));
  }

  async #rowsFrom(from: number, request: RowsRequest, signal: AbortSignal): Promise<Rows> {
    const rows: Row[] = [];
    const located = this.#state.locate(from);
    let part = located?.part;
    let row = located?.row ?? rowNumber(0);
    let provisional = part === undefined || !this.#state.isCountedTo(part);
    let atEnd = part === undefined;
    while (part !== undefined && rows.length < request.count) {
      const wanted = { ...request, from: row, count: request.count - rows.length };
      const answer = await this.#partRows(part, wanted, signal);
      for (const one of answer.rows) rows.push(one);
      provisional ||= answer.provisional;
      const isBehindLast = answer.rows.length === 0 && !answer.provisional;
      const endsHere = answer.atEnd || isBehindLast;
      atEnd = endsHere && this.#state.hasNoRowsAfter(part);
      part = endsHere ? this.#state.tableFrom(part + 1) : undefined;
      row = rowNumber(0);
      // A file may also return nothing because its rows are too far beyond its index.
      if (part !== undefined && isBehindLast) provisional ||= !this.#state.isCountedTo(part);
    }
    return { version: this.#version, from, provisional, atEnd, rows };
  }

  async #lastRows(request: RowsRequest, signal: AbortSignal): Promise<Rows> {
    let rows: readonly Row[] = [];
    let provisional = this.progress?.exact !== true;
    for (let part = this.#parts.length - 1; part >= 0 && rows.length < request.count; part--) {
      if (!this.#state.isTable(part)) continue;
      const wanted = { ...request, from: "last" as const, count: request.count - rows.length };
      const answer = await this.#partRows(part, wanted, signal);
      rows = [...answer.rows, ...rows];
      provisional ||= answer.provisional;
    }
    const from = Math.max(0, (this.progress?.rows ?? 0) - rows.length);
    return { version: this.#version, from, provisional, atEnd: true, rows };
  }

  /** The rows of one file with the joined columns. */
  async #partRows(part: number, { columns, ...request }: FileRowsRequest, signal: AbortSignal): Promise<Rows> {
    const { name, file } = this.#part(part);
    const joined = this.#state.columns;
    const own = columns === undefined ? undefined : joined.windowIn(part, columns);
    const answer = await file.rows({ ...request, ...defined({ columns: own }) }, signal);
    // Reading JSON records may have added columns.
    const window = columns ?? { from: 0, count: joined.columns.length };
    return { ...answer, rows: answer.rows.map((row) => joined.row(part, name, row, window, own?.from ?? 0)) };
  }

  /** The file of a row, and the row's number there; undefined after the last row. Waits for the index. */
  async #locate(row: number, signal: AbortSignal): Promise<LocatedRow | undefined> {
    const { rows } = await this.indexed(row + 1, signal);
    return row < rows ? this.#state.locate(row) : undefined;
  }

  /** Which rows each file has, and the place of each among those that were asked for. */
  #byPart(numbers: readonly RowNumber[]): Map<number, { readonly row: RowNumber; readonly place: number }[]> {
    const byPart = new Map<number, { readonly row: RowNumber; readonly place: number }[]>();
    for (const [place, number] of numbers.entries()) {
      const located = this.#state.locate(number);
      if (located === undefined) continue;
      const { part, row } = located;
      const rows = byPart.get(part) ?? [];
      rows.push({ row, place });
      byPart.set(part, rows);
    }
    return byPart;
  }

  async #located(row: number, signal: AbortSignal): Promise<LocatedRow> {
    const located = await this.#locate(row, signal);
    if (located === undefined) throw new ExportError("invalidRequest", t("There is no row {0}.", row + 1));
    return located;
  }

  async #firstRowOf(part: number, signal: AbortSignal): Promise<number> {
    let first = 0;
    for (const [at, { file }] of this.#parts.slice(0, part).entries()) {
      if (this.#state.isTable(at)) first += (await file.indexed(Infinity, signal)).rows;
    }
    return first;
  }

  #patternIn(part: number, pattern: FindPattern): FindPattern | undefined {
    if (!this.#state.isTable(part)) return undefined;
    if (pattern.column === undefined) return pattern;
    const column = this.#state.columns.inPart(part, pattern.column);
    return column === undefined ? undefined : { ...pattern, column };
  }

  #part(part: number): Part {
    const found = this.#parts[part];
    if (found === undefined) throw new RangeError(`There is no file ${part}.`);
    return found;
  }
}

/** A summary of the cells that are not in the file: the file's name, and columns that it doesn't have. */
function summaryOfAddedCells(
  columns: readonly number[],
  own: number,
  rows: number,
): Parameters<CellTally["addSummary"]>[0] {
  const names = columns.includes(fileColumn) ? rows : 0;
  const missing = (columns.length - own) * rows - names;
  return { cells: names + missing, empty: missing, numbers: 0 };
}

function nothingCounted(version: number): TableProgress {
  const none = { bytes: 0, indexedBytes: 0, indexedRows: 0, rows: 0 };
  return { version, ...none, exact: true, growing: false, endsInRecord: false };
}
