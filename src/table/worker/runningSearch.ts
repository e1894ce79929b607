import { setTimeout as sleep } from "node:timers/promises";
import { defined } from "../../model/defined.ts";
import { throwIfCancelled } from "../../model/exportError.ts";
import { allMatches } from "../find/allMatches.ts";
import { Landmarks } from "../find/landmarks.ts";
import { type Direction, MatchIndex } from "../find/matchIndex.ts";
import type { TableText } from "../document/division.ts";
import type { SourceGrowth } from "../document/tableSpec.ts";
import type { Scanner } from "../scan/scanner.ts";
import type { FindPattern, FindProgress, FoundMatch, Match } from "../tableTypes.ts";
import { openSearch } from "./openSearch.ts";
import type { CountedMatches, MatchBatch, SearchedFile } from "./tableMessages.ts";
import { Paced, takeTurns } from "./turns.ts";

const tellEveryMs = 60;
/** How long "next" waits before it checks the progress of the search again. */
const waitMs = 20;
/** The number of matches in a batch. Only the last batch has fewer. */
const batchLength = 10_000;

/** A file with fewer intervals is searched before another thread could help. */
const fewestIntervals = 64;

/** Counts matches of the same search in another thread, from the end of the file, until it is ended. */
export type StartHelper = (onCounted: (counted: CountedMatches) => void) => { end(): void };

export interface RunningSearchOptions {
  readonly scanner: Scanner;
  readonly search: number;
  readonly onProgress: (progress: FindProgress) => void;
  /** Absent if there is only one core. */
  readonly startHelper?: StartHelper | undefined;
}

/** One search of one file. It continues when the file grows. */
export class RunningSearch {
  readonly #text: TableText;
  readonly #index: MatchIndex;
  readonly #search: number;
  readonly #paced: Paced<FindProgress>;
  readonly #stop = new AbortController();
  readonly #startHelper: StartHelper | undefined;
  #helper: { end(): void } | undefined;
  #running = false;
  /** Why the file can't be searched any further. */
  #failure: { readonly error: unknown } | undefined;

  /** @throws ExportError `invalidRequest` for a broken pattern, `fileMissing` */
  constructor(file: SearchedFile, pattern: FindPattern, options: RunningSearchOptions) {
    const { text, finder } = openSearch(file, pattern, options.scanner);
    const landmarks = new Landmarks(file.landmarks);
    this.#text = text;
    this.#index = new MatchIndex(finder, landmarks);
    this.#startHelper = landmarks.intervals < fewestIntervals ? undefined : options.startHelper;
    this.#search = options.search;
    this.#paced = new Paced(tellEveryMs, options.onProgress);
  }

  get progress(): FindProgress {
    const { matches, searchedBytes, done } = this.#index;
    const stopped = this.#failure === undefined ? undefined : (true as const);
    return {
      search: this.#search,
      matches,
      searchedBytes,
      bytes: this.#text.source.size,
      done,
      ...defined({ stopped }),
    };
  }

  /** The names of the columns, for JSON only: its column indexes depend on the reader. */
  get columns(): readonly string[] {
    return columnNamesOf(this.#text);
  }

  /**
   * Searches the rest of the file and handles other messages between steps. If the file can't be read any further, the
   * search stops, and whoever waits for its next match learns why.
   */
  async run(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    this.#failure = undefined;
    try {
      // The request that started the search is answered first, because a step may never end.
      await takeTurns(this.#stop.signal);
      if (this.#index.searchedBytes < this.#text.source.size / 2) this.#getHelp();
      while (!this.#index.done) {
        this.#index.step();
        this.#paced.offer(() => this.progress, this.#index.done);
        await takeTurns(this.#stop.signal);
      }
    } catch (error) {
      if (this.#stop.signal.aborted) return;
      this.#stopped(error);
    } finally {
      this.#running = false;
      this.#endHelp();
    }
  }

  /** @throws ExportError `cancelled` if another search replaced this one; why the search stopped */
  async next(from: Match, direction: Direction, signal: AbortSignal): Promise<FoundMatch | undefined> {
    for (;;) {
      throwIfCancelled(this.#stop.signal);
      const { found, complete } = await this.#nearest(from, direction, signal);
      // Before everything is searched, wrapping around would miss later matches.
      if (complete || (found !== undefined && !found.wrapped)) return found;
      if (this.#failure !== undefined) throw this.#failure.error;
      await sleep(waitMs);
      throwIfCancelled(signal);
    }
  }

  /** @throws ExportError `fileChanged` if the file is shorter than before */
  grew({ size }: SourceGrowth): void {
    try {
      this.#text.source.grew(size);
    } catch (error) {
      this.#stopped(error);
      throw error;
    }
  }

  end(): void {
    this.#stop.abort();
    this.#endHelp();
    this.#text.source.close();
  }

  #getHelp(): void {
    this.#helper = this.#startHelper?.(({ from, matches }) => {
      for (const [index, count] of matches.entries()) this.#index.counted(from + index, count);
    });
  }

  #endHelp(): void {
    this.#helper?.end();
    this.#helper = undefined;
  }

  #stopped(error: unknown): void {
    this.#failure = { error };
    this.#paced.offer(() => this.progress, true);
  }

  async #nearest(from: Match, direction: Direction, signal: AbortSignal) {
    const steps = this.#index.nearest(from, direction);
    for (let step = steps.next(); ; step = steps.next()) {
      if (step.done === true) return step.value;
      await takeTurns(signal);
    }
  }
}

/** All matches of a file, in batches that are read on request. */
export class MatchStream {
  readonly #text: TableText;
  readonly #batches: Generator<readonly Match[], undefined>;

  /** @throws ExportError as `RunningSearch` */
  constructor(file: SearchedFile, pattern: FindPattern, scanner: Scanner) {
    const { text, finder } = openSearch(file, pattern, scanner);
    this.#text = text;
    this.#batches = allMatches(finder);
  }

  async take(signal: AbortSignal): Promise<MatchBatch> {
    const matches: Match[] = [];
    for (;;) {
      const { value, done } = this.#batches.next();
      // No spread, because a stretch may have more matches than a call can have arguments.
      for (const match of value ?? []) matches.push(match);
      if (done === true || matches.length >= batchLength) {
        return { matches, columns: columnNamesOf(this.#text), done: done === true };
      }
      await takeTurns(signal);
    }
  }

  end(): void {
    this.#text.source.close();
  }
}

function columnNamesOf({ division, cells }: TableText): readonly string[] {
  return division.reading.kind === "delimited" ? [] : cells.columns.map(({ name }) => name);
}
