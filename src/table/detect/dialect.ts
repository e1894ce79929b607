import Papa from "papaparse";
import { delimiters, type ReadAs } from "../tableTypes.ts";
import { hasHeader } from "./header.ts";

export interface DetectedDialect {
  readonly delimiter: string;
  readonly quote: string;
  readonly header: boolean;
  readonly newline: 10 | 13;
}

/** One way to divide the sample, and how even the rows are then. */
interface Trial {
  readonly delimiter: string;
  readonly rows: readonly (readonly string[])[];
  /** The number of cells that most rows have. */
  readonly columns: number;
  /** The share of rows with this number, reduced if quotes don't match. */
  readonly evenness: number;
}

const triedRows = 100;
/** Less evenness than this proves nothing. */
const fairlyEven = 0.6;
/** Smaller differences are due to chance. */
const aBit = 0.02;

/**
 * Detects how a delimited text is divided: by the delimiter with which the first row and most others have the same
 * number of cells.
 *
 * @param sample the text's beginning without byte order mark
 * @param whole whether it is the whole text; otherwise its last row is ignored
 */
export function detectDialect(sample: string, whole: boolean, fileName: string, readAs: ReadAs): DetectedDialect {
  const newline = newlineOf(sample);
  const text = whole ? sample : withoutLastRow(sample, newline);
  const quote = readAs.quote ?? '"';
  const candidates = readAs.delimiter === undefined ? delimiters : [readAs.delimiter];
  const trials = candidates.map((delimiter) => divide(text, delimiter, quote, newline));
  const best = /\.ta[bs]$|\.tsv$/i.test(fileName) ? preferTab(trials) : mostEven(trials);
  const unquoted = readAs.quote === undefined ? evenWithoutQuotes(text, best, newline) : undefined;
  const { delimiter, rows } = unquoted ?? best;
  return {
    delimiter,
    quote: unquoted === undefined ? quote : "",
    header: readAs.header ?? hasHeader(rows),
    newline,
  };
}

/** How many columns the text has with the best delimiter; 1 if none fits. */
export function columnsOf(sample: string, whole: boolean): number {
  const newline = newlineOf(sample);
  const text = whole ? sample : withoutLastRow(sample, newline);
  return mostEven(delimiters.map((delimiter) => divide(text, delimiter, '"', newline))).columns;
}

/** Old Macs ended lines with a single carriage return. */
export function newlineOf(sample: string): 10 | 13 {
  return sample.includes("\n") || !/\r[^\n]/.test(sample) ? 10 : 13;
}

function withoutLastRow(sample: string, newline: 10 | 13): string {
  const end = sample.lastIndexOf(String.fromCharCode(newline));
  return end < 0 ? sample : sample.slice(0, end);
}

function divide(text: string, delimiter: string, quote: string, newline: 10 | 13): Trial {
  const { data, errors } = Papa.parse<string[]>(text, {
    delimiter,
    newline: newline === 10 ? "\n" : "\r",
    quoteChar: quote,
    fastMode: quote === "",
    preview: triedRows,
  });
  const rows = data.map(withoutCarriageReturn).filter((row) => row.length > 1 || row[0] !== "");
  const columns = mostFrequent(rows.map((row) => row.length));
  const even = rows.filter((row) => row.length === columns).length;
  const evenness = rows.length === 0 ? 0 : Math.max(0, even - errors.length) / rows.length;
  return { delimiter, rows, columns, evenness: rows[0]?.length === columns ? evenness : evenness / 2 };
}

function withoutCarriageReturn(row: readonly string[]): readonly string[] {
  const last = row.at(-1);
  return last?.endsWith("\r") ? [...row.slice(0, -1), last.slice(0, -1)] : row;
}

function mostFrequent(counts: readonly number[]): number {
  const times = new Map<number, number>();
  for (const count of counts) times.set(count, (times.get(count) ?? 0) + 1);
  let best = 1;
  for (const [count, seen] of times) if (seen > (times.get(best) ?? 0)) best = count;
  return best;
}

/** The most even trial; of equally even ones, the one with more columns. Comma if nothing divides the text. */
function mostEven(trials: readonly [Trial, ...Trial[]] | readonly Trial[]): Trial {
  const fair = trials.filter(({ columns, evenness }) => columns > 1 && evenness >= fairlyEven);
  const top = Math.max(...fair.map(({ evenness }) => evenness));
  const alike = fair.filter(({ evenness }) => evenness >= top - aBit);
  const best = alike.toSorted((a, b) => b.columns - a.columns)[0];
  return best ?? widestFirstRow(trials);
}

/** If no trial is even, the first row was at least written with care. */
function widestFirstRow(trials: readonly Trial[]): Trial {
  const [first, ...others] = trials;
  if (first === undefined) throw new TypeError("At least one delimiter is required.");
  const cells = ({ rows }: Trial): number => rows[0]?.length ?? 0;
  return others.reduce((widest, trial) => (cells(trial) > cells(widest) ? trial : widest), first);
}

function preferTab(trials: readonly Trial[]): Trial {
  const tab = trials.find(({ delimiter }) => delimiter === "\t");
  if (tab === undefined) return mostEven(trials);
  const best = mostEven(trials);
  return (tab.rows[0]?.length ?? 0) > 1 || best.columns === 1 ? tab : best;
}

/** Some programs write tabs and never quote fields. Then quotes don't match, but the rows are even without them. */
function evenWithoutQuotes(text: string, quoted: Trial, newline: 10 | 13): Trial | undefined {
  if (quoted.evenness === 1) return undefined;
  const plain = divide(text, quoted.delimiter, "", newline);
  return plain.columns > 1 && plain.evenness === 1 ? plain : undefined;
}
