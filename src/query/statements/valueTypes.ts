import type { RecognizedType, Statement } from "../columnTables.ts";
import { castOf, decimalOf, fastDigits } from "./valueCasts.ts";
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
  const shapes: readonly [string, Candidate][] = [
    [anyNumber, asNumber],
    [matches(number.comma), asCommaNumber],
    [matches(boolean), (...where) => ifAll(matches(boolean), { type: "BOOLEAN" }, ...where)],
    [matches(isoDate.local), (...where) => ifAll(matches(isoDate.local), iso(false), ...where)],
    [matches(isoDate.withZone), (...where) => ifAll(matches(isoDate.withZone), iso(true), ...where)],
    [`(${dateFormats.map(({ shape }) => matches(shape)).join(" OR ")})`, asFormattedDate],
  ];
  const counts = shapes.map(([shape]) => `count(*) FILTER (NOT ${shape})::DOUBLE`);
  const sql = `SELECT count(*)::DOUBLE, ${counts.join(", ")} FROM (${sampleOf(table)})`;
  const [row] = await run({ sql, values: [] });
  if (countIn(row, 0) === 0) return [];
  return shapes.filter((_, index) => countIn(row, index + 1) === 0).map(([, candidate]) => candidate);
}

function sampleOf(table: string): string {
  return `SELECT v FROM ${table} WHERE ${present} LIMIT ${sampleSize}`;
}

function iso(zone: boolean): RecognizedType {
  return { type: "TIMESTAMP", format: "ISO 8601", ...(zone && { zone }) };
}

/** Patterns are our own, never a person's. */
function matches(pattern: string): string {
  return `regexp_matches(v, '${pattern}')`;
}

const present = `CASE WHEN v IS NULL OR v = '' THEN false WHEN ${matches(missing)} THEN false ELSE true END`;

async function ifAll(
  shape: string,
  type: RecognizedType,
  table: string,
  run: Run,
): Promise<RecognizedType | undefined> {
  const fits = `${shape} AND (${castOf(type)}) IS NOT NULL`;
  const usual = type.format === "ISO 8601" ? await usualDates(table, run) : [];
  return (await hasOthers([...usual, fits], table, run)) ? undefined : type;
}

/** How most exports write dates. The engine writes them faster than it compares them with a pattern. */
const usualFormats = [
  "%Y-%m-%dT%H:%M:%SZ",
  "%Y-%m-%d",
  "%Y-%m-%d %H:%M:%S",
  "%Y-%m-%dT%H:%M:%S",
  "%Y-%m-%dT%H:%M:%S.%gZ",
];

/** Whether a date is written as most are in the sample. */
async function usualDates(table: string, run: Run): Promise<string[]> {
  const usual = usualFormats.map((format) => `strftime(TRY_CAST(v AS TIMESTAMP), '${format}') = v`);
  const counts = usual.map((condition) => `count(*) FILTER (${condition})::DOUBLE`);
  const [row] = await run({ sql: `SELECT ${counts.join(", ")} FROM (${sampleOf(table)})`, values: [] });
  const most = usual.toSorted((one, other) => countIn(row, usual.indexOf(other)) - countIn(row, usual.indexOf(one)));
  return most.slice(0, 1);
}

/**
 * Whether a value is neither missing nor like one of the conditions. These are tried in order, each only for the rows that
 * are left, because patterns are slow.
 */
async function hasOthers(conditions: readonly string[], table: string, run: Run): Promise<boolean> {
  const accepted = ["v IS NULL OR v = ''", ...conditions, matches(missing)];
  const other = `CASE ${accepted.map((condition) => `WHEN ${condition} THEN false`).join(" ")} ELSE true END`;
  return exists(other, table, run);
}

async function exists(condition: string, table: string, run: Run): Promise<boolean> {
  return (await run({ sql: `SELECT 1 FROM ${table} WHERE ${condition} LIMIT 1`, values: [] })).length > 0;
}

const anyNumber = `(${matches(number.plain)} OR ${matches(number.exponent)})`;

async function asNumber(table: string, run: Run): Promise<RecognizedType | undefined> {
  const guess = await measured("v", anyNumber, `(${sampleOf(table)})`, run);
  if (guess === undefined) return undefined;
  return (await keeps(guess, table, run)) ? guess : measured("v", anyNumber, table, run);
}

/** Whether a type that fits the sample fits all values. Most are written as the engine writes them, which is checked quickly. */
async function keeps({ type }: RecognizedType, table: string, run: Run): Promise<boolean> {
  const { digits, scale } = decimalOf(type);
  if (type !== "BIGINT" && digits !== fastDigits) return false;
  const cast = `TRY_CAST(v AS ${type})`;
  const fraction = type === "BIGINT" ? "" : String.raw`(?:\.\d{0,${scale}})?`;
  const shape = String.raw`^\s*[+-]?(?:0|[1-9]\d*)${fraction}\s*$`;
  return !(await hasOthers([`${cast}::VARCHAR = v`, `${cast} IS NOT NULL AND ${matches(shape)}`], table, run));
}

async function asCommaNumber(table: string, run: Run): Promise<RecognizedType | undefined> {
  const certain = `contains(v, ',') AND NOT ${matches(number.ambiguousComma)}`;
  if (!(await exists(certain, table, run))) return undefined;
  const found = await measured("replace(replace(v, '.', ''), ',', '.')", matches(number.comma), table, run);
  return found && { ...found, decimal: "comma" };
}

/** The type with the fewest digits that keeps all values. */
async function measured(source: string, shape: string, table: string, run: Run): Promise<RecognizedType | undefined> {
  const before = "(strlen(n) - strlen(ltrim(n, '+-0')))";
  const sql = `SELECT count(*) FILTER (NOT fits)::DOUBLE, count(*) FILTER (contains(n, 'e') OR contains(n, 'E'))::DOUBLE,
    coalesce(max(CASE WHEN point = 0 THEN strlen(n) ELSE point - 1 END - ${before}), 0)::DOUBLE,
    coalesce(max(CASE WHEN point = 0 THEN 0 ELSE strlen(n) - point END), 0)::DOUBLE,
    count(*) FILTER (TRY_CAST(n AS BIGINT) IS NULL)::DOUBLE,
    count(*) FILTER (NOT coalesce(isfinite(TRY_CAST(n AS DOUBLE)), false))::DOUBLE
    FROM (SELECT n, fits, strpos(n, '.') AS point
      FROM (SELECT trim(${source}) AS n, ${shape} AS fits FROM ${table} WHERE ${present}))`;
  const [row] = await run({ sql, values: [] });
  const [others, exponents, whole, fraction, beyondBigint, beyondDouble] = [0, 1, 2, 3, 4, 5].map((at) =>
    countIn(row, at),
  );
  if (others !== 0 || whole === undefined || fraction === undefined) return undefined;
  if (exponents === 0 && fraction === 0 && beyondBigint === 0) return { type: "BIGINT" };
  const digits = Math.max(whole, 0) + fraction;
  if (exponents === 0 && fraction > 0 && digits <= fastDigits) return { type: `DECIMAL(${fastDigits},${fraction})` };
  if (exponents === 0 && digits <= mostDigits) return { type: `DECIMAL(${mostDigits},${fraction})` };
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
