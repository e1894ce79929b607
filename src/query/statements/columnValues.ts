import type { Statement } from "../columnTables.ts";
import { ignoringCase } from "./caseClasses.ts";
import type { RowChoice } from "./neededColumns.ts";
import { type ExportColumns, type RowSource, rowSource } from "./orderStatement.ts";
import { countIn, type ResultRow, type Run, textIn } from "./statementRows.ts";

export interface CountedValues {
  /** The most frequent first. */
  readonly values: readonly { readonly value: string; readonly count: number }[];
  /** The number of different values, including those that are not listed. */
  readonly total: number;
}

export interface ValueChoice extends RowChoice {
  /** Only values that contain this text, in upper or lower case. */
  readonly contains: string;
  /** How many values are listed. */
  readonly limit: number;
}

/** The different texts of a column. A missing value counts as an empty text. @throws ExportError as `orderStatement` */
export async function columnValues(
  column: number,
  { contains, limit, ...choice }: ValueChoice,
  columns: ExportColumns,
  run: Run,
): Promise<CountedValues> {
  const source = rowSource(choice, columns, [{ column, form: "text" }]);
  const text = `coalesce(${source.cell(column, "text")}, '')`;
  const counted = `SELECT ${text} AS value, count(*) AS count ${source.rows} GROUP BY 1`;
  const matching = contains === "" ? "" : ` WHERE regexp_matches(value, ${source.parameter(ignoringCase(contains))})`;
  return valuesIn(await run(mostFrequent(`SELECT * FROM (${counted})${matching}`, limit, source)));
}

/** @param counted a query with the fields `value` and `count` */
export function mostFrequent(counted: string, limit: number, source: RowSource): Statement {
  return source.statement(
    `WITH counted AS MATERIALIZED (${counted}) SELECT value, count::DOUBLE, (SELECT count(*) FROM counted)::DOUBLE
    FROM counted ORDER BY count DESC, value LIMIT ${limit}`,
  );
}

export function valuesIn(rows: readonly ResultRow[]): CountedValues {
  const values = rows.map((row) => ({ value: textIn(row, 0) ?? "", count: countIn(row, 1) }));
  return { values, total: rows.length === 0 ? 0 : countIn(rows[0], 2) };
}
