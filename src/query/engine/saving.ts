import type { DuckDBConnection, DuckDBDataChunk, DuckDBResult, DuckDBType } from "@duckdb/node-api";
import { ExportError, throwIfCancelled } from "../../model/exportError.ts";
import type { Statement } from "../columnTables.ts";
import type { ReadParquetRequest, SaveResultRequest, SaveRowsRequest } from "../engineMessages.ts";
import { parquetFile } from "../extract/loadedFrom.ts";
import { damagedParquet } from "../queryErrors.ts";
import { quotedName } from "../quoting.ts";
import { queryError } from "../sql/engineErrors.ts";
import { sqlNames } from "../sql/sqlNames.ts";
import { neededColumns } from "../statements/neededColumns.ts";
import { rowsStatement } from "../statements/orderStatement.ts";
import { copyStatement, jsonField, savedField } from "../statements/saveStatement.ts";
import { castOf } from "../statements/valueCasts.ts";
import { recognizeType } from "../statements/valueTypes.ts";
import type { ColumnStore, LoadColumns, StoreOptions } from "./columnStore.ts";
import { type Queries, readResult } from "./queries.ts";
import type { Interruption, ResultValue, Session } from "./session.ts";
import { wantedRows } from "./wantedRows.ts";

export interface SaveOptions extends StoreOptions {
  /** How many rows of a result are there. */
  readonly onRows: (rows: number) => void;
}

interface NamedColumn {
  readonly column: number;
  readonly name: string;
}

/** Writes views and results to files. The host gives a file its name when it is complete. */
export class Saving {
  readonly #session: Session;
  readonly #columns: ColumnStore;
  readonly #load: LoadColumns;
  readonly #queries: Queries;
  #tables = 0;

  constructor(session: Session, columns: ColumnStore, load: LoadColumns, queries: Queries) {
    this.#session = session;
    this.#columns = columns;
    this.#load = load;
    this.#queries = queries;
  }

  /**
   * Writes a view to a Parquet file. A column whose values are all of one type has values of that type, others have text.
   *
   * @returns the number of rows
   * @throws ExportError as sorting and filtering
   */
  async rows(request: SaveRowsRequest, options: StoreOptions): Promise<number> {
    const { source, sort, filter } = request;
    const names = sqlNames(request.columns.map((column) => source.columns[column]?.name ?? ""));
    const wanted = request.columns.map((column, place) => ({ column, name: names[place] ?? "" }));
    return sort.length === 0 && filter === null
      ? this.#allRows(request, wanted, options)
      : this.#arrangedRows(request, wanted, options);
  }

