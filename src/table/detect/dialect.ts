import { delimiters, type Escape, type LinesBefore, longestBefore, type ReadAs } from "../tableTypes.ts";
import { delimiterCandidates, type DelimiterKind, delimiterKind } from "./delimiterCandidates.ts";
import { hasHeader } from "./header.ts";
import { lineEnding, type LineEnding } from "./lineEnding.ts";
import { bestQuoting } from "./quoting.ts";
import { longDelimiter } from "./longDelimiter.ts";
import { isNames } from "./tableStart.ts";
import { hasEvidence, hasMuchEvidence, type SampledText, type Trial } from "./trial.ts";
import { typesOf } from "../cells/columnTypes.ts";

export interface DetectedDialect extends LineEnding {
  readonly delimiter: string;
  readonly quote: string;
  readonly escape: Escape;
  readonly skipsSpaces: boolean;
  readonly header: boolean;
  /** The lines before the table; undefined if there are none. */
  readonly before: LinesBefore | undefined;
}

/** Less evenness than this proves nothing. */
const fairlyEven = 0.6;
/** Characters that often occur in values have to divide nearly all rows. */
const nearlyEven = 0.95;
/** Smaller differences are due to chance. */
const aBit = 0.02;

/**
 * Detects how a delimited text is divided: by the delimiter and the quotes with which most rows have the same number of
 * cells. Lines before the table are ignored.
 *
 * @param sample the text's beginning without byte order mark
 * @param whole whether it is the whole text; otherwise its last row is ignored
 */
export function detectDialect(sample: string, whole: boolean, fileName: string, readAs: ReadAs): DetectedDialect {
  const ending = lineEnding(sample, readAs);
  const skipped = readAs.linesBefore === undefined ? namingLine(sample) : linesOf(sample, ending, readAs.linesBefore);
  const named = namedDelimiter(skipped);
  const text: SampledText = {
    text: withOneEnding(sample.slice(skipped.length), ending),
    whole,
    newline: ending.newline === 10 ? "\n" : "\r",
  };
  const trial = chooseTrial(text, fileName, readAs, named);
  const start = readAs.linesBefore === undefined ? trial.start : 0;
  const rows = trial.rows.slice(start).map(({ cells }) => cells);
  const { delimiter, quoting } = trial;
  const before = skipped + sample.slice(skipped.length, skipped.length + (trial.rows[start]?.from ?? 0));
  return {
    ...ending,
    delimiter,
    ...quoting,
    header: readAs.header ?? hasHeader(rows.filter((row) => row.length > 1 || row[0] !== "")),
    before: before === "" ? undefined : linesBefore(before, ending),
  };
}

/** How many columns the text has with the best delimiter; 1 if none fits. */
export function columnsOf(sample: string, whole: boolean): number {
  const { newline } = lineEnding(sample);
  const text: SampledText = { text: sample, whole, newline: newline === 10 ? "\n" : "\r" };
  return fairest(delimiters.map((delimiter) => bestQuoting(text, delimiter, {})))?.columns ?? 1;
}

/** A line for Excel that names the delimiter, as written, in quotes, or padded by a program that saved it again. */
function namingLine(sample: string): string {
  return /^"?sep=[^\r\n]?"?[,;\t|"]*[^\S\r\n]*(?:\r*\n|\r)/i.exec(sample)?.[0] ?? "";
}

function namedDelimiter(line: string): string | undefined {
  return /^"?sep=([^\r\n"])/i.exec(line)?.[1];
}

/** The first lines of a text. */
function linesOf(sample: string, { newline, firstEnd }: LineEnding, count: number): string {
  let end = 0;
  for (let line = 0; line < count; line++) {
    const character = line === 0 ? (firstEnd ?? newline) : newline;
    const next = sample.indexOf(String.fromCharCode(character), end);
    if (next < 0) return sample.slice(0, end);
    end = next + 1;
  }
  return sample.slice(0, end);
}

/** Makes the first line end like the others, without changing the length of the text. */
function withOneEnding(sample: string, { newline, firstEnd }: LineEnding): string {
  if (firstEnd === undefined) return sample;
  const end = sample.indexOf(String.fromCharCode(firstEnd));
  return end < 0 ? sample : sample.slice(0, end) + String.fromCharCode(newline) + sample.slice(end + 1);
}

function linesBefore(text: string, { newline, firstEnd }: LineEnding): LinesBefore {
  const ends = text.split(String.fromCharCode(newline)).length - 1;
  const other = firstEnd !== undefined && text.includes(String.fromCharCode(firstEnd)) ? 1 : 0;
  return { count: ends + other, text: text.slice(0, longestBefore) };
}

