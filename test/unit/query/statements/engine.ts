/** A real engine in memory, with columns as the extension stores them. */
import { DuckDBInstance, type DuckDBConnection } from "@duckdb/node-api";
import type { ColumnTables, RecognizedType, Statement } from "../../../../src/query/columnTables.ts";
import type { Run } from "../../../../src/query/statements/statementRows.ts";
import { createValues, recognizeType } from "../../../../src/query/statements/valueTypes.ts";

export class Engine {
  readonly #instance: DuckDBInstance;
  readonly connection: DuckDBConnection;
  #tables = 0;

  private constructor(instance: DuckDBInstance, connection: DuckDBConnection) {
    this.#instance = instance;
    this.connection = connection;
  }

  static async open(): Promise<Engine> {
    const instance = await DuckDBInstance.create(":memory:", { threads: "2" });
    return new Engine(instance, await instance.connect());
  }

  readonly run: Run = async ({ sql, values }: Statement) => {
    const reader = await this.connection.runAndReadAll(sql, [...values]);
    return reader.getRows();
  };

  /** Creates the text table of a column, and returns its name. */
  async text(values: readonly (string | null)[]): Promise<string> {
    const name = `"t${this.#tables++}"`;
    await this.connection.run(`CREATE TABLE ${name} (v VARCHAR)`);
    for (let from = 0; from < values.length; from += 500) {
      const batch = values.slice(from, from + 500);
      const places = batch.map((_, index) => `($${index + 1}::VARCHAR)`).join(", ");
      await this.connection.run(`INSERT INTO ${name} VALUES ${places}`, batch);
    }
    return name;
  }

  /** Creates all tables of some columns. */
  async tables(columns: readonly (readonly (string | null)[])[]): Promise<ColumnTables> {
    const made: { text: string; value: string; recognized: RecognizedType }[] = [];
    for (const values of columns) {
      const text = await this.text(values);
      const recognized = await recognizeType(text, this.run);
      const value = `"v${this.#tables++}"`;
      const statement = createValues(value, text, recognized);
      if (statement !== undefined) await this.run(statement);
      made.push({ text, value: statement === undefined ? text : value, recognized });
    }
    const at = (column: number) => {
      const found = made[column];
      if (found === undefined) throw new Error(`There is no column ${column}.`);
      return found;
    };
    return {
      rows: columns[0]?.length ?? 0,
      table: ({ column, form }) => at(column)[form],
      type: (column) => at(column).recognized.type,
      recognized: (column) => at(column).recognized,
    };
  }

  close(): void {
    this.connection.closeSync();
    this.#instance.closeSync();
  }
}
