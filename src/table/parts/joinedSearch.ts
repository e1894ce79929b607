import { defined } from "../../model/defined.ts";
import { cancelled, throwIfCancelled } from "../../model/exportError.ts";
import type { RowSearch } from "../tableReader.ts";
import type { FindPattern, FindProgress, FoundMatch, Match } from "../tableTypes.ts";

type Direction = "next" | "previous";

/** The joined files, as needed for a search. */
export interface SearchedParts {
  readonly parts: number;
  /** The size of a file. */
  bytesOf(part: number): number;
  /** The pattern for a file's own columns; undefined if nothing in the file can match. */
  patternIn(part: number, pattern: FindPattern): FindPattern | undefined;
  startSearch(part: number, onProgress: (progress: FindProgress) => void): RowSearch;
  /** The file of a row, and the row's number there; undefined after the last row. Waits for the index. */
  locate(row: number, signal: AbortSignal): Promise<{ readonly part: number; readonly row: number } | undefined>;
  /** The number of a file's first row in the joined table. Waits for the index. */
  firstRowOf(part: number, signal: AbortSignal): Promise<number>;
  inPart(part: number, column: number): number | undefined;
  joinedColumn(part: number, column: number): number;
}

/** The search of one file. */
interface PartSearch {
  readonly search: RowSearch;
  pattern: FindPattern | undefined;
  /** Undefined until the search begins. */
  progress: FindProgress | undefined;
}

const beforeFirst: Match = { row: -1, column: -1 };
const afterLast: Match = { row: Number.MAX_SAFE_INTEGER, column: 0 };

/** Searches several files like one: one after the other, so that matches can be numbered. */
export class JoinedSearch implements RowSearch {
  readonly #parts: SearchedParts;
  readonly #onProgress: (progress: FindProgress) => void;
  #searches: readonly PartSearch[] = [];
  /** The number of the search. Increases with each one, and when one ends. */
  #run = 0;
  #waiting: (() => void)[] = [];

  constructor(parts: SearchedParts, onProgress: (progress: FindProgress) => void) {
    this.#parts = parts;
    this.#onProgress = onProgress;
  }

  /** @throws ExportError `invalidRequest` for a broken regular expression */
  async begin(pattern: FindPattern): Promise<FindProgress> {
    this.end();
    const run = this.#run;
    this.#searches = Array.from({ length: this.#parts.parts }, (_, part) => this.#create(part, pattern, run));
    await this.#beginNext(run);
    if (run !== this.#run) throw cancelled();
    return this.#progress();
  }

  /** Searches the rest of the current file, then all other files, and finally the current file from its other end. */
  async next(from: Match, direction: Direction, signal: AbortSignal): Promise<FoundMatch | undefined> {
    const run = this.#run;
    const { length: count } = this.#searches;
    if (count === 0) return undefined;
    const forwards = direction === "next";
    const start = from.row < 0 ? undefined : await this.#parts.locate(from.row, signal);
    const first = start?.part ?? (forwards ? 0 : count - 1);
    for (let step = 0; step <= count; step++) {
      const part = (first + (forwards ? step : count * 2 - step)) % count;
      const begin = step === 0 && start !== undefined ? this.#inPart(start, from.column) : undefined;
      const found = await this.#nextIn(part, begin, direction, run, signal);
      const isAround = forwards ? first + step >= count : step > first || from.row < 0;
      if (found !== undefined) return { ...found, wrapped: isAround };
    }
    return undefined;
  }

  async *all(pattern: FindPattern, signal: AbortSignal): AsyncIterable<readonly Match[]> {
    for (let part = 0; part < this.#parts.parts; part++) {
      const own = this.#parts.patternIn(part, pattern);
      if (own === undefined) continue;
      const first = await this.#parts.firstRowOf(part, signal);
      const search = this.#parts.startSearch(part, () => undefined);
      try {
        for await (const matches of search.all(own, signal)) {
          yield matches.map(({ row, column }) => ({
            row: first + row,
            column: this.#parts.joinedColumn(part, column),
          }));
        }
      } finally {
        search.dispose();
      }
    }
  }

  end(): void {
    this.#run++;
    for (const { search } of this.#searches) search.dispose();
    this.#searches = [];
    this.#wake();
  }

  dispose(): void {
    this.end();
  }

  #create(part: number, pattern: FindPattern, run: number): PartSearch {
    const created: PartSearch = {
      search: this.#parts.startSearch(part, (progress) => {
        if (run === this.#run) this.#took(created, progress, run);
      }),
      pattern: this.#parts.patternIn(part, pattern),
      progress: undefined,
    };
    return created;
  }

