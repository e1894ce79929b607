import { access, lstat, readdir, rm, stat, utimes } from "node:fs/promises";
import path from "node:path";
import process from "node:process";
import * as v from "valibot";
import { makeFolder, namesIn } from "../../disk/folders.ts";
import { giveName } from "../../disk/placeFile.ts";
import { isRunning } from "../../model/runningProcess.ts";
import type { ColumnForm, NeededColumn, RecognizedType, ValueType } from "../columnTables.ts";
import type { ExportSource } from "../exportSource.ts";
import { writeFailure } from "../extract/extractErrors.ts";
import { engineFailed } from "../queryErrors.ts";
import { quotedText } from "../quoting.ts";
import type { ResultValue, Session } from "./session.ts";

/** A column in a table of the session. */
export interface CachedColumn extends NeededColumn {
  /** The table's name as a statement contains it. */
  readonly table: string;
  /** For values: the type that the whole column has. */
  readonly recognized?: RecognizedType;
  /** Where it is kept. Absent while it is only in memory. */
  readonly kept?: KeptColumn;
}

/** A table in a file that never changes. */
export interface KeptColumn {
  readonly file: string;
  readonly table: string;
}

const extension = ".duckdb";
/** A file that is being written, or what belongs to one, with the process that writes it. */
const unfinished = /^(\d+)-\d+\.tmp(?:\.wal)?$/;
const valueTypeShape = v.custom<ValueType>(
  (type) => typeof type === "string" && /^(?:BIGINT|DOUBLE|TIMESTAMP|BOOLEAN|VARCHAR|DECIMAL\(\d+,\d+\))$/.test(type),
);
const recognizedShape: v.GenericSchema<unknown, RecognizedType> = v.object({
  type: valueTypeShape,
  decimal: v.exactOptional(v.literal("comma")),
  format: v.exactOptional(v.string()),
  zone: v.exactOptional(v.boolean()),
});
const noSignal = new AbortController().signal;
const rowShape = v.tuple([v.bigint(), v.picklist(["text", "value"]), v.nullable(v.string()), v.string()]);

export interface CachePlace {
  /** A folder of the extension's own storage. */
  readonly folder: string;
  /** Of the engine. Another one may not be able to read the files. */
  readonly version: string;
  readonly limitBytes: number;
}

/**
 * Columns of exports in files, so that they needn't be extracted again. All windows share the files: each is complete
 * before it gets its name, and never changes. A folder for each export has one file for columns that were loaded
 * together. If the files take more than the limit, those that were not used for the longest time are removed.
 */
export class ColumnCache {
  readonly #session: Session;
  readonly #place: CachePlace;
  readonly #root: string;
  readonly #attached = new Set<string>();
  #names = 0;

  constructor(session: Session, place: CachePlace) {
    this.#session = session;
    this.#place = place;
    this.#root = path.join(place.folder, place.version);
  }