function chooseTrial(text: SampledText, fileName: string, readAs: ReadAs, named: string | undefined): Trial {
  const divide = (delimiter: string): Trial => bestQuoting(text, delimiter, readAs);
  if (readAs.delimiter !== undefined) return divide(readAs.delimiter);
  if (named !== undefined) {
    const trial = divide(named);
    if (trial.columns > 1) return trial;
  }
  const occurring = delimiters.filter((delimiter) => text.text.includes(delimiter));
  // A comma if nothing divides the text.
  const usual = (occurring.includes(",") ? occurring : [",", ...occurring]).map(divide);
  if (/\.ta[bs]$|\.tsv$/i.test(fileName)) return preferTab(usual, divide);
  const clear = usual.filter((trial) => trial.columns > 1 && trial.evenness >= nearlyEven && hasMuchEvidence(trial));
  const long = longDelimiter(text.text, text.newline);
  // A part of a longer delimiter divides the rows as evenly, with an empty value in between.
  if (long !== undefined && clear.every(({ delimiter }) => long.includes(delimiter))) {
    const trial = divide(long);
    if (isConvincing(trial)) return trial;
  }
  const isClear = clear.length > 0;
  const others = delimiterCandidates(text.text, text.newline).filter(
    (character) => !delimiters.includes(character) && (!isClear || delimiterKind(character) === "control"),
  );
  return fairest([...usual, ...others.map(divide).filter(isConvincing)]) ?? widestFirstRow(usual);
}

/** Whether a character that isn't a usual delimiter divides the rows so well that it must be one. */
function isConvincing(trial: Trial): boolean {
  const { rows, start, columns, evenness, delimiter, titles } = trial;
  const kind = delimiterKind(delimiter);
  if (columns < 2 || evenness < nearlyEven) return false;
  if (delimiter.length > 1) return columns > 2 || /[|~^¦§¤]/.test(delimiter);
  if (kind === "control") return true;
  const [first, ...below] = rows.slice(start).map(({ cells }) => cells);
  if (first === undefined || below.length === 0 || titles > 0) return false;
  if (kind === "symbol") return true;
  // Names, dates and sentences also have equally many spaces, dashes and dots.
  const least = delimiter === ":" ? 2 : 3;
  return columns >= least && isNames(first, columns) && typesOf(below, columns).some((type) => type !== "text");
}

/** The trial with the most even rows. Undefined if none is even. */
function fairest(trials: readonly Trial[]): Trial | undefined {
  const even = outsideQuotes(trials.filter(({ columns, evenness }) => columns > 1 && evenness >= fairlyEven));
  const sure = even.filter(hasEvidence);
  const isCommonOnly = sure.every(({ delimiter }) => delimiterKind(delimiter) === "common");
  const fair =
    sure.length > 0 && !isCommonOnly ? sure : even.filter((trial) => hasEvidence(trial) || trial.titles === 0);
  const top = Math.max(...fair.map(({ evenness }) => evenness));
  const alike = fair.filter(({ evenness }) => evenness >= top - aBit);
  return alike.toSorted(
    (a, b) => rank(b) - rank(a) || a.titles - b.titles || b.columns - a.columns || b.evenness - a.evenness,
  )[0];
}

/** Without the trials that divide what another one has in quotes. */
function outsideQuotes(trials: readonly Trial[]): readonly Trial[] {
  const isQuoted = trials.some(({ quotedCells, strayCells, damagedRows }) => quotedCells > strayCells + damagedRows);
  return isQuoted ? trials.filter(({ strayCells, rows }) => strayCells < rows.length) : trials;
}

const ranks: Readonly<Record<DelimiterKind, number>> = { control: 2, usual: 1, symbol: 1, common: 0 };

function rank({ delimiter }: Trial): number {
  const kind = delimiterKind(delimiter);
  return kind === undefined ? 0 : ranks[kind];
}

/** If no trial is even, the first row was at least written with care. */
function widestFirstRow(trials: readonly Trial[]): Trial {
  const [first, ...others] = trials;
  if (first === undefined) throw new TypeError("At least one delimiter is required.");
  const cells = ({ rows, start, titles }: Trial): number => (titles > 0 ? 1 : (rows[start]?.cells.length ?? 0));
  return others.reduce((widest, trial) => (cells(trial) > cells(widest) ? trial : widest), first);
}

function preferTab(trials: readonly Trial[], divide: (delimiter: string) => Trial): Trial {
  const best = fairest(trials) ?? widestFirstRow(trials);
  const tab = trials.find(({ delimiter }) => delimiter === "\t") ?? divide("\t");
  return (tab.rows[tab.start]?.cells.length ?? 0) > 1 || best.columns === 1 ? tab : best;
}
