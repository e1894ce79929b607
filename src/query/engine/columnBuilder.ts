import type { ColumnForm, NeededColumn, Statement } from "../columnTables.ts";
import { createValues, recognizeType } from "../statements/valueTypes.ts";
import type { CachedColumn } from "./columnCache.ts";
import type { ResultValue, Session } from "./session.ts";
import type { StoredColumns } from "./storedColumns.ts";

/** Creates the tables of columns. */
export class ColumnBuilder {
  readonly #session: Session;
  #tables = 0;

  constructor(session: Session) {
    this.#session = session;
  }

  /** @param from what a statement reads the texts from, as the field `v` */
  async addText(stored: StoredColumns, column: number, from: string, signal: AbortSignal): Promise<CachedColumn> {
    const table = this.#newTable("text");
    const statement = { sql: `CREATE TABLE ${table} AS SELECT v FROM ${from}`, values: [] };
    const text = { column, form: "text", table } as const;
    await this.#create(stored, text, statement, signal);
    return text;
  }

  /** Values of one type, if the whole column is of that type; otherwise, the text. */
  async addValues(stored: StoredColumns, column: number, from: string, signal: AbortSignal): Promise<void> {
    const value: NeededColumn = { column, form: "value" };
    const run = (statement: Statement): Promise<ResultValue[][]> => this.#session.rows(statement, signal);
    const recognized = await recognizeType(from, run);
    const table = this.#newTable("value");
    const statement = createValues(table, from, recognized);
    if (statement !== undefined) {
      await this.#create(stored, { ...value, table, recognized }, statement, signal);
      return;
    }
    const text = stored.get({ column, form: "text" }) ?? (await this.addText(stored, column, from, signal));
    // Where the text is kept, the values are.
    stored.set({ ...text, ...value, recognized });
  }

  /** What is missing of both forms. */
  async addBoth(stored: StoredColumns, column: number, from: string, signal: AbortSignal): Promise<void> {
    const text = stored.get({ column, form: "text" }) ?? (await this.addText(stored, column, from, signal));
    if (stored.get({ column, form: "value" }) !== undefined) return;
    await this.addValues(stored, column, text.table, signal);
  }

  async drop(tables: readonly string[]): Promise<void> {
    for (const table of tables) {
      await this.#session.run({ sql: `DROP TABLE ${table}`, values: [] }, new AbortController().signal);
    }
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
}
