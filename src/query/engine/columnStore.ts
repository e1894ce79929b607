import { throwIfCancelled } from "../../model/exportError.ts";
import type { ColumnForm, ColumnTables, NeededColumn, RecognizedType, Statement } from "../columnTables.ts";
import type { ExportSource } from "../exportSource.ts";
import { engineFailed, noRoomForQuery } from "../queryErrors.ts";
import { createValues, recognizeType } from "../statements/valueTypes.ts";
import type { CachedColumn, ColumnCache, KeptColumn } from "./columnCache.ts";
import type { ResultValue, Session } from "./session.ts";

/** Columns of an export in files that the session can read. */
export interface LoadedColumns {
  /** What follows `FROM` in a statement that reads the fields `c0`, `c1` and so on. */
  readonly from: string;
  readonly rows: number;
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

/** How long columns are unused before they are written into the cache, so that this doesn't delay the next request. */
const keepAfterMs = 500;

/** The columns of one export that the session has. */
class StoredColumns {
  readonly key: string;
  readonly columns = new Map<string, CachedColumn>();
  /** Columns that are only in memory. */
  unkept: CachedColumn[] = [];
  /** Tables of columns that are now kept. They are dropped when nobody uses the columns. */
  obsolete: string[] = [];
  users = 0;
  keeping: NodeJS.Timeout | undefined;
  /** Work on the columns is done one after the other, so that two requests for the same one load it once. */
  working: Promise<unknown>;

  constructor(key: string, restoring: Promise<readonly CachedColumn[]>) {
    this.key = key;
    // What can't be restored is extracted again.
    const restored = restoring.then((columns) => columns.forEach((column) => this.set(column)));
    this.working = restored.catch(() => undefined);
  }

  get(needed: NeededColumn): CachedColumn | undefined {
    return this.columns.get(nameOf(needed));
  }

  set(column: CachedColumn): void {
    this.columns.set(nameOf(column), column);
  }

  /** Begins when all earlier work has ended, well or badly. */
  inTurn<Result>(work: () => Promise<Result>): Promise<Result> {
    const turn = this.working.then(work, work);
    this.working = turn.catch(() => undefined);
    return turn;
  }
}

/**
 * The columns that statements need. A column is loaded from the export when it is needed for the first time, and kept in
 * the cache when nobody uses it.
 */
export class ColumnStore {
  readonly #session: Session;
  readonly #load: LoadColumns;
  readonly #cache: ColumnCache;
  readonly #exports = new Map<string, StoredColumns>();
  #tables = 0;

  constructor(session: Session, load: LoadColumns, cache: ColumnCache) {
    this.#session = session;
    this.#load = load;
    this.#cache = cache;
  }

  /** Loads what is missing. @throws ExportError as extracting, and as the session */
  async lease(source: ExportSource, needed: readonly NeededColumn[], options: StoreOptions): Promise<ColumnLease> {
    const stored = this.#storedOf(source.key);
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
    const stored = this.#storedOf(source.key);
    try {
      await stored.inTurn(() => this.#keep(stored));
      const kept = (wanted: NeededColumn): KeptColumn => {
        const column = stored.get(wanted);
        if (column?.kept === undefined) throw noRoomForQuery();
        return column.kept;
      };
      return { kept: needed.map(kept), release: lease.release };
    } catch (error) {
      lease.release();
      throw error;
    }
  }

  #storedOf(key: string): StoredColumns {
    const known = this.#exports.get(key);
    if (known !== undefined) return known;
    const added = new StoredColumns(key, this.#cache.restore(key));
    this.#exports.set(key, added);
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
        await this.#addValues(stored, each.column, text.table, options.signal);
      }
    }
  }

