import { throwIfCancelled } from "../../model/exportError.ts";
import type { ColumnTables, NeededColumn } from "../columnTables.ts";
import type { ExportSource } from "../exportSource.ts";
import { engineFailed } from "../queryErrors.ts";
import { ColumnBuilder } from "./columnBuilder.ts";
import type { CachedColumn, ColumnCache, KeptColumn } from "./columnCache.ts";
import { saysUnreadable } from "./engineFailures.ts";
import type { Session } from "./session.ts";
import { StoredColumns, tablesOf } from "./storedColumns.ts";

/** Columns of an export in files that the session can read. */
export interface LoadedColumns {
  /** What follows `FROM` in a statement that reads the fields `c0`, `c1` and so on. */
  readonly from: string;
  readonly rows: number;
  /** The size of the files. */
  readonly bytes: number;
  /** Removes the files. */
  dispose(): Promise<void>;
}

export type LoadColumns = (
  source: ExportSource,
  columns: readonly number[],
  options: StoreOptions,
) => Promise<LoadedColumns>;

export interface StoreOptions {
  readonly signal: AbortSignal;
  /** How much of the work is done, from 0 to 1. */
  readonly onProgress: (done: number) => void;
}

/** The right to use columns. Until it is released, their tables stay. */
export interface ColumnLease {
  readonly tables: ColumnTables;
  readonly release: () => void;
}

/** The right to use columns in files. */
export interface KeptLease {
  /** In the order in which they were asked for. */
  readonly kept: readonly KeptColumn[];
  readonly release: () => void;
}

/** A column in both forms, for one use. */
export interface ColumnVisit {
  readonly column: number;
  readonly tables: ColumnTables;
}

/** Which visited columns stay for the next requests. */
export interface KeptColumns {
  readonly columns: number;
  readonly bytes: number;
}

/** More columns are extracted with another pass over the file, because each needs memory while it is written. */
const mostExtracted = 128;

/** How long columns are unused before they are written into the cache, so that this doesn't delay the next request. */
const keepAfterMs = 500;

/**
 * The columns that statements need. A column is loaded from the export when it is needed for the first time, and kept in
 * the cache when nobody uses it.
 */
export class ColumnStore {
  readonly #builder: ColumnBuilder;
  readonly #load: LoadColumns;
  readonly #cache: ColumnCache;
  readonly #mostKept: KeptColumns;
  readonly #exports = new Map<string, StoredColumns>();

  constructor(session: Session, load: LoadColumns, cache: ColumnCache, mostKept: KeptColumns) {
    this.#builder = new ColumnBuilder(session);
    this.#load = load;
    this.#cache = cache;
    this.#mostKept = mostKept;
  }

  /** Loads what is missing. @throws ExportError as extracting, and as the session */
  async lease(source: ExportSource, needed: readonly NeededColumn[], options: StoreOptions): Promise<ColumnLease> {
    const stored = this.#storedOf(source);
    clearTimeout(stored.keeping);
    stored.users++;
    let isReleased = false;
    const release = (): void => {
      if (isReleased) return;
      isReleased = true;
      stored.users--;
      this.#keepLater(stored);
    };
    try {
      await stored.inTurn(() => this.#complete(source, stored, needed, options));
      return { tables: tablesOf(source, stored), release };
    } catch (error) {
      release();
      throw error;
    }
  }

  /** The same for columns in files, which are then written at once. */
  async leaseKept(source: ExportSource, needed: readonly NeededColumn[], options: StoreOptions): Promise<KeptLease> {
    const lease = await this.lease(source, needed, options);
    const stored = this.#storedOf(source);
    try {
      await stored.inTurn(() => this.#keepAll(stored));
      const kept = (wanted: NeededColumn): KeptColumn => {
        const column = stored.get(wanted);
        if (column?.kept === undefined) throw engineFailed(new Error("A column was not kept."));
        return column.kept;
      };
      return { kept: needed.map(kept), release: lease.release };
    } catch (error) {
      lease.release();
      throw error;
    }
  }

  /**
   * Both forms of columns, one column after the other, each for as long as the caller looks at it. Missing ones are extracted
   * together. If there are few, they are kept like leased ones. Otherwise, each is dropped before the next one is loaded.
   *
   * @param also what is needed with each column
   * @throws as `lease`
   */
  async *visit(
    source: ExportSource,
    columns: readonly number[],
    also: readonly NeededColumn[],
    options: StoreOptions,
  ): AsyncGenerator<ColumnVisit> {
    // With a lease, columns that are there stay.
    const { release } = await this.lease(source, also, { ...options, onProgress: () => undefined });
    const passes = Math.ceil(columns.length / mostExtracted);
    try {
      for (let pass = 0; pass < passes; pass++) {
        const some = columns.slice(pass * mostExtracted, (pass + 1) * mostExtracted);
        const onProgress = (done: number): void => options.onProgress((pass + done) / passes);
        yield* this.#visitExtracted(source, some, columns.length <= this.#mostKept.columns, { ...options, onProgress });
      }
    } finally {
      release();
    }
  }

  /** Half of the progress is for extracting. */
  async *#visitExtracted(
    source: ExportSource,
    columns: readonly number[],
    areFew: boolean,
    options: StoreOptions,
  ): AsyncGenerator<ColumnVisit> {
    const stored = this.#storedOf(source);
    const { signal } = options;
    const extracted = columns.filter((column) => stored.get({ column, form: "text" }) === undefined);
    const onProgress = (done: number): void => options.onProgress(done / 2);
    const loaded =
      extracted.length === 0 ? undefined : await this.#loadAll(source, extracted, { ...options, onProgress });
    try {
      const areKept = areFew && (loaded?.bytes ?? 0) <= this.#mostKept.bytes;
      for (const [index, column] of columns.entries()) {
        options.onProgress((1 + index / columns.length) / 2);
        const place = extracted.indexOf(column);
        const from = `(SELECT c${place} AS v FROM ${loaded?.from})`;
        if (place !== -1 && !areKept) yield* this.#visitOnce(source, stored, { column, from }, signal);
        else {
          await stored.inTurn(() => this.#builder.addBoth(stored, column, from, signal));
          yield { column, tables: tablesOf(source, stored) };
        }
      }
    } finally {
      await loaded?.dispose();
    }
  }

  /** Creates tables only for this visit. */
  async *#visitOnce(
    source: ExportSource,
    stored: StoredColumns,
    { column, from }: { readonly column: number; readonly from: string },
    signal: AbortSignal,
  ): AsyncGenerator<ColumnVisit> {
    const once = new StoredColumns(source, Promise.resolve([]));
    const known = stored.get({ column, form: "value" });
    if (known !== undefined) once.set(known);
    try {
      await this.#builder.addBoth(once, column, from, signal);
      yield { column, tables: tablesOf(source, stored, once) };
    } finally {
      await this.#builder.drop(once.unkept.map(({ table }) => table));
    }
  }

  /** Does some work. If what is kept of exports can't be read, it is removed, and the work is done once more without it. */
  async readable<Result>(keys: readonly string[], work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      if (!saysUnreadable(error)) throw error;
      for (const key of keys) {
        this.#exports.delete(key);
        await this.#cache.remove(key);
      }
      return work();
    }
  }

