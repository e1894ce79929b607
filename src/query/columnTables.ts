/**
 * How the engine keeps the columns of an export. Each column is a table of its own, with one field `v`. Its `rowid` is
 * the row number, so columns are put together by position. There are up to two tables for a column:
 *
 * - `text`: VARCHAR, the text as the table shows it. NULL for a value that is missing or that is null in JSON.
 * - `value`: the typed value, if the whole column is of one type. NULL also for an empty text. For a column of text, it is
 *   the same table as `text`.
 */
export type ColumnForm = "text" | "value";

export interface NeededColumn {
  /** Index in the export's columns. */
  readonly column: number;
  readonly form: ColumnForm;
}

export type ValueType = "BIGINT" | `DECIMAL(${number},${number})` | "DOUBLE" | "TIMESTAMP" | "BOOLEAN" | "VARCHAR";

/** The type of a column's values, and how their texts were recognized. */
export interface RecognizedType {
  readonly type: ValueType;
  /** The numbers have a decimal comma, and dots may separate thousands. */
  readonly decimal?: "comma";
  /** Of dates: `ISO 8601`, or a format such as `%d.%m.%Y`. */
  readonly format?: string;
  /** All dates have a time zone. Their values are in UTC. */
  readonly zone?: boolean;
}

/** Where the engine has the columns that a statement needs. */
export interface ColumnTables {
  /** The number of rows of each table. */
  readonly rows: number;
  /** The table's name, quoted, as a statement contains it. @throws Error for a column that was not asked for */
  table(needed: NeededColumn): string;
  /** The type of a column's values. */
  type(column: number): ValueType;
  /** How a column's texts were recognized, so that values of filters can be written in the same way. */
  recognized?(column: number): RecognizedType;
}

/** A statement with the values of its parameters `$1`, `$2` and so on. */
export interface Statement {
  readonly sql: string;
  readonly values: readonly (string | number | bigint | null)[];
}
