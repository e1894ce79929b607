import { type DuckDBConnection, type DuckDBPreparedStatement, VARCHAR } from "@duckdb/node-api";
import { cancelled } from "../../model/exportError.ts";
import type { QueryResult } from "../../model/queryContract.ts";
import type { ColumnForm, NeededColumn } from "../columnTables.ts";
import type { NamedExport, QueryRequest } from "../engineMessages.ts";
import { queryError } from "../sql/engineErrors.ts";
import { prepareReading } from "../sql/guard.ts";
import { openLockedSession } from "../sql/lockedSession.ts";
import { plainValue } from "../sql/resultValues.ts";
import { sqlNames } from "../sql/sqlNames.ts";
import { type UsedNames, usedColumns, usedNames } from "../sql/usedColumns.ts";
import type { ColumnStore, KeptLease, StoreOptions } from "./columnStore.ts";
import { quotedName } from "../quoting.ts";
import { interruptible, type Interruption, type Session } from "./session.ts";

/** A table that a statement can name. */
interface NamedTable {
  readonly name: string;
  readonly rows: number;
  /** The names of all columns. */
  readonly columns: readonly string[];
  /** The indexes of the columns that the statement can use, in the order of the lease. */
  readonly used: readonly number[];
  readonly lease: KeptLease;
}

/** Runs the statements that people write, each in a locked session of its own. */
export class Queries {
  readonly #session: Session;
  readonly #columns: ColumnStore;
  readonly #memoryLimitMiB: number;

  constructor(session: Session, columns: ColumnStore, memoryLimitMiB: number) {
    this.#session = session;
    this.#columns = columns;
    this.#memoryLimitMiB = memoryLimitMiB;
  }

  /** @throws ExportError `badQuery`, `queryRefused`, `queryTooLarge`, and as `ColumnStore.lease` */
  run(request: QueryRequest, options: StoreOptions): Promise<QueryResult> {
    const keys = request.exports.map(({ source }) => source.key);
    return this.#columns.readable(keys, () => this.#run(request, options));
  }

