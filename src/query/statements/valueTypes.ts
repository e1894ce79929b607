import type { RecognizedType, Statement } from "../columnTables.ts";
import { castOf } from "./valueCasts.ts";
import { boolean, dateFormats, isoDate, missing, number } from "./valueShapes.ts";
import { countIn, type Run } from "./statementRows.ts";

/** So many values suggest a type, which is then checked for the whole column. */
const sampleSize = 10_000;
/** The most digits of a DECIMAL. */
const mostDigits = 38;

const text: RecognizedType = { type: "VARCHAR" };

/**
 * The type of a column, chosen from all of its values. Missing values (empty, `null`, `\N`) are of any type. A single value
 * of another type makes the column text.
 *
 * - BIGINT and DECIMAL keep each digit. DOUBLE is only for columns with an exponent or with more than 38 digits. Whole numbers
 *   with more than 38 digits are text.
 * - With a decimal comma, if at least one value has one. If each of them could be a separator for thousands (`1,234`),
 *   the column is text.
 * - Dates with slashes are only recognized if one of their values excludes the other order (`31/12/2024`).
 * - Dates with and without a time zone in the same column are text, because they can't be compared.
 *
 * @param table the column's text table, quoted
 */
export async function recognizeType(table: string, run: Run): Promise<RecognizedType> {
  const sample = await candidates(table, run);
  for (const candidate of sample) {
    const found = await candidate(table, run);
    if (found !== undefined) return found;
  }
  return text;
}

/** The statement that creates a column's value table. Undefined for a column of text, which has no table of its own for values. */
export function createValues(valueTable: string, textTable: string, recognized: RecognizedType): Statement | undefined {
  if (recognized.type === "VARCHAR") return undefined;
  const sql = `CREATE TABLE ${valueTable} AS SELECT (${castOf(recognized)})::${recognized.type} AS v FROM ${textTable}`;
  return { sql, values: [] };
}

type Candidate = (table: string, run: Run) => Promise<RecognizedType | undefined>;

/** The types that all values of a sample have. */
async function candidates(table: string, run: Run): Promise<Candidate[]> {
  const numbers = `(${matches(number.plain)} OR ${matches(number.exponent)})`;
  const shapes: readonly [string, Candidate][] = [
    [numbers, asNumber],
    [matches(number.comma), asCommaNumber],
    [matches(boolean), (...where) => ifAll(matches(boolean), { type: "BOOLEAN" }, ...where)],
    [matches(isoDate.local), (...where) => ifAll(matches(isoDate.local), iso(false), ...where)],
    [matches(isoDate.withZone), (...where) => ifAll(matches(isoDate.withZone), iso(true), ...where)],
    [`(${dateFormats.map(({ shape }) => matches(shape)).join(" OR ")})`, asFormattedDate],
  ];
  const counts = shapes.map(([shape]) => `count(*) FILTER (NOT ${shape})::DOUBLE`);
  const sql = `SELECT count(*)::DOUBLE, ${counts.join(", ")} FROM (SELECT v FROM ${table} WHERE ${present} LIMIT ${sampleSize})`;
  const [row] = await run({ sql, values: [] });
  if (countIn(row, 0) === 0) return [];
  return shapes.filter((_, index) => countIn(row, index + 1) === 0).map(([, candidate]) => candidate);
}

function iso(zone: boolean): RecognizedType {
  return { type: "TIMESTAMP", format: "ISO 8601", ...(zone && { zone }) };
}

/** Patterns are our own, never a person's. */
function matches(pattern: string): string {
  return `regexp_matches(v, '${pattern}')`;
}

const present = `v IS NOT NULL AND v <> '' AND NOT ${matches(missing)}`;

async function ifAll(
  shape: string,
  type: RecognizedType,
  table: string,
  run: Run,
): Promise<RecognizedType | undefined> {
  const failed = `(${castOf(type)}) IS NULL OR NOT ${shape}`;
  return (await countWhere(`(${failed}) AND ${present}`, table, run)) === 0 ? type : undefined;
}