  async #extract(
    source: ExportSource,
    stored: StoredColumns,
    { missing, extracted }: { readonly missing: readonly NeededColumn[]; readonly extracted: readonly number[] },
    options: StoreOptions,
  ): Promise<void> {
    const loaded = await this.#load(source, extracted, options);
    try {
      if (loaded.rows !== source.rows) throw engineFailed(new Error("A column has another number of rows."));
      for (const [index, column] of extracted.entries()) {
        const from = `(SELECT c${index} AS v FROM ${loaded.from})`;
        const forms = missing.filter((each) => each.column === column).map(({ form }) => form);
        if (forms.includes("text")) await this.#addText(stored, column, from, options.signal);
        // Text takes much more memory than values, so it isn't kept for a column of which only the values are needed.
        if (forms.includes("value")) await this.#addValues(stored, column, from, options.signal);
      }
    } finally {
      await loaded.dispose();
    }
  }

  async #addText(stored: StoredColumns, column: number, from: string, signal: AbortSignal): Promise<CachedColumn> {
    const table = this.#newTable("text");
    const statement = { sql: `CREATE TABLE ${table} AS SELECT v FROM ${from}`, values: [] };
    const text = { column, form: "text", table } as const;
    await this.#create(stored, text, statement, signal);
    return text;
  }

  /** Values of one type, if the whole column is of that type; otherwise, the text. */
  async #addValues(stored: StoredColumns, column: number, from: string, signal: AbortSignal): Promise<void> {
    const value: NeededColumn = { column, form: "value" };
    const run = (statement: Statement): Promise<ResultValue[][]> => this.#session.rows(statement, signal);
    const recognized = await recognizeType(from, run);
    const table = this.#newTable("value");
    const statement = createValues(table, from, recognized);
    if (statement !== undefined) {
      await this.#create(stored, { ...value, table, recognized }, statement, signal);
      return;
    }
    const text = stored.get({ column, form: "text" }) ?? (await this.#addText(stored, column, from, signal));
    stored.set({ ...value, table: text.table, recognized });
  }

  #newTable(form: ColumnForm): string {
    return `${form}_${(this.#tables += 1)}`;
  }

  async #create(
    stored: StoredColumns,
    created: CachedColumn,
    statement: Statement,
    signal: AbortSignal,
  ): Promise<void> {
    await this.#session.run(statement, signal);
    stored.set(created);
    stored.unkept.push(created);
  }

  #keepLater(stored: StoredColumns): void {
    if (stored.users > 0 || (stored.unkept.length === 0 && stored.obsolete.length === 0)) return;
    stored.keeping = setTimeout(() => void stored.inTurn(() => this.#tidy(stored)), keepAfterMs).unref();
  }

  async #tidy(stored: StoredColumns): Promise<void> {
    if (stored.users > 0) return;
    await this.#keep(stored);
    for (const table of stored.obsolete.splice(0)) {
      await this.#session.run({ sql: `DROP TABLE ${table}`, values: [] }, new AbortController().signal);
    }
  }

  /** If they can't be kept, because the disk is full, they stay in memory. */
  async #keep(stored: StoredColumns): Promise<void> {
    const { unkept } = stored;
    if (unkept.length === 0) return;
    const kept = await this.#cache.keep(stored.key, unkept).catch(() => []);
    if (kept.length === 0) return;
    stored.unkept = [];
    stored.obsolete.push(...unkept.map(({ table }) => table));
    for (const column of kept) {
      const value = stored.get({ column: column.column, form: "value" });
      stored.set(column);
      // A column of text has one table for both forms.
      if (column.form === "text" && value?.recognized?.type === "VARCHAR")
        stored.set({ ...value, ...column, form: "value" });
    }
  }
}

const nameOf = ({ column, form }: NeededColumn): string => `${form}:${column}`;

/** The tables as they are now. While they are leased, they aren't replaced. */
function tablesOf(source: ExportSource, stored: StoredColumns): ColumnTables {
  const columns = new Map(stored.columns);
  const required = (needed: NeededColumn): CachedColumn => {
    const column = columns.get(nameOf(needed));
    if (column === undefined) throw new Error("A column was not asked for.");
    return column;
  };
  const recognized = (column: number): RecognizedType =>
    required({ column, form: "value" }).recognized ?? { type: "VARCHAR" };
  return {
    rows: source.rows,
    table: (needed) => required(needed).table,
    type: (column) => recognized(column).type,
    recognized,
  };
}
