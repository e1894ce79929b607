import type { ReadRow } from "./rowCells.ts";

/** Rules for quotes that most files don't need. */
export interface QuotingOptions {
  /** Whether a backslash in quotes takes the meaning from the next quote or backslash. Doubled quotes still count. */
  readonly escapes?: boolean;
  /** Whether a quote also opens after spaces at the beginning of a field. The spaces are not part of the value. */
  readonly skipsSpaces?: boolean;
}

/**
 * Divides one row into fields by the same rule as the row scanner, so that damaged rows have the same columns in both:
 * a quote opens only at the beginning of a field; within quotes, a doubled quote is one quote; after the closing quote,
 * everything up to the next delimiter belongs to the field.
 *
 * @param row a row's text without its newline
 * @param quote one character
 * @returns `malformed` if a quote is not closed, or if text follows a closing quote
 */
export function splitFields(row: string, delimiter: string, quote: string, options: QuotingOptions = {}): ReadRow {
  const cells: string[] = [];
  let malformed = false;
  let at = 0;
  for (;;) {
    let field = "";
    const open = options.skipsSpaces === true ? afterSpaces(row, at) : at;
    if (row.startsWith(quote, open)) {
      const close = options.escapes === true ? escapedEnd(row, open + 1, quote) : closingQuote(row, open + 1, quote);
      field = valueOf(row.slice(open + 1, close), quote, options);
      at = close + 1;
      malformed ||= close === row.length || (at < row.length && !row.startsWith(delimiter, at));
    }
    const next = at > row.length ? -1 : row.indexOf(delimiter, at);
    cells.push(field + row.slice(at, next < 0 ? row.length : next));
    if (next < 0) return { cells, malformed };
    at = next + delimiter.length;
  }
}

/** The position of the quote that ends the field, or the row's length if it isn't closed. */
function closingQuote(row: string, from: number, quote: string): number {
  let at = row.indexOf(quote, from);
  while (at >= 0 && row.startsWith(quote, at + 1)) at = row.indexOf(quote, at + 2);
  return at < 0 ? row.length : at;
}

/** The same if backslashes escape quotes. */
function escapedEnd(row: string, from: number, quote: string): number {
  for (let at = from; at < row.length; at++) {
    const character = row.charAt(at);
    if (character === "\\") at++;
    else if (character === quote && row.startsWith(quote, at + 1)) at++;
    else if (character === quote) return at;
  }
  return row.length;
}

function valueOf(text: string, quote: string, { escapes }: QuotingOptions): string {
  if (escapes !== true) return text.replaceAll(quote + quote, quote);
  let value = "";
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    const next = text.charAt(at + 1);
    const isEscaped = character === "\\" ? next === quote || next === "\\" : character === quote && next === quote;
    if (isEscaped) at++;
    value += isEscaped ? next : character;
  }
  return value;
}

function afterSpaces(row: string, from: number): number {
  let at = from;
  while (row.charAt(at) === " ") at++;
  return at;
}
