import type { FoundMatch, Match } from "../tableTypes.ts";
import type { Finder } from "./finder.ts";
import { Landmarks } from "./landmarks.ts";
import { type SearchCursor, cursorAtRow, type Visit } from "./searchCursor.ts";

export type Direction = "next" | "previous";

/** The nearest match that was found so far. */
export interface NearestMatch {
  /** Undefined if there is none. */
  readonly found: FoundMatch | undefined;
  /** Whether the whole file was searched, so that no nearer match can be found. */
  readonly complete: boolean;
}

interface Cell extends Match {
  /** How many matches of the stretch come before the first one of this cell. */
  readonly before: number;
}

const numbersPerStretch = 8;
/** How many intervals between landmarks a step searches: as much as one without landmarks. */
const intervalsPerStep = 4;
const uncounted = -1;
const withins = ["row", "field", "value"] as const;

/**
 * A search of the whole file. Counts the matches of each stretch, so that the nearest one to a cell can be found by
 * searching only one or two stretches again. Memory: 64 bytes per stretch, regardless of the number of matches.
 *
 * Between landmarks, stretches are intervals. Their matches can also be counted elsewhere, in any order.
 */
export class MatchIndex {
  readonly #finder: Finder;
  readonly #landmarks: Landmarks;
  /** The matches in each interval. */
  readonly #counted: Float64Array;
  /** What was counted elsewhere and is not among the stretches yet. */
  readonly #ahead = { matches: 0, bytes: 0 };
  #numbers = new Float64Array(numbersPerStretch * 64);
  #stretches = 0;
  #next: SearchCursor;
  #matches = 0;
  #searchedBytes: number;
  #atEnd = false;

  constructor(finder: Finder, landmarks = new Landmarks()) {
    this.#finder = finder;
    this.#landmarks = landmarks;
    this.#counted = new Float64Array(landmarks.intervals).fill(uncounted);
    this.#next = finder.start;
    this.#searchedBytes = finder.start.byte;
  }

  get matches(): number {
    return this.#matches + this.#ahead.matches;
  }

  get searchedBytes(): number {
    return this.#searchedBytes + this.#ahead.bytes;
  }

  /** Whether the whole file was searched. False again after it grew. */
  get done(): boolean {
    return this.#atEnd && this.#finder.source.size <= this.searchedBytes;
  }

  /** The number of matches in an interval is known. */
  counted(interval: number, matches: number | undefined): void {
    if (matches === undefined || this.#counted[interval] !== uncounted || this.#isPassed(interval)) return;
    this.#counted[interval] = matches;
    this.#lookAhead(interval, 1);
  }

  /** Searches the next stretches. Does nothing when `done`. After the file grew, the last stretch is searched again. */
  step(): void {
    if (this.done) return;
    if (this.#atEnd) this.#forgetLast();
    const interval = this.#next.within === "row" ? this.#landmarks.indexAt(this.#next.byte) : -1;
    if (interval === -1 || !this.#countFrom(interval)) this.#searchOn();
  }

  /** Returns false if the first interval is too long to be searched at once. */
  #countFrom(first: number): boolean {
    let interval = first;
    for (let searched = 0; searched < intervalsPerStep && interval < this.#landmarks.intervals; interval++) {
      const known = this.#counted[interval] ?? uncounted;
      const part = this.#landmarks.interval(interval);
      if (known === uncounted && !this.#finder.isCountable(part)) break;
      const matches = known === uncounted ? this.#finder.count(part) : known;
      if (known === uncounted) searched++;
      else this.#lookAhead(interval, -1);
      this.#remember(part.from);
      this.#matches += matches;
      this.#next = this.#landmarks.cursor(interval + 1);
      this.#searchedBytes = part.to;
    }
    return interval > first;
  }

  #searchOn(): void {
    const cursor = this.#next;
    this.#remember(cursor);
    const count: Visit = (_row, _column, matches) => {
      this.#matches += matches;
    };
    const { next, atEnd, searchedBytes } = this.#finder.step(cursor, count, this.#landmarks.after(cursor.byte));
    this.#next = next;
    this.#atEnd = atEnd;
    this.#searchedBytes = searchedBytes;
  }

  #isPassed(interval: number): boolean {
    return this.#landmarks.interval(interval).to <= this.#next.byte;
  }

  /** Adds or removes what was counted elsewhere. */
  #lookAhead(interval: number, sign: 1 | -1): void {
    const { from, to } = this.#landmarks.interval(interval);
    this.#ahead.matches += sign * (this.#counted[interval] ?? 0);
    this.#ahead.bytes += sign * (to - from.byte);
  }

