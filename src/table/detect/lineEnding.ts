import type { ReadAs } from "../tableTypes.ts";

/** How the lines of a text end. */
export interface LineEnding {
  /** The character that ends rows. */
  readonly newline: 10 | 13;
  /**
   * The character that ends the first line, if it differs: some programs write a header with another line ending than
   * the rows.
   */
  readonly firstEnd?: 10 | 13;
}

interface Counted {
  readonly lf: number;
  /** Carriage returns without a line feed after them. */
  readonly cr: number;
  /** The first of these line endings. */
  readonly first: 10 | 13 | undefined;
  /** How many of them are of the same kind as the first one, before the first of the other kind. */
  readonly firstRun: number;
}

/** What is known of the quotes. */
export type KnownQuotes = Pick<ReadAs, "quote" | "escape">;

/**
 * Decides which character ends rows: LF, also after one or more CR, or CR alone, as on old Macs. If each LF is followed
 * by a CR, the CR ends the row. Line endings in quotes are part of a value.
 *
 * @param sample the text's beginning without byte order mark
 * @param quotes what the user chose; otherwise double quotes without backslashes
 */
export function lineEnding(sample: string, quotes: KnownQuotes = {}): LineEnding {
  if (!/\r[^\n]/.test(sample)) return { newline: 10 };
  if (!sample.includes("\n")) return { newline: 13 };
  if (isSwapped(sample, quotes)) return { newline: 13 };
  const outside = count(sample, quotes);
  const found = outside.lf + outside.cr === 0 ? count(sample, { quote: "" }) : outside;
  if (found.cr === 0) return { newline: 10 };
  if (found.lf === 0) return { newline: 13 };
  if (found.first === 13 && found.firstRun === 1 && found.cr === 1) return { newline: 10, firstEnd: 13 };
  if (found.first === 10 && found.firstRun === 1 && found.lf === 1) return { newline: 13, firstEnd: 10 };
  return { newline: found.cr > found.lf * 2 ? 13 : 10 };
}

/** Whether each LF is followed by a CR, and no CR is alone. */
function isSwapped(sample: string, { quote = '"' }: KnownQuotes): boolean {
  if (!sample.includes("\n\r")) return false;
  const plain = quote === "" ? sample : outsideOf(sample, quote);
  return plain.includes("\n\r") && !/\n[^\r]|[^\n]\r|^\r/.test(plain);
}

function outsideOf(sample: string, quote: string): string {
  return sample
    .split(quote)
    .filter((_, index) => index % 2 === 0)
    .join("x");
}

function count(sample: string, { quote = '"', escape }: KnownQuotes): Counted {
  let lf = 0;
  let cr = 0;
  let first: 10 | 13 | undefined;
  let firstRun = 0;
  let isRun = true;
  let isQuoted = false;
  // A run of carriage returns is one token, because looking for a line feed after each of them takes long.
  const tokens = [...(escape === "backslash" ? [String.raw`\\.`] : []), String.raw`\r+\n?|\n`];
  if (quote !== "") tokens.push(String.raw`\u{${quote.codePointAt(0)?.toString(16) ?? ""}}`);
  for (const { 0: token, index } of sample.matchAll(new RegExp(tokens.join("|"), "gsu"))) {
    if (token === quote) isQuoted = !isQuoted;
    if (isQuoted || !/^[\r\n]/.test(token)) continue;
    // A file that is cut off can end between a CR and its LF.
    if (lf > 0 && cr === 0 && token.endsWith("\r") && index + token.length === sample.length) break;
    const end = token.endsWith("\r") ? 13 : 10;
    const ends = end === 10 ? 1 : token.length;
    if (end === 10) lf++;
    else cr += ends;
    first ??= end;
    isRun &&= end === first;
    if (isRun) firstRun += ends;
  }
  return { lf, cr, first, firstRun };
}