  /**
   * The columns of an export that are kept. A file that can't be read, or has another number of rows, is removed, and its
   * columns are extracted again when needed.
   */
  async restore(key: string, rows: number): Promise<CachedColumn[]> {
    const folder = path.join(this.#root, key);
    const restored: CachedColumn[] = [];
    for (const name of await namesIn(folder)) {
      const file = path.join(folder, name);
      if (isLeftOver(name)) await removeFile(file);
      if (!name.endsWith(extension)) continue;
      // Opening a pipe would wait for its other end.
      if (!(await isOrdinary(file))) continue;
      try {
        restored.push(...(await this.#attach(file, rows)));
      } catch {
        await removeFile(file);
      }
    }
    return restored;
  }

  /** Writes columns into a file, and answers the tables that replace them. */
  async keep({ key, rows, parts }: ExportSource, columns: readonly CachedColumn[]): Promise<CachedColumn[]> {
    const folder = path.join(this.#root, key);
    const number = (this.#names += 1);
    const written = path.join(folder, `${process.pid}-${number}.tmp`);
    const complete = path.join(folder, `${Date.now().toString(36)}-${process.pid}-${number}${extension}`);
    try {
      await makeFolder(this.#root, folder);
      // A process that had this number before may have left it.
      await removeFile(written);
      await this.#write(written, `w${number}`, columns);
      await giveName(written, complete, { choice: "overwrite", signal: noSignal });
      const kept = await this.#attach(complete, rows);
      await this.#removeOldest().catch(() => undefined);
      // What is kept of an export is removed after the export. That may have been before this file had its name.
      for (const { file } of parts) await stat(file.path);
      return kept;
    } catch (error) {
      for (const file of [written, `${written}.wal`, complete]) await removeFile(file);
      throw writeFailure(error);
    }
  }

  /** Those whose files another window has removed. */
  async gone(columns: readonly CachedColumn[]): Promise<CachedColumn[]> {
    const files = new Set(columns.flatMap(({ kept }) => (kept === undefined ? [] : [kept.file])));
    const gone = new Set<string>();
    for (const file of files) await access(file).catch(() => gone.add(file));
    // Of a column of text, both forms are in the same table.
    const isWritten = ({ form, recognized }: CachedColumn): boolean =>
      form === "text" || recognized?.type !== "VARCHAR";
    return columns.filter((column) => column.kept !== undefined && gone.has(column.kept.file) && isWritten(column));
  }

  /** Removes what is kept of an export. */
  async remove(key: string): Promise<void> {
    const folder = path.join(this.#root, key);
    for (const name of await namesIn(folder)) if (name.endsWith(extension)) await removeFile(path.join(folder, name));
  }

  async #write(file: string, alias: string, columns: readonly CachedColumn[]): Promise<void> {
    await this.#run(`ATTACH ${quotedText(file)} AS ${alias}`);
    try {
      await this.#run(`CREATE TABLE ${alias}.columns (number BIGINT, form VARCHAR, type VARCHAR, name VARCHAR)`);
      for (const [index, { column, form, table, recognized }] of columns.entries()) {
        await this.#run(`CREATE TABLE ${alias}.c${index} AS FROM ${table}`);
        const row = { sql: `INSERT INTO ${alias}.columns VALUES ($1, $2, $3, $4)` };
        const values = [column, form, recognized === undefined ? null : JSON.stringify(recognized), `c${index}`];
        await this.#session.run({ ...row, values }, noSignal);
      }
    } finally {
      await this.#run(`DETACH ${alias}`);
    }
  }

  async #attach(file: string, rows: number): Promise<CachedColumn[]> {
    const alias = `r${(this.#names += 1)}`;
    await this.#run(`ATTACH ${quotedText(file)} AS ${alias} (READ_ONLY)`);
    this.#attached.add(file);
    try {
      const columns = await this.#columnsIn(file, alias);
      for (const { table } of columns) {
        const [[count] = []] = await this.#rows(`SELECT count(*) FROM ${table}`);
        if (count !== BigInt(rows)) throw engineFailed(new Error("A kept column has another number of rows."));
      }
      const now = new Date();
      await utimes(file, now, now).catch(() => undefined);
      return columns;
    } catch (error) {
      this.#attached.delete(file);
      await this.#run(`DETACH ${alias}`);
      throw error;
    }
  }

  async #columnsIn(file: string, alias: string): Promise<CachedColumn[]> {
    const rows = v.parse(v.array(rowShape), await this.#rows(`FROM ${alias}.columns`));
    return rows.map(([column, form, type, name]) => ({
      column: Number(column),
      form: form satisfies ColumnForm,
      table: `${alias}.${name}`,
      kept: { file, table: name },
      ...(type === null ? {} : { recognized: v.parse(recognizedShape, JSON.parse(type)) }),
    }));
  }

  /** Those of other versions of the engine are usually the oldest. */
  async #removeOldest(): Promise<void> {
    const files = await filesBelow(this.#place.folder);
    let bytes = files.reduce((sum, file) => sum + file.bytes, 0);
    for (const { file, bytes: freed } of files.toSorted((one, other) => one.usedAt - other.usedAt)) {
      const name = path.basename(file);
      const isLeft = isLeftOver(name);
      if (!isLeft && (bytes <= this.#place.limitBytes || this.#attached.has(file) || unfinished.test(name))) continue;
      await removeFile(file);
      bytes -= freed;
    }
  }

  #run(sql: string): Promise<void> {
    return this.#session.run({ sql, values: [] }, noSignal);
  }

  #rows(sql: string): Promise<ResultValue[][]> {
    return this.#session.rows({ sql, values: [] }, noSignal);
  }
}

async function isOrdinary(file: string): Promise<boolean> {
  try {
    return (await lstat(file)).isFile();
  } catch {
    return false;
  }
}

function isLeftOver(name: string): boolean {
  const writer = Number(unfinished.exec(name)?.[1]);
  return writer > 0 && !isRunning(writer);
}

/** On Windows, a file that another window uses can't be removed. It is the next time. */
async function removeFile(file: string): Promise<void> {
  await rm(file, { force: true }).catch(() => undefined);
}

interface KeptFile {
  readonly file: string;
  readonly bytes: number;
  readonly usedAt: number;
}

async function filesBelow(root: string): Promise<KeptFile[]> {
  const files: KeptFile[] = [];
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name);
    if (!entry.isFile()) continue;
    const { size, mtimeMs } = await stat(file).catch(() => ({ size: 0, mtimeMs: Infinity }));
    files.push({ file, bytes: size, usedAt: mtimeMs });
  }
  return files;
}