  /**
   * Finds the nearest cell with matches after or before a cell, and wraps around at the end of the file. Yields between
   * steps of limited length, and the search can continue in between.
   */
  *nearest(from: Match, direction: Direction): Generator<undefined, NearestMatch> {
    const forwards = direction === "next";
    // Before the search has reached the cell, the last match so far needn't be the nearest one before it.
    if (!forwards && !this.done && this.#next.row <= from.row) return { found: undefined, complete: false };
    const found =
      (forwards ? yield* this.#after(from, false) : yield* this.#before(from, false)) ??
      (forwards ? yield* this.#after(undefined, true) : yield* this.#before(undefined, true));
    return { found, complete: this.done };
  }

  /** The first cell after a cell, or the first of all. */
  *#after(from: Match | undefined, wrapped: boolean): Generator<undefined, FoundMatch | undefined> {
    for (let at = from ? this.#firstStretchWith(from.row) : 0; at < this.#stretches; at++) {
      if (this.#matchesUpTo(at + 1) === this.#matchesUpTo(at)) continue;
      const cell = this.#cellsOf(at).find((one) => from === undefined || isBefore(from, one));
      if (cell !== undefined) return this.#foundIn(at, cell, wrapped);
      yield;
    }
    return undefined;
  }

  /** The last cell before a cell, or the last of all. */
  *#before(until: Match | undefined, wrapped: boolean): Generator<undefined, FoundMatch | undefined> {
    let found: FoundMatch | undefined;
    for (let at = this.#stretches - 1; at >= 0; at--) {
      // A cell can begin in an earlier stretch only if the next stretch begins within its row.
      if (found !== undefined && this.#rowAt(at + 1) < found.row) break;
      if (this.#matchesUpTo(at + 1) === this.#matchesUpTo(at)) continue;
      if (until !== undefined && this.#rowAt(at) > until.row) continue;
      const cell = this.#cellsOf(at).findLast((one) => until === undefined || isBefore(one, until));
      if (cell !== undefined && (found === undefined || isSame(cell, found))) found = this.#foundIn(at, cell, wrapped);
      else if (found !== undefined) break;
      yield;
    }
    return found;
  }

  /** The cells with matches in a stretch, in file order. */
  #cellsOf(stretch: number): Cell[] {
    const cells: Cell[] = [];
    let before = 0;
    const visit: Visit = (row, column, matches) => {
      const last = cells.at(-1);
      if (last === undefined || !isSame(last, { row, column })) cells.push({ row, column, before });
      before += matches;
    };
    const cursor = this.#cursorAt(stretch);
    this.#finder.step(cursor, visit, this.#landmarks.after(cursor.byte));
    return cells;
  }

  #foundIn(stretch: number, { row, column, before }: Cell, wrapped: boolean): FoundMatch {
    return { row, column, ordinal: this.#matchesUpTo(stretch) + before, wrapped };
  }

  /**
   * The last stretch that begins before a row. Stretches after the first one that begins after the row can't contain
   * it.
   */
  #firstStretchWith(row: number): number {
    let before = 0;
    let after = this.#stretches;
    while (after - before > 1) {
      const middle = (before + after) >> 1;
      if (this.#rowAt(middle) < row) before = middle;
      else after = middle;
    }
    return before;
  }

  #remember(cursor: SearchCursor): void {
    const at = this.#stretches * numbersPerStretch;
    if (at === this.#numbers.length) {
      const more = new Float64Array(at * 2);
      more.set(this.#numbers);
      this.#numbers = more;
    }
    const { byte, row, state, skip, within } = cursor;
    const numbers = [byte, row, state.mode, state.depth, state.column, skip, withins.indexOf(within), this.#matches];
    this.#numbers.set(numbers, at);
    this.#stretches++;
  }

  #forgetLast(): void {
    const last = this.#stretches - 1;
    this.#matches = this.#matchesUpTo(last);
    this.#next = this.#cursorAt(last);
    this.#stretches = last;
  }

  #cursorAt(stretch: number): SearchCursor {
    const at = stretch * numbersPerStretch;
    const [byte = 0, row = 0, mode = 0, depth = 0, column = 0, skip = 0, within = 0] = this.#numbers.subarray(at);
    return { ...cursorAtRow(byte, row), state: { mode, depth, column }, skip, within: withins[within] ?? "row" };
  }

  #rowAt(stretch: number): number {
    return stretch < this.#stretches ? (this.#numbers[stretch * numbersPerStretch + 1] ?? 0) : this.#next.row;
  }

  #matchesUpTo(stretch: number): number {
    return stretch < this.#stretches ? (this.#numbers[(stretch + 1) * numbersPerStretch - 1] ?? 0) : this.#matches;
  }
}

function isBefore(one: Match, other: Match): boolean {
  return one.row < other.row || (one.row === other.row && one.column < other.column);
}

function isSame(one: Match, other: Match): boolean {
  return one.row === other.row && one.column === other.column;
}
