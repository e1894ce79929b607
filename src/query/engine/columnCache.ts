import { chmod, readdir, rename, rm, stat, utimes } from "node:fs/promises";
import path from "node:path";
import process from "node:process";
import * as v from "valibot";
import { makeFolder } from "../../disk/folders.ts";
import { isRunning } from "../../model/runningProcess.ts";
import { saysMissing } from "../../model/systemCode.ts";
import type { ColumnForm, NeededColumn, RecognizedType, ValueType } from "../columnTables.ts";
import type { Session } from "./session.ts";
import { quotedText } from "../quoting.ts";

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
/** A file that is being written, with the process that writes it. */
const unfinished = /^(\d+)-\d+\.tmp$/;
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

/**
 * Columns of exports in files, so that they needn't be extracted again. All windows share the files: each is complete
 * before it gets its name, and never changes. A folder for each export has one file for columns that were loaded
 * together. If the files take more than the limit, those that were not used for the longest time are removed.
 */
export class ColumnCache {
  readonly #session: Session;
  readonly #root: string;
  readonly #limitBytes: number;
  readonly #attached = new Set<string>();
  #names = 0;

  /** @param root a folder of the extension's own storage, with the version of the engine in its name */
  constructor(session: Session, root: string, limitBytes: number) {
    this.#session = session;
    this.#root = root;
    this.#limitBytes = limitBytes;
  }

  /** The columns of an export that are kept. A file that can't be read is removed, and extracted again when needed. */
  async restore(key: string): Promise<CachedColumn[]> {
    const folder = path.join(this.#root, key);
    const restored: CachedColumn[] = [];
    for (const name of await namesIn(folder)) {
      const file = path.join(folder, name);
      if (isLeftOver(name)) await rm(file, { force: true });
      if (!name.endsWith(extension)) continue;
      try {
        restored.push(...(await this.#attach(file)));
      } catch {
        await rm(file, { force: true });
      }
    }
    return restored;
  }

  /** Writes columns into a file, and answers the tables that replace them. */
  async keep(key: string, columns: readonly CachedColumn[]): Promise<CachedColumn[]> {
    const folder = path.join(this.#root, key);
    await makeFolder(this.#root, folder);
    const number = (this.#names += 1);
    const written = path.join(folder, `${process.pid}-${number}.tmp`);
    try {
      await this.#write(written, columns);
      const complete = path.join(folder, `${Date.now().toString(36)}-${process.pid}-${number}${extension}`);
      await chmod(written, 0o600);
      await rename(written, complete);
      const kept = await this.#attach(complete);
      await this.#removeOldest();
      return kept;
    } catch (error) {
      await rm(written, { force: true });
      await rm(`${written}.wal`, { force: true });
      throw error;
    }
  }

  async #write(file: string, columns: readonly CachedColumn[]): Promise<void> {
    const alias = `w${this.#names}`;
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

  async #attach(file: string): Promise<CachedColumn[]> {
    const alias = `r${(this.#names += 1)}`;
    await this.#run(`ATTACH ${quotedText(file)} AS ${alias} (READ_ONLY)`);
    this.#attached.add(file);
    const now = new Date();
    await utimes(file, now, now).catch(() => undefined);
    const rows = await this.#session.rows({ sql: `FROM ${alias}.columns`, values: [] }, noSignal);
    return v.parse(v.array(rowShape), rows).map(([column, form, type, name]) => ({
      column: Number(column),
      form: form satisfies ColumnForm,
      table: `${alias}.${name}`,
      kept: { file, table: name },
      ...(type === null ? {} : { recognized: v.parse(recognizedShape, JSON.parse(type)) }),
    }));
  }

  async #removeOldest(): Promise<void> {
    const files = await filesBelow(this.#root);
    let bytes = files.reduce((sum, file) => sum + file.bytes, 0);
    for (const { file, bytes: freed } of files.toSorted((one, other) => one.usedAt - other.usedAt)) {
      if (bytes <= this.#limitBytes) return;
      if (this.#attached.has(file)) continue;
      await rm(file, { force: true }).catch(() => undefined);
      bytes -= freed;
    }
  }

  #run(sql: string): Promise<void> {
    return this.#session.run({ sql, values: [] }, noSignal);
  }
}

function isLeftOver(name: string): boolean {
  const writer = Number(unfinished.exec(name)?.[1]);
  return writer > 0 && !isRunning(writer);
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (saysMissing(error)) return [];
    throw error;
  }
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
