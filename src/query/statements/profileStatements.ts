import type { ColumnProfile } from "../../model/queryContract.ts";
import { defined } from "../../model/defined.ts";
import type { ValueType } from "../columnTables.ts";
import { mostFrequent, valuesIn } from "./columnValues.ts";
import type { RowChoice } from "./neededColumns.ts";
import { type ExportColumns, type RowSource, rowSource } from "./orderStatement.ts";
import { countIn, numberIn, type ResultRow, type Run, textIn } from "./statementRows.ts";

/** The shares of the values that are at most as large as each quantile. */
export const quantileShares = [0.05, 0.25, 0.5, 0.75, 0.95] as const;
/** With more rows, quantiles are estimated, because exact ones need all values in memory. */
const mostExactRows = 5_000_000;
const mostBars = 20;
const mostFrequentValues = 10;
/** The smallest and the largest text are cut, because a text can be as long as a file. */
const longestText = 1_000;

/** How a column is read by the statements of its profile. */
interface Profiled {
  readonly source: RowSource;
  readonly run: Run;
  readonly type: ValueType;
  readonly text: string;
  readonly value: string;
  /** Whether there is no value. */
  readonly isEmpty: string;
  /** The value as a number, for quantiles and bars; undefined for text and Booleans. */
  readonly position: string | undefined;
}

interface Range {
  readonly low: number;
  readonly high: number;
}

/** Says what a column contains. @throws ExportError as `orderStatement` */
export async function profileColumn(
  column: number,
  choice: RowChoice,
  columns: ExportColumns,
  run: Run,
): Promise<ColumnProfile> {
  // Each statement has parameters of its own.
  const read = (): Profiled => readColumn(column, choice, columns, run);
  const { type } = read();
  const [row] = await run(summaryStatement(read(), columns.tables.rows));
  const { values, total } = await frequentValues(read());
  const bars = await histogram(read(), rangeIn(row));
  return {
    name: columns.names[column] ?? "",
    type,
    count: countIn(row, 0),
    empty: countIn(row, 1),
    distinct: total,
    distinctIsExact: true,
    ...defined({ min: edge(textIn(row, 2), type), max: edge(textIn(row, 3), type), mean: numberIn(row, 4) }),
    ...defined({ quantiles: quantilesIn(row), lengths: lengthsIn(row), histogram: bars }),
    frequent: values.map((each) => ({ ...each })),
  };
}

function readColumn(column: number, choice: RowChoice, columns: ExportColumns, run: Run): Profiled {
  const both = [{ column, form: "text" } as const, { column, form: "value" } as const];
  const source = rowSource(choice, columns, both);
  const type = columns.tables.type(column);
  const text = source.cell(column, "text");
  const value = source.cell(column, "value");
  const isEmpty = type === "VARCHAR" ? `coalesce(${text}, '') = ''` : `${value} IS NULL`;
  return { source, run, type, text, value, isEmpty, position: positionOf(type, value) };
}

function positionOf(type: ValueType, value: string): string | undefined {
  if (type === "VARCHAR" || type === "BOOLEAN") return undefined;
  return type === "TIMESTAMP" ? `epoch_us(${value})::DOUBLE` : `${value}::DOUBLE`;
}

/** A row: count, empty, min, max, mean, the lowest and the highest position, lengths, quantiles. */
function summaryStatement({ source, type, text, value, isEmpty, position }: Profiled, rows: number) {
  const isNumber = position !== undefined && type !== "TIMESTAMP";
  const known = type === "VARCHAR" ? `left(nullif(${value}, ''), ${longestText})` : value;
  const quantile = rows > mostExactRows ? "approx_quantile" : "quantile_cont";
  const length = type === "VARCHAR" ? `length(nullif(${text}, ''))` : "NULL::BIGINT";
  const fields = [
    "count(*)::DOUBLE AS all_rows",
    `count(*) FILTER (${isEmpty})::DOUBLE AS empty`,
    `min(${known})::VARCHAR AS lowest`,
    `max(${known})::VARCHAR AS highest`,
    `${isNumber ? `avg(${position})` : "NULL"}::DOUBLE AS mean`,
    `min(${position ?? "NULL::DOUBLE"}) AS low`,
    `max(${position ?? "NULL::DOUBLE"}) AS high`,
    `min(${length})::DOUBLE AS shortest`,
    `max(${length})::DOUBLE AS longest`,
    `avg(${length})::DOUBLE AS usual`,
    `${isNumber ? `${quantile}(${position}, [${quantileShares.join(", ")}])` : "NULL::DOUBLE[]"} AS quantiles`,
  ];
  const each = quantileShares.map((_, place) => `quantiles[${place + 1}]::DOUBLE`);
  return source.statement(
    `SELECT all_rows, empty, lowest, highest, mean, low, high, shortest, longest, usual, ${each.join(", ")}
    FROM (SELECT ${fields.join(", ")} ${source.rows})`,
  );
}

