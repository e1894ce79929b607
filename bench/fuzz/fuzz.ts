import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createRandom } from "../../sandbox/sampleData/random.ts";
import { OpenFile } from "../../src/table/file/openFile.ts";
import type { TableSpec } from "../../src/table/document/tableSpec.ts";
import type { ReadAs } from "../../src/table/tableTypes.ts";
import type { TablePrograms } from "../../src/table/worker/hostedThread.ts";
import { type ChangingFile, fuzzDamage, fuzzGrowth } from "./changingFile.ts";
import { compareTable } from "./compareTable.ts";
import type { SlowRead } from "./comparison.ts";
import { bytesOf } from "./encodedText.ts";
import { Difference, type FuzzTable } from "./fuzzTable.ts";
import { randomTable } from "./randomTable.ts";
import { slowRead } from "./slowReader.ts";
import { smallest } from "./smallest.ts";

export interface FuzzOptions {
  readonly seed: number;
  /** Asked before each table. */
  readonly goesOn: (tables: number) => boolean;
  /** About the most characters of a table. */
  readonly most: number;
  /** An empty folder for the files. */
  readonly folder: string;
  readonly programs: TablePrograms;
  readonly signal: AbortSignal;
  /** Another reader to compare with, for a test of this run itself. */
  readonly slowRead?: SlowRead;
}

export interface FoundDifference {
  /** Makes this table again as the first one of a run. */
  readonly seed: number;
  readonly difference: Difference;
  /** The smallest table with the same difference. */
  readonly table: FuzzTable;
}

export interface FuzzResult {
  readonly tables: number;
  readonly comparisons: number;
  readonly found: FoundDifference | undefined;
}

/** Different choices for each purpose, from one seed. */
const changesSeed = 0x2545f491;
const comparesSeed = 0x5bd1e995;
/** In how many tables the file changes while it is open. */
const changing = 0.25;

/** Compares random tables with the slow reader until `goesOn` says no, or one of them differs. */
export async function fuzz(options: FuzzOptions): Promise<FuzzResult> {
  const run = new Run(options);
  try {
    return await run.result();
  } finally {
    await run.dispose();
  }
}

class Run {
  readonly #options: FuzzOptions;
  readonly #slowRead: SlowRead;
  #file: OpenFile | undefined;
  #comparisons = 0;
  #files = 0;

  constructor(options: FuzzOptions) {
    this.#options = options;
    this.#slowRead = options.slowRead ?? slowRead;
  }

  async result(): Promise<FuzzResult> {
    const { goesOn, seed, most, signal } = this.#options;
    let tables = 0;
    for (; goesOn(tables) && !signal.aborted; tables++) {
      // One number more for each table, so that the last one can be the first of another run.
      const own = seed + tables;
      const random = createRandom(own);
      const table = randomTable(random, most);
      const check = random.chance(changing) ? this.#changes : this.#compares;
      const difference = await this.#differenceOf(table, own, check);
      if (difference === undefined) continue;
      const isSame = async (smaller: FuzzTable): Promise<Difference | undefined> => {
        const other = await this.#differenceOf(smaller, own, check);
        return other?.what === difference.what ? other : undefined;
      };
      return {
        tables: tables + 1,
        comparisons: this.#comparisons,
        found: { seed: own, ...(await smallest({ table, difference }, isSame)) },
      };
    }
    return { tables, comparisons: this.#comparisons, found: undefined };
  }

  async dispose(): Promise<void> {
    await this.#file?.dispose();
  }

  async #differenceOf(
    table: FuzzTable,
    seed: number,
    check: (table: FuzzTable, seed: number) => Promise<void>,
  ): Promise<Difference | undefined> {
    try {
      await check(table, seed);
      return undefined;
    } catch (error) {
      if (error instanceof Difference) return error;
      return new Difference("an error", "none", error instanceof Error ? (error.stack ?? error.message) : error);
    }
  }

  /** The file stays as it is. One thread reads file after file. */
  readonly #compares = async (table: FuzzTable, seed: number): Promise<void> => {
    const path = this.#newPath(table);
    await writeFile(path, bytesOf(table));
    try {
      const file = this.#opened({ path, growing: false, size: Infinity, readAs: readAsOf(table) });
      await this.#compare(file, table, seed);
    } finally {
      await rm(path, { force: true });
    }
  };

  /** The file changes while it is open. */
  readonly #changes = async (table: FuzzTable, seed: number): Promise<void> => {
    const path = this.#newPath(table);
    const random = createRandom(seed ^ changesSeed);
    const changing: ChangingFile = {
      ...{ path, random, bytes: bytesOf(table), signal: this.#options.signal, count: this.#count },
      open: (change) => this.#opened({ path, growing: false, readAs: readAsOf(table), ...change }),
      compare: (file) => this.#compare(file, table, seed),
    };
    try {
      await (random.chance(0.5) ? fuzzGrowth(changing) : fuzzDamage(changing));
    } finally {
      await rm(path, { force: true });
    }
  };

  readonly #count = (): void => {
    this.#comparisons++;
  };

  #compare(file: OpenFile, table: FuzzTable, seed: number): Promise<void> {
    const { signal } = this.#options;
    const random = createRandom(seed ^ comparesSeed);
    return compareTable({ file, table, random, slowRead: this.#slowRead, signal, count: this.#count });
  }

  #opened(spec: TableSpec): OpenFile {
    if (this.#file === undefined) this.#file = new OpenFile(spec, this.#options.programs);
    // What isn't named stays as it was, so everything is.
    else void this.#file.reread(spec);
    return this.#file;
  }

  #newPath({ fileName }: FuzzTable): string {
    return join(this.#options.folder, `${this.#files++}-${fileName}`);
  }
}

function readAsOf({ writing, encoding }: FuzzTable): ReadAs {
  const shared = { encoding, anyBytes: true } as const;
  if (writing.kind === "json") return { ...shared, flat: writing.flat, arrayPath: writing.arrayPath };
  const { delimiter, quote, escape, header } = writing;
  return { ...shared, delimiter, quote, escape, header, linesBefore: 0 };
}
