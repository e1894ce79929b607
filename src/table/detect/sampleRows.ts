import type { Escape } from "../tableTypes.ts";

/** How fields are quoted. */
export interface Quoting {
  /** One character, or empty for none. */
  readonly quote: string;
  readonly escape: Escape;
  /** Whether a quote can follow spaces after the delimiter. */
  readonly skipsSpaces: boolean;
}

export interface SampleRow {
  readonly cells: readonly string[];
  /** Position of the row's first character in the sample. */
  readonly from: number;
  /** How many cells are quoted. */
  readonly quoted: number;
  /** Indexes of the delimiters that also occur in numbers and sentences: `1,5` and `Smith, Ann`. */
  readonly doubtful: number;
  /** How many cells without quotes around them contain a quote. */
  readonly stray: number;
  /** Whether a quote isn't closed, or text follows a closing quote. */
  readonly damaged: boolean;
}

export interface Sample {
  readonly rows: readonly SampleRow[];
  /** The text after the last complete row. It is also the last of `rows` if the sample is the whole text. */
  readonly rest: string;
}

export interface SampleDialect {
  readonly delimiter: string;
  readonly quoting: Quoting;
  readonly newline: "\n" | "\r";
}

/** Delimiters that don't belong to sentences, so a space after them says nothing against them. */
const noSentences: readonly string[] = [";", "|", "\t"];

/**
 * Divides the beginning of a text into rows and cells, by the same rules as scanner and cells.
 *
 * @param whole whether it is the whole text; otherwise its last row is incomplete and left out
 * @param most how many rows are read
 */
export function sampleRows(text: string, dialect: SampleDialect, whole: boolean, most: number): Sample {
  const reader = new SampleReader(text, dialect);
  const rows: SampleRow[] = [];
  while (reader.at < text.length && rows.length < most) {
    const from = reader.at;
    const row = reader.row();
    if (!reader.ended && !whole) return { rows, rest: text.slice(from) };
    rows.push(row);
    if (!reader.ended) return { rows, rest: text.slice(from) };
  }
  return { rows, rest: "" };
}

class SampleReader {
  at = 0;
  /** Whether the last row ended with a newline. */
  ended = false;
  readonly #text: string;
  readonly #dialect: SampleDialect;
  #damaged = false;
  #quoted = 0;

  constructor(text: string, dialect: SampleDialect) {
    this.#text = text;
    this.#dialect = dialect;
  }

  row(): SampleRow {
    const from = this.at;
    const cells: string[] = [];
    let doubtful = 0;
    let stray = 0;
    this.#damaged = false;
    this.#quoted = 0;
    this.ended = false;
    for (;;) {
      const isQuoted = this.#quoted;
      const start = this.at;
      const field = this.#field();
      cells.push(field);
      if (isQuoted === this.#quoted && hasQuote(field, this.#dialect.quoting)) stray++;
      if (cells.length > 1 && isQuoted === this.#quoted && this.#isDoubtful(start)) doubtful++;
      if (this.at >= this.#text.length) break;
      const isDelimiter = this.#text.startsWith(this.#dialect.delimiter, this.at);
      this.at += isDelimiter ? this.#dialect.delimiter.length : 1;
      if (isDelimiter) continue;
      this.ended = true;
      break;
    }
    const last = cells.at(-1) ?? "";
    const other = this.#dialect.newline === "\n" ? "\r" : "\n";
    if (last.endsWith(other)) cells[cells.length - 1] = withoutEnding(last, other);
    return { cells, from, quoted: this.#quoted, doubtful, stray, damaged: this.#damaged };
  }

  /** Whether the delimiter before the field can belong to a decimal number or a sentence. */
  #isDoubtful(start: number): boolean {
    const before = this.#text.charAt(start - this.#dialect.delimiter.length - 1);
    const after = this.#text.charAt(start);
    if (after === " " && !noSentences.includes(this.#dialect.delimiter)) return true;
    return this.#dialect.delimiter === "," && isDigit(before) && isDigit(after);
  }

  #field(): string {
    const { quoting } = this.#dialect;
    let { at } = this;
    if (quoting.quote !== "") {
      if (quoting.skipsSpaces) while (this.#text.charAt(at) === " ") at++;
      if (this.#text.startsWith(quoting.quote, at)) return this.#quotedField(at + 1);
    }
    const end = this.#fieldEnd(this.at);
    const field = this.#text.slice(this.at, end);
    this.at = end;
    return field;
  }

  #quotedField(from: number): string {
    this.#quoted++;
    const close = this.#closingQuote(from);
    if (close >= this.#text.length) {
      this.#damaged = true;
      this.at = this.#text.length;
      return this.#text.slice(from);
    }
    const end = this.#fieldEnd(close + 1);
    const behind = this.#text.slice(close + 1, end);
    if (!/^[\r\n ]*$/.test(behind)) this.#damaged = true;
    this.at = end;
    return this.#text.slice(from, close) + behind;
  }

  #closingQuote(from: number): number {
    const { quote, escape } = this.#dialect.quoting;
    for (let at = from; at < this.#text.length; at++) {
      const character = this.#text.charAt(at);
      if (escape === "backslash" && character === "\\") at++;
      else if (character !== quote) continue;
      else if (escape === "double" && this.#text.charAt(at + 1) === quote) at++;
      else return at;
    }
    return this.#text.length;
  }

  #fieldEnd(from: number): number {
    const { delimiter, newline } = this.#dialect;
    const lineEnd = this.#lineEnd(from, newline);
    const next = this.#text.indexOf(delimiter, from);
    return next < 0 || next > lineEnd ? lineEnd : next;
  }

  #knownLineEnd = -1;

  #lineEnd(from: number, newline: string): number {
    if (this.#knownLineEnd < from) {
      const end = this.#text.indexOf(newline, from);
      this.#knownLineEnd = end < 0 ? this.#text.length : end;
    }
    return this.#knownLineEnd;
  }
}

function hasQuote(field: string, { quote }: Quoting): boolean {
  return quote !== "" && field.includes(quote);
}

function isDigit(character: string): boolean {
  return character >= "0" && character <= "9";
}

/** Without such characters at the end. A regular expression would try each one anywhere in the text. */
function withoutEnding(text: string, character: string): string {
  let end = text.length;
  while (text[end - 1] === character) end--;
  return text.slice(0, end);
}