function frequentValues({ source, run, text, isEmpty }: Profiled) {
  const counted = `SELECT t AS value, count(*) AS count FROM (SELECT ${text} AS t, ${isEmpty} AS e ${source.rows})
    WHERE NOT e GROUP BY t`;
  return run(mostFrequent(counted, mostFrequentValues, source)).then(valuesIn);
}

/**
 * Bars of the same width. The ends of each are the smallest and the largest value in it, so that a filter for this range
 * finds as many rows as the bar counts.
 */
async function histogram(
  { source, run, type, value, position }: Profiled,
  range: Range | undefined,
): Promise<ColumnProfile["histogram"]> {
  if (position === undefined || range === undefined) return undefined;
  const bars = barsOf(range, type);
  const width = (range.high - range.low) / bars;
  // As text: a whole number is bound as a BIGINT, and many a range is beyond it.
  const [low, scale] = [range.low, width === 0 ? 1 : width].map((number) => source.parameter(String(number)));
  const bar = `least(greatest(floor((p - ${low}::DOUBLE) / ${scale}::DOUBLE), 0), ${bars - 1})`;
  const sql = `SELECT (${bar})::DOUBLE, count(*)::DOUBLE, min(v)::VARCHAR, max(v)::VARCHAR
    FROM (SELECT ${value} AS v, ${position} AS p ${source.rows}) WHERE v IS NOT NULL GROUP BY 1 ORDER BY 1`;
  const found = new Map((await run(source.statement(sql))).map((row) => [countIn(row, 0), row]));
  return Array.from({ length: bars }, (_, place) => {
    const row = found.get(place);
    const end = (at: number): string => positionInWords(range.low + width * at, type);
    return {
      from: edge(textIn(row, 2), type) ?? end(place),
      to: edge(textIn(row, 3), type) ?? end(place + 1),
      count: row === undefined ? 0 : countIn(row, 1),
    };
  });
}

/** Of a few whole numbers, each has its bar. */
function barsOf({ low, high }: Range, type: ValueType): number {
  if (high <= low) return 1;
  return type === "BIGINT" ? Math.min(mostBars, high - low + 1) : mostBars;
}

/** An end of a bar without values. */
function positionInWords(position: number, type: ValueType): string {
  if (type !== "TIMESTAMP") return String(position);
  return new Date(position / 1_000)
    .toISOString()
    .replace("T", " ")
    .replace(/\.?0*Z$/, "");
}

function rangeIn(row: ResultRow | undefined): Range | undefined {
  const [low, high] = [numberIn(row, 5), numberIn(row, 6)];
  return low === undefined || high === undefined ? undefined : { low, high };
}

function lengthsIn(row: ResultRow | undefined): ColumnProfile["lengths"] {
  const [min, max, mean] = [numberIn(row, 7), numberIn(row, 8), numberIn(row, 9)];
  return min === undefined || max === undefined || mean === undefined ? undefined : { min, max, mean };
}

function quantilesIn(row: ResultRow | undefined): number[] | undefined {
  const all = quantileShares.flatMap((_, place) => numberIn(row, 10 + place) ?? []);
  return all.length === quantileShares.length ? all : undefined;
}

/** Of dates without times, the time is left out. */
function edge(value: string | undefined, type: ValueType): string | undefined {
  return type === "TIMESTAMP" ? value?.replace(/ 00:00:00$/, "") : value;
}
