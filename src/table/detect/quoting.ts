import type { ReadAs } from "../tableTypes.ts";
import type { Quoting } from "./sampleRows.ts";
import { type SampledText, type Trial, tryDialect } from "./trial.ts";

const doubled: Quoting = { quote: '"', escape: "double", skipsSpaces: false };
export const unquoted: Quoting = { quote: "", escape: "double", skipsSpaces: false };

/** Smaller differences of evenness are due to chance. */
const aBit = 0.02;
/** Text after an unclosed quote is divided without quotes if it has at least this many lines. */
const fewLines = 3;

/**
 * Divides a sample by a delimiter, with the quoting that fits its rows best. One damaged field decides nothing: quotes
 * are given up only if hardly any of them match.
 */
export function bestQuoting(text: SampledText, delimiter: string, readAs: ReadAs): Trial {
  const attempt = (quoting: Quoting): Trial => tryDialect(text, delimiter, quoting);
  if (readAs.quote === "") return attempt(unquoted);
  if (readAs.quote !== undefined) {
    const chosen = { ...doubled, quote: readAs.quote, escape: readAs.escape ?? "double" };
    const trial = attempt(chosen);
    return withSpaces(readAs.escape === undefined ? escaped(trial, text, attempt) : trial, text, attempt);
  }
  const start = attempt({ ...doubled, escape: readAs.escape ?? "double" });
  const single = singleQuoted(start, text, attempt);
  const best = single ?? withSpaces(escaped(start, text, attempt), text, attempt);
  // After a part of a longer delimiter, a quote that is part of a value could open one.
  if (delimiter.length > 1 && best.quotedCells === 0) return attempt(unquoted);
  return givesUpQuotes(best) ? evenWithoutQuotes(best, attempt) : best;
}

type Attempt = (quoting: Quoting) => Trial;

/** Undefined unless fields are in single quotes, and none in double quotes. An apostrophe isn't enough. */
function singleQuoted(doubleQuoted: Trial, text: SampledText, attempt: Attempt): Trial | undefined {
  if (doubleQuoted.quotedCells > 0 || !text.text.includes("'")) return undefined;
  const single = escaped(attempt({ ...doubled, quote: "'" }), text, attempt);
  const { quotedCells, quotedRows, damagedRows } = single;
  if (quotedCells < 2 || damagedRows * 20 > quotedRows) return undefined;
  const isMoreEven = single.evenness > doubleQuoted.evenness;
  return isMoreEven || quotedCells * 2 > single.rows.length ? single : undefined;
}

/** The same with backslashes before quotes, if more quotes match then. */
function escaped(trial: Trial, { text }: SampledText, attempt: Attempt): Trial {
  const isClosed = trial.damagedRows === 0 && trial.strayCells === 0 && trial.rest === "";
  if (isClosed || trial.quoting.escape === "backslash" || !text.includes(`\\${trial.quoting.quote}`)) return trial;
  const other = attempt({ ...trial.quoting, escape: "backslash" });
  const isBetter = other.damagedRows < trial.damagedRows || other.rows.length > trial.rows.length;
  const isCleaner = other.damagedRows <= trial.damagedRows && other.strayCells < trial.strayCells;
  return (isBetter || isCleaner) && other.evenness >= trial.evenness ? other : trial;
}

/** The same with spaces between delimiters and quotes, if more quotes match then. */
function withSpaces(trial: Trial, { text }: SampledText, attempt: Attempt): Trial {
  if (!text.includes(` ${trial.quoting.quote}`)) return trial;
  const other = attempt({ ...trial.quoting, skipsSpaces: true });
  const isBetter = other.quotedCells > trial.quotedCells && other.damagedRows <= trial.damagedRows;
  return isBetter && other.evenness >= trial.evenness ? other : trial;
}

/** Whether most quotes don't match, or one of them takes in the rows after it. */
function givesUpQuotes({ damagedRows, quotedRows, quotedCells, rows, rest }: Trial): boolean {
  const takesIn = rows.some(({ damaged, cells }) => damaged && cells.some((cell) => cell.includes("\n")));
  const isUnclosed = rest.includes('"') && rest.split("\n", fewLines + 1).length > fewLines && quotedCells < 2;
  return isUnclosed || (damagedRows * 2 > quotedRows && (damagedRows > 1 || takesIn));
}

/** Some programs write tabs and never quote fields. Then quotes don't match, but the rows are even without them. */
function evenWithoutQuotes(trial: Trial, attempt: Attempt): Trial {
  const plain = attempt(unquoted);
  const isEven = plain.columns > 1 && plain.evenness > 1 - aBit;
  return isEven && plain.evenness > trial.evenness - aBit ? plain : trial;
}
