import type { ColumnForm, ColumnTables, Statement } from "../columnTables.ts";
import { quotedName } from "../quoting.ts";
import { columnIndex } from "./columnIndex.ts";
import { filterExpression } from "./filterExpression.ts";
import { neededColumns, type RowChoice } from "./neededColumns.ts";

const mostSmallNumbers = 2 ** 32;

/** The columns of an export, and where the engine has those that are needed (`neededColumns`). */
export interface ExportColumns {
  readonly names: readonly string[];
  readonly tables: ColumnTables;
}

/**
 * The row numbers of a sorted and filtered view, in its order, as the column `number`. Values are sorted by the column's type, and text
 * by code point. Empty values come last in both directions, and rows with the same value stay in file order.
 *
 * @param limit the number of rows, for a first page
 * @throws ExportError `invalidRequest` or `badQuery`
 */
export function orderStatement(choice: RowChoice, columns: ExportColumns, limit?: number): Statement {
  const source = rowSource(choice, columns);
  const order = orderOf(choice, columns, source, "number");
  const end = limit === undefined ? "" : ` LIMIT ${source.parameter(limit)}::BIGINT`;
  return source.statement(`SELECT ${smallNumber(source, columns)} AS number ${source.rows} ORDER BY ${order}${end}`);
}

/**
 * The values of columns in the rows of a view, in its order. Each has a name of its own.
 *
 * @throws ExportError as `orderStatement`
 */
export function rowsStatement(
  choice: RowChoice,
  columns: ExportColumns,
  wanted: readonly { readonly column: number; readonly name: string }[],
): Statement {
  const needed = wanted.map(({ column }) => ({ column, form: "value" as const }));
  const source = rowSource(choice, columns, needed);
  const cells = wanted.map(({ column, name }) => `${source.cell(column, "value")} AS ${quotedName(name)}`);
  const order = orderOf(choice, columns, source, smallNumber(source, columns));
  return source.statement(`SELECT ${cells.join(", ")} ${source.rows} ORDER BY ${order}`);
}

/** @param last the expression of the row number, which decides between rows with the same values */
function orderOf({ sort = [] }: RowChoice, columns: ExportColumns, source: RowSource, last: string): string {
  const keys = sort.map(({ column, descending = false }) => {
    const index = columnIndex(column, columns.names);
    const cell = source.cell(index, "value");
    const known = columns.tables.type(index) === "VARCHAR" ? `nullif(${cell}, '')` : cell;
    return `${known} ${descending ? "DESC" : "ASC"} NULLS LAST`;
  });
  return [...keys, `${last} ASC`].join(", ");
}

/** Half the memory of a BIGINT, which matters while millions of rows are sorted. */
function smallNumber({ number }: RowSource, { tables }: ExportColumns): string {
  return tables.rows <= mostSmallNumbers ? `(${number})::UINTEGER` : number;
}

/** How many rows a filter chooses, as the column `count`. */
export function countStatement(choice: RowChoice, columns: ExportColumns): Statement {
  const source = rowSource({ ...(choice.filter && { filter: choice.filter }) }, columns);
  return source.statement(`SELECT count(*) AS count ${source.rows}`);
}

/** The rows that a statement reads. */
export interface RowSource {
  /** The expression of the row number. */
  readonly number: string;
  /** `FROM` and `WHERE`. */
  readonly rows: string;
  cell(column: number, form: ColumnForm): string;
  parameter(value: string | number): string;
  statement(sql: string): Statement;
}

/** @param more further columns that the statement needs */
export function rowSource(
  choice: RowChoice,
  { names, tables }: ExportColumns,
  more = neededColumns({}, names),
): RowSource {
  const values: (string | number)[] = [];
  const needed = [...neededColumns(choice, names), ...more];
  const sources = [...new Set(needed.map((column) => tables.table(column)))];
  const cell = (column: number, form: ColumnForm) => `c${sources.indexOf(tables.table({ column, form }))}.v`;
  const parameter = (value: string | number) => `$${values.push(value)}`;
  const from = sources.map((table, index) => `${table} AS c${index}`).join(" POSITIONAL JOIN ");
  const where = choice.filter && filterExpression(choice.filter, { names, tables, cell, parameter });
  const all = `range(${tables.rows}) AS r(n)`;
  return {
    number: sources.length === 0 ? "r.n" : "c0.rowid",
    rows: `FROM ${sources.length === 0 ? all : from}${where === undefined ? "" : ` WHERE ${where}`}`,
    cell,
    parameter,
    statement: (sql) => ({ sql, values }),
  };
}
