import { type Quoting, type SampleRow, sampleRows } from "./sampleRows.ts";
import { firstFilled, isBlank, tableStart } from "./tableStart.ts";

/** One way to divide a sample, and how even its rows are then. */
export interface Trial {
  readonly delimiter: string;
  readonly quoting: Quoting;
  /** All rows of the sample. */
  readonly rows: readonly SampleRow[];
  /** The index of the row with which the table begins. */
  readonly start: number;
  /** How many titles come before it. */
  readonly titles: number;
  /** The number of cells that most rows have. */
  readonly columns: number;
  /** The share of rows with this number of cells. Less if quotes don't match or if the first row has another number. */
  readonly evenness: number;
  /** How many rows have quoted cells, and in how many of them quotes don't match. */
  readonly quotedRows: number;
  readonly damagedRows: number;
  readonly quotedCells: number;
  /** How many cells contain quotes, but are not quoted. */
  readonly strayCells: number;
  /** The text after the last complete row. */
  readonly rest: string;
}

export interface SampledText {
  readonly text: string;
  /** Whether it is the whole text; otherwise its last row is ignored. */
  readonly whole: boolean;
  readonly newline: "\n" | "\r";
}

const triedRows = 100;
/** A title counts less than a row, because many exports have one. */
const titleWeight = 0.25;

export function tryDialect({ text, whole, newline }: SampledText, delimiter: string, quoting: Quoting): Trial {
  const { rows, rest } = sampleRows(text, { delimiter, quoting, newline }, whole, triedRows);
  const columns = mostFrequent(rows.filter((row) => !isBlank(row)).map(({ cells }) => cells.length));
  const found = tableStart(rows, columns);
  const isSure = found.titles === 0 || hasEvidence({ rows, start: found.row, columns });
  const { row: start, titles } = isSure ? found : { row: firstFilled(rows), titles: 0 };
  const table = rows.slice(start).filter((row) => !isBlank(row));
  const even = table.filter(({ cells, damaged }) => cells.length === columns && !damaged).length;
  const all = table.length + titles * titleWeight;
  const evenness = all === 0 ? 0 : even / all;
  const isFirstEven = rows[start]?.cells.length === columns;
  return {
    delimiter,
    quoting,
    rows,
    start,
    titles,
    columns,
    evenness: isFirstEven ? evenness : evenness / 2,
    quotedRows: rows.filter(({ quoted }) => quoted > 0).length,
    damagedRows: rows.filter(({ damaged }) => damaged).length,
    quotedCells: rows.reduce((sum, { quoted }) => sum + quoted, 0),
    strayCells: rows.reduce((sum, { stray }) => sum + stray, 0),
    rest,
  };
}

/**
 * Whether the delimiter also divides rows where it can't be part of a number or a sentence. `1,5` and `Smith, Ann` are
 * no evidence for commas.
 */
export function hasEvidence(trial: DividedRows): boolean {
  return rowsWithEvidence(trial) > 0;
}

/** Whether it does so in most rows. In a few, an address can lack the space after its comma. */
export function hasMuchEvidence(trial: DividedRows): boolean {
  return rowsWithEvidence(trial) * 2 > trial.rows.length - trial.start;
}

type DividedRows = Pick<Trial, "rows" | "start" | "columns">;

function rowsWithEvidence({ rows, start, columns }: DividedRows): number {
  const clear = rows
    .slice(start)
    .filter(({ cells, doubtful }) => cells.length === columns && columns > 1 && doubtful * 2 < columns - 1);
  return clear.length;
}

/** The most frequent number above 1, or 1 if there is none. Of equally frequent ones, the first. */
function mostFrequent(counts: readonly number[]): number {
  const times = new Map<number, number>();
  for (const count of counts) if (count > 1) times.set(count, (times.get(count) ?? 0) + 1);
  let best = 1;
  for (const [count, seen] of times) if (seen > (times.get(best) ?? 0)) best = count;
  return best;
}