  /** Nothing of the columns stays in memory: they go from the extracted files into the new one. */
  async #allRows({ source, target }: SaveRowsRequest, wanted: readonly NamedColumn[], options: StoreOptions) {
    const columns = [...new Set(wanted.map(({ column }) => column))];
    const loaded = await this.#load(source, columns, options);
    const run = (statement: Statement): Promise<ResultValue[][]> => this.#session.rows(statement, options.signal);
    try {
      const casts = new Map<number, string>();
      for (const [place, column] of columns.entries()) {
        const recognized = await recognizeType(`(SELECT c${place} AS v FROM ${loaded.from})`, run);
        casts.set(column, `(${castOf(recognized, `c${place}`)})::${recognized.type}`);
      }
      const fields = wanted.map(({ column, name }) => `${casts.get(column) ?? "NULL"} AS ${quotedName(name)}`);
      return await this.#copy({ sql: `SELECT ${fields.join(", ")} FROM ${loaded.from}`, values: [] }, target, options);
    } finally {
      await loaded.dispose();
    }
  }

  async #arrangedRows(
    { source, sort, filter, target }: SaveRowsRequest,
    wanted: readonly NamedColumn[],
    options: StoreOptions,
  ): Promise<number> {
    const { names, choice } = wantedRows({ source, sort, filter });
    const needed = [
      ...neededColumns(choice, names),
      ...wanted.map(({ column }) => ({ column, form: "value" as const })),
    ];
    const { tables, release } = await this.#columns.lease(source, needed, options);
    try {
      return await this.#copy(rowsStatement(choice, { names, tables }, wanted), target, options);
    } finally {
      release();
    }
  }

  /**
   * Writes the result of a person's statement to a file. The statement runs in a locked session, which can't write, so its
   * rows first go into a table of our own.
   *
   * @returns the number of rows
   * @throws ExportError as queries
   */
  async result({ sql, exports, format, target }: SaveResultRequest, options: SaveOptions): Promise<number> {
    const { signal } = options;
    const table = `saved_${(this.#tables += 1)}`;
    try {
      const fields = await this.#queries.withTables({ sql, exports }, options, (connection, run) =>
        this.#keepResult(connection, run, { sql, table }, options),
      );
      const written = await this.#fieldsOf(fields, { table, format }, signal);
      const select = { sql: `SELECT ${written.join(", ")} FROM ${table}`, values: [] };
      return await this.#copy(select, target, { signal, format });
    } finally {
      await this.#session.run({ sql: `DROP TABLE IF EXISTS ${table}`, values: [] }, new AbortController().signal);
    }
  }

  /**
   * Writes the rows of a Parquet file as JSON Lines, with every digit of its numbers.
   *
   * @returns the number of rows
   * @throws ExportError `truncated` if the file is incomplete or damaged, and as the session
   */
  async parquet({ file, target }: ReadParquetRequest, signal: AbortSignal): Promise<number> {
    const from = parquetFile(file);
    try {
      const described = await this.#session.rows({ sql: `DESCRIBE FROM ${from}`, values: [] }, signal);
      const fields = described.map(([name, type]) => jsonField(String(name), String(type)));
      return await this.#copy({ sql: `SELECT ${fields.join(", ")} FROM ${from}`, values: [] }, target, {
        signal,
        format: "jsonl",
      });
    } catch (error) {
      if (error instanceof ExportError && error.code === "engineFailed") throw damagedParquet(file, error);
      throw error;
    }
  }

  async #keepResult(
    connection: DuckDBConnection,
    run: Interruption,
    { sql, table }: { readonly sql: string; readonly table: string },
    { signal, onRows }: SaveOptions,
  ): Promise<ResultField[]> {
    return readResult(connection, sql, run, async (prepared) => {
      const result = await prepared.stream();
      const names = sqlNames(result.columnNames());
      const fields = result.columnTypes().map((type, place) => ({ name: names[place] ?? "", type }));
      const columns = fields.map(({ type }, place) => `c${place} ${String(type)}`);
      await this.#session.run({ sql: `CREATE OR REPLACE TABLE ${table} (${columns.join(", ")})`, values: [] }, signal);
      await this.#session.append(table, chunksOf(result, sql, onRows), signal);
      return fields;
    });
  }

  async #fieldsOf(
    fields: readonly ResultField[],
    { table, format }: { readonly table: string; readonly format: SaveResultRequest["format"] },
    signal: AbortSignal,
  ): Promise<string[]> {
    const written: string[] = [];
    for (const [place, { name, type }] of fields.entries()) {
      const field = { cell: `c${place}`, type: String(type), isOnly: fields.length === 1 };
      const { cell, check } = savedField(field, format);
      const [[failing] = []] =
        check === undefined
          ? []
          : await this.#session.rows({ sql: `SELECT count(*) FROM ${table} WHERE ${check}`, values: [] }, signal);
      const fits = failing === undefined || failing === 0n;
      written.push(`${fits ? cell : `c${place}::VARCHAR`} AS ${quotedName(name)}`);
    }
    return written;
  }

  async #copy(
    select: Statement,
    target: string,
    { signal, format = "parquet" }: Pick<StoreOptions, "signal"> & Partial<Pick<SaveResultRequest, "format">>,
  ): Promise<number> {
    throwIfCancelled(signal);
    const [[rows] = []] = await this.#session.rows(copyStatement(select, target, format), signal);
    return Number(rows);
  }
}

interface ResultField {
  readonly name: string;
  readonly type: DuckDBType;
}

async function* chunksOf(
  result: DuckDBResult,
  sql: string,
  onRows: (rows: number) => void,
): AsyncGenerator<DuckDBDataChunk> {
  let rows = 0;
  for (;;) {
    const chunk = await result.fetchChunk().catch((error: unknown) => {
      throw queryError(error, sql);
    });
    if (chunk === null || chunk.rowCount === 0) return;
    yield chunk;
    rows += chunk.rowCount;
    onRows(rows);
  }
}