  #storedOf(source: ExportSource): StoredColumns {
    const known = this.#exports.get(source.key);
    if (known !== undefined) return known;
    const added = new StoredColumns(source, this.#cache.restore(source.key, source.rows));
    this.#exports.set(source.key, added);
    return added;
  }

  /** Extracts columns that are missing, all at once. Values of a column whose text is there are made from the text. */
  async #complete(
    source: ExportSource,
    stored: StoredColumns,
    needed: readonly NeededColumn[],
    options: StoreOptions,
  ): Promise<void> {
    throwIfCancelled(options.signal);
    const missing = needed.filter((each) => stored.get(each) === undefined);
    const hasText = ({ column }: NeededColumn): boolean => stored.get({ column, form: "text" }) !== undefined;
    const extracted = [...new Set(missing.filter((each) => !hasText(each)).map(({ column }) => column))];
    if (extracted.length > 0) await this.#extract(source, stored, { missing, extracted }, options);
    for (const each of missing) {
      const text = stored.get({ column: each.column, form: "text" });
      if (text !== undefined && stored.get(each) === undefined) {
        await this.#builder.addValues(stored, each.column, text.table, options.signal);
      }
    }
  }

  async #extract(
    source: ExportSource,
    stored: StoredColumns,
    { missing, extracted }: { readonly missing: readonly NeededColumn[]; readonly extracted: readonly number[] },
    options: StoreOptions,
  ): Promise<void> {
    const loaded = await this.#loadAll(source, extracted, options);
    try {
      for (const [index, column] of extracted.entries()) {
        const from = `(SELECT c${index} AS v FROM ${loaded.from})`;
        const forms = missing.filter((each) => each.column === column).map(({ form }) => form);
        if (forms.includes("text")) await this.#builder.addText(stored, column, from, options.signal);
        // Text takes much more memory than values, so it isn't kept for a column of which only the values are needed.
        if (forms.includes("value")) await this.#builder.addValues(stored, column, from, options.signal);
      }
    } finally {
      await loaded.dispose();
    }
  }

  async #loadAll(source: ExportSource, columns: readonly number[], options: StoreOptions): Promise<LoadedColumns> {
    const loaded = await this.#load(source, columns, options);
    if (loaded.rows === source.rows) return loaded;
    await loaded.dispose();
    throw engineFailed(new Error("A column has another number of rows."));
  }

  #keepLater(stored: StoredColumns): void {
    if (stored.users > 0 || (stored.unkept.length === 0 && stored.obsolete.length === 0)) return;
    // If they can't be kept, because the disk is full, they stay in memory.
    const tidy = (): unknown => stored.inTurn(() => this.#tidy(stored)).catch(() => undefined);
    stored.keeping = setTimeout(tidy, keepAfterMs).unref();
  }

  async #tidy(stored: StoredColumns): Promise<void> {
    if (stored.users > 0) return;
    if (stored.unkept.length > 0) await this.#keep(stored, stored.unkept);
    await this.#builder.drop(stored.obsolete.splice(0));
  }

  /** Also writes those again whose files were removed. Here, they can still be read. */
  async #keepAll(stored: StoredColumns): Promise<void> {
    const gone = await this.#cache.gone([...stored.columns.values()]);
    const written = [...stored.unkept, ...gone];
    if (written.length > 0) await this.#keep(stored, written);
  }

  async #keep(stored: StoredColumns, written: readonly CachedColumn[]): Promise<void> {
    const kept = await this.#cache.keep(stored.source, written);
    stored.obsolete.push(...stored.unkept.map(({ table }) => table));
    stored.unkept = [];
    for (const column of kept) {
      const value = stored.get({ column: column.column, form: "value" });
      stored.set(column);
      // A column of text has one table for both forms.
      if (column.form === "text" && value?.recognized?.type === "VARCHAR")
        stored.set({ ...value, ...column, form: "value" });
    }
  }
}
