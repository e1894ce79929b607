import type { ReadRow } from "./rowCells.ts";

/**
 * Divides one row into fields by the same rule as the row scanner, so that damaged rows have the same columns in both:
 * a quote opens only at the beginning of a field; within quotes, a doubled quote is one quote; after the closing quote,
 * everything up to the next delimiter belongs to the field.
 *
 * @param row a row's text without its newline
 * @param quote one character
 * @returns `malformed` if a quote is not closed, or if text follows a closing quote
 */
export function splitFields(row: string, delimiter: string, quote: string): ReadRow {
  const cells: string[] = [];
  let malformed = false;
  let at = 0;
  for (;;) {
    let field = "";
    if (row.startsWith(quote, at)) {
      const close = closingQuote(row, at + 1, quote);
      field = row.slice(at + 1, close).replaceAll(quote + quote, quote);
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