  async #run(request: QueryRequest, options: StoreOptions): Promise<QueryResult> {
    const started = performance.now();
    const { sql, maxRows } = request;
    const result = await this.withTables(request, options, (connection, run) =>
      readResult(connection, sql, run, (prepared) => rowsOf(prepared, maxRows)),
    );
    return { ...result, elapsedMs: Math.round(performance.now() - started) };
  }

  /** Opens a locked session with the tables that a statement uses, and closes it after the work. @throws as `run` */
  async withTables<Result>(
    { sql, exports }: Pick<QueryRequest, "sql" | "exports">,
    options: StoreOptions,
    work: (connection: DuckDBConnection, run: Interruption) => Promise<Result>,
  ): Promise<Result> {
    const used = await this.#usedIn(sql, options.signal);
    try {
      return await this.#withUsed(exports, used, options, work);
    } catch (error) {
      if (!saysNotLoaded(error)) throw error;
      // The statement means a column that its syntax tree doesn't name.
      return this.#withUsed(exports, undefined, options, work);
    }
  }

  async #withUsed<Result>(
    exports: readonly NamedExport[],
    used: UsedNames | undefined,
    options: StoreOptions,
    work: (connection: DuckDBConnection, run: Interruption) => Promise<Result>,
  ): Promise<Result> {
    const tables: NamedTable[] = [];
    try {
      for (const each of exports) tables.push(...(await this.#tablesOf(each, used, options)));
      const files = [...new Set(tables.flatMap(({ lease }) => lease.kept.map(({ file }) => file)))];
      const attached = files.map((path, index) => ({ path, name: `kept${index}` }));
      const locked = await openLockedSession(attached, this.#memoryLimitMiB);
      try {
        const nameOf = (file: string): string => `kept${files.indexOf(file)}`;
        for (const table of tables) await locked.connection.run(viewOf(table, nameOf));
        return await work(locked.connection, { signal: options.signal, onStuck: this.#session.endProcess });
      } finally {
        locked.close();
      }
    } finally {
      for (const { lease } of tables) lease.release();
    }
  }

  /** What the engine proposes at the end of a text. */
  async complete(sql: string, signal: AbortSignal): Promise<{ text: string; from: number }[]> {
    const statement = "SELECT suggestion, suggestion_start FROM sql_auto_complete($1::VARCHAR)";
    const rows = await this.#session.rows({ sql: statement, values: [sql] }, signal);
    return rows.map(([text, from]) => ({ text: String(text), from: Number(from) }));
  }

  async #usedIn(sql: string, signal: AbortSignal): Promise<UsedNames | undefined> {
    const explained = sql.replace(/^\s*EXPLAIN\s+(?:ANALYZE\s+)?/i, "");
    const statement = { sql: "SELECT json_serialize_sql($1::VARCHAR)", values: [explained] };
    const [[tree] = []] = await this.#session.rows(statement, signal);
    return usedNames(parsed(String(tree)));
  }

  /** An export with its values, and with its texts if the statement names that table. */
  async #tablesOf(
    { name, source }: NamedExport,
    used: UsedNames | undefined,
    options: StoreOptions,
  ): Promise<NamedTable[]> {
    const names = sqlNames(source.columns.map((column) => column.name));
    const tables: NamedTable[] = [];
    for (const [table, form] of [
      [name, "value"],
      [`${name}_text`, "text"],
    ] as const satisfies readonly [string, ColumnForm][]) {
      if (used !== undefined && !used.names.has(table.toLowerCase())) continue;
      const indexes = usedColumns(used, names);
      const needed = indexes.map((column): NeededColumn => ({ column, form }));
      const lease = await this.#columns.leaseKept(source, needed, options);
      tables.push({ name: table, rows: source.rows, columns: names, used: indexes, lease });
    }
    return tables;
  }
}

/** Undefined for a number beyond DOUBLE, which the engine writes as no JSON has it. */
function parsed(tree: string): unknown {
  try {
    return JSON.parse(tree);
  } catch {
    return undefined;
  }
}

/** What a column says that was taken for unused. */
const notLoaded = "TASK_EXPORTS_COLUMN_NOT_LOADED";

function saysNotLoaded(error: unknown): boolean {
  for (let cause = error; cause instanceof Error; cause = cause.cause)
    if (cause.message.includes(notLoaded)) return true;
  return false;
}

/**
 * A view over the columns, put together by position. It also has the columns that the statement doesn't use, so that the
 * engine can propose them instead of an unknown name. A statement that uses one of them after all fails, and is run again
 * with all columns: no value is ever made up.
 */
function viewOf({ name, rows, columns, used, lease }: NamedTable, nameOf: (file: string) => string): string {
  const fields = columns.map((column, index) => {
    const place = used.indexOf(index);
    return `${place < 0 ? `error('${notLoaded}')::VARCHAR` : `c${place}.v`} AS ${quotedName(column)}`;
  });
  const tables = lease.kept.map(({ file, table }, place) => `${nameOf(file)}.${table} AS c${place}`);
  const from = tables.length === 0 ? `range(${rows})` : tables.join(" POSITIONAL JOIN ");
  return `CREATE VIEW ${quotedName(name)} AS SELECT ${fields.join(", ")} FROM ${from}`;
}

/**
 * Prepares a person's statement, and does something with it.
 *
 * @throws ExportError `badQuery`, `queryRefused`, `queryTooLarge`, `cancelled`; other errors of `work` as they are
 */
export async function readResult<Result>(
  connection: DuckDBConnection,
  sql: string,
  run: Interruption,
  work: (prepared: DuckDBPreparedStatement) => Promise<Result>,
): Promise<Result> {
  try {
    return await interruptible(connection, run, async () => work(await prepareReading(connection, sql)));
  } catch (error) {
    throw run.signal.aborted ? cancelled(error) : queryError(error, sql);
  }
}

async function rowsOf(prepared: DuckDBPreparedStatement, maxRows: number): Promise<Omit<QueryResult, "elapsedMs">> {
  const result = await prepared.stream();
  const types = result.columnTypes();
  const columns = sqlNames(result.columnNames()).map((name, index) => ({ name, type: String(types[index]) }));
  const rows: QueryResult["rows"] = [];
  for (;;) {
    const chunk = await result.fetchChunk();
    if (chunk === null || chunk.rowCount === 0) return { columns, rows, truncated: false };
    for (const row of chunk.getRows()) {
      if (rows.length === maxRows) return { columns, rows, truncated: true };
      rows.push(row.map((value, index) => plainValue(value, types[index] ?? VARCHAR)));
    }
  }
}
