import { setImmediate as nextTurn } from "node:timers/promises";
import { throwIfCancelled } from "./exportError.ts";

/** Half of a frame of the screen, so that typing and scrolling stay smooth. In milliseconds. */
const sliceMs = 8;
/** So many entries are sorted in one piece. */
const runLength = 256;

/** Long work on the event loop, cut into slices of a few milliseconds so that other work gets its turn between them. */
export class Slices {
  readonly #signal: AbortSignal;
  #endsAt = performance.now() + sliceMs;

  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  /** Whether it is time to await `next`. */
  get isOver(): boolean {
    return performance.now() >= this.#endsAt;
  }

  /** Begins the next slice after other work had its turn. @throws ExportError `cancelled` if the signal was aborted */
  async next(): Promise<void> {
    await nextTurn();
    throwIfCancelled(this.#signal);
    this.#endsAt = performance.now() + sliceMs;
  }
}

/** Like `Array.map`, in slices. @throws ExportError `cancelled`; what `map` throws */
export async function mapInSlices<Item, Result>(
  items: readonly Item[],
  map: (item: Item, index: number) => Result,
  signal: AbortSignal,
): Promise<Result[]> {
  const results: Result[] = [];
  const slices = new Slices(signal);
  for (const [index, item] of items.entries()) {
    if (slices.isOver) await slices.next();
    results.push(map(item, index));
  }
  return results;
}

/** Like `Array.filter`, in slices. @throws ExportError `cancelled` */
export async function filterInSlices<Item>(
  items: readonly Item[],
  passes: (item: Item) => boolean,
  signal: AbortSignal,
): Promise<Item[]> {
  const passing: Item[] = [];
  const slices = new Slices(signal);
  for (const item of items) {
    if (slices.isOver) await slices.next();
    if (passes(item)) passing.push(item);
  }
  return passing;
}

/** Like `Array.toSorted`, in slices: short runs are sorted and then merged. Equal items keep their order. */
export async function sortInSlices<Item extends object>(
  items: readonly Item[],
  compare: (one: Item, other: Item) => number,
  signal: AbortSignal,
): Promise<Item[]> {
  const slices = new Slices(signal);
  let runs: Item[][] = [];
  for (let from = 0; from < items.length; from += runLength) {
    if (slices.isOver) await slices.next();
    runs.push(items.slice(from, from + runLength).sort(compare));
  }
  while (runs.length > 1) {
    const merged: Item[][] = [];
    for (let at = 0; at < runs.length; at += 2) merged.push(await mergeRuns(runs[at], runs[at + 1], compare, slices));
    runs = merged;
  }
  return runs[0] ?? [];
}

async function mergeRuns<Item extends object>(
  one: readonly Item[] = [],
  other: readonly Item[] = [],
  compare: (one: Item, other: Item) => number,
  slices: Slices,
): Promise<Item[]> {
  const merged: Item[] = [];
  let at = 0;
  for (const item of one) {
    if (slices.isOver) await slices.next();
    for (let next = other[at]; next !== undefined && compare(next, item) < 0; next = other[at]) {
      merged.push(next);
      at += 1;
    }
    merged.push(item);
  }
  for (const item of other.slice(at)) merged.push(item);
  return merged;
}