  async #beginNext(run: number): Promise<void> {
    const next = this.#searches.find(({ pattern, progress }) => pattern !== undefined && progress === undefined);
    if (next?.pattern === undefined) return;
    const progress = await next.search.begin(next.pattern);
    if (run === this.#run && next.progress === undefined) this.#took(next, progress, run);
  }

  #took(search: PartSearch, progress: FindProgress, run: number): void {
    const wasOver = isOver(search.progress);
    search.progress = progress;
    this.#wake();
    this.#onProgress(this.#progress());
    if (isOver(progress) && !wasOver) void this.#continue(run);
  }

  /** A file that can no longer be searched, because it was deleted, has no matches. */
  async #continue(run: number): Promise<void> {
    try {
      await this.#beginNext(run);
    } catch {
      const failed = this.#searches.find(({ pattern, progress }) => pattern !== undefined && progress === undefined);
      if (run !== this.#run || failed === undefined) return;
      failed.pattern = undefined;
      this.#wake();
      this.#onProgress(this.#progress());
      await this.#continue(run);
    }
  }

  /** @param from undefined to start at the end of the file where the search enters it */
  async #nextIn(
    part: number,
    from: Match | undefined,
    direction: Direction,
    run: number,
    signal: AbortSignal,
  ): Promise<FoundMatch | undefined> {
    // The last match of a file is known only when all of it was searched.
    const isReady = ({ progress }: PartSearch): boolean =>
      progress !== undefined && (isOver(progress) || direction === "next" || from !== undefined);
    const asked = await this.#until(part, isReady, run, signal);
    if (asked === undefined) return undefined;
    const outermost = direction === "next" ? beforeFirst : afterLast;
    const found = await asked.search.next(from ?? outermost, direction, signal);
    if (found === undefined || found.wrapped) return undefined;
    const row = (await this.#parts.firstRowOf(part, signal)) + found.row;
    const before = this.#searches.slice(0, part).reduce((sum, { progress }) => sum + (progress?.matches ?? 0), 0);
    const column = this.#parts.joinedColumn(part, found.column);
    return { row, column, ordinal: before + found.ordinal, wrapped: false };
  }

  /** The search of a file as soon as it is ready; undefined if nothing in the file can match. */
  async #until(
    part: number,
    isReady: (search: PartSearch) => boolean,
    run: number,
    signal: AbortSignal,
  ): Promise<PartSearch | undefined> {
    const wake = (): void => this.#wake();
    signal.addEventListener("abort", wake);
    try {
      for (;;) {
        throwIfCancelled(signal);
        if (run !== this.#run) throw cancelled();
        const search = this.#searches[part];
        if (search?.pattern === undefined) return undefined;
        if (isReady(search)) return search;
        await new Promise<void>((resolve) => this.#waiting.push(resolve));
      }
    } finally {
      signal.removeEventListener("abort", wake);
    }
  }

  /** A column that a file doesn't have counts as before all of its own. */
  #inPart({ part, row }: { readonly part: number; readonly row: number }, column: number): Match {
    return { row, column: this.#parts.inPart(part, column) ?? -1 };
  }

  #progress(): FindProgress {
    let matches = 0;
    let searchedBytes = 0;
    let bytes = 0;
    let done = true;
    let stopped: true | undefined;
    for (const [part, { pattern, progress }] of this.#searches.entries()) {
      const size = this.#parts.bytesOf(part);
      bytes += size;
      searchedBytes += pattern === undefined ? size : (progress?.searchedBytes ?? 0);
      matches += progress?.matches ?? 0;
      done &&= pattern === undefined || progress?.done === true;
      stopped ??= progress?.stopped;
    }
    const isAllOver = this.#searches.every(({ pattern, progress }) => pattern === undefined || isOver(progress));
    return { search: this.#run, matches, searchedBytes, bytes, done, ...(isAllOver ? defined({ stopped }) : {}) };
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }
}

/** Nothing more is found: the file was searched, or can't be read any further. */
function isOver(progress: FindProgress | undefined): boolean {
  return progress?.done === true || progress?.stopped === true;
}