async function countWhere(condition: string, table: string, run: Run): Promise<number> {
  const [row] = await run({ sql: `SELECT count(*)::DOUBLE FROM ${table} WHERE ${condition}`, values: [] });
  return countIn(row, 0);
}

async function asNumber(table: string, run: Run): Promise<RecognizedType | undefined> {
  // Most whole numbers are written as the engine writes them. To compare that is faster than a pattern.
  const unusual = "TRY_CAST(v AS BIGINT)::VARCHAR IS DISTINCT FROM v";
  const notWhole = `(TRY_CAST(v AS BIGINT) IS NULL OR NOT ${matches(String.raw`^\s*[+-]?(?:0|[1-9]\d*)\s*$`)})`;
  if ((await countWhere(`${unusual} AND ${notWhole} AND ${present}`, table, run)) === 0) return { type: "BIGINT" };
  return measured("v", `(${matches(number.plain)} OR ${matches(number.exponent)})`, table, run);
}

async function asCommaNumber(table: string, run: Run): Promise<RecognizedType | undefined> {
  const certain = `contains(v, ',') AND NOT ${matches(number.ambiguousComma)}`;
  if ((await countWhere(certain, table, run)) === 0) return undefined;
  const found = await measured("replace(replace(v, '.', ''), ',', '.')", matches(number.comma), table, run);
  return found && { ...found, decimal: "comma" };
}

/** The type with the fewest digits that keeps all values. */
async function measured(source: string, shape: string, table: string, run: Run): Promise<RecognizedType | undefined> {
  const digits = [
    String.raw`strlen(ltrim(regexp_extract(n, '^\s*[+-]?(\d*)', 1), '0'))`,
    String.raw`strlen(regexp_extract(n, '\.(\d*)', 1))`,
  ];
  const sql = `SELECT count(*) FILTER (NOT fits)::DOUBLE, count(*) FILTER (regexp_matches(n, '[eE]'))::DOUBLE,
    coalesce(max(${digits[0]}), 0)::DOUBLE, coalesce(max(${digits[1]}), 0)::DOUBLE,
    count(*) FILTER (TRY_CAST(n AS BIGINT) IS NULL)::DOUBLE,
    count(*) FILTER (NOT coalesce(isfinite(TRY_CAST(n AS DOUBLE)), false))::DOUBLE
    FROM (SELECT ${source} AS n, ${shape} AS fits FROM ${table} WHERE ${present})`;
  const [row] = await run({ sql, values: [] });
  const [others, exponents, whole, fraction, beyondBigint, beyondDouble] = [0, 1, 2, 3, 4, 5].map((at) =>
    countIn(row, at),
  );
  if (others !== 0 || whole === undefined || fraction === undefined) return undefined;
  if (exponents === 0 && fraction === 0 && beyondBigint === 0) return { type: "BIGINT" };
  if (exponents === 0 && whole + fraction <= mostDigits) return { type: `DECIMAL(38,${fraction})` };
  if (beyondDouble !== 0 || (exponents === 0 && fraction === 0)) return undefined;
  return { type: "DOUBLE" };
}

/** Of several formats that all values have, none is chosen. */
async function asFormattedDate(table: string, run: Run): Promise<RecognizedType | undefined> {
  const failed = dateFormats.map(
    ({ format, shape }) =>
      `count(*) FILTER (try_strptime(trim(v), '${format}') IS NULL OR NOT ${matches(shape)})::DOUBLE`,
  );
  const sql = `SELECT ${failed.join(", ")} FROM ${table} WHERE ${present}`;
  const [row] = await run({ sql, values: [] });
  const possible = dateFormats.filter((_, index) => countIn(row, index) === 0);
  const [only] = possible;
  return only !== undefined && possible.length === 1 ? { type: "TIMESTAMP", format: only.format } : undefined;
}
