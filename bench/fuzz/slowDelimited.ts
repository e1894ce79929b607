import type { DelimitedWriting } from "./fuzzTable.ts";

/** The rules of delimited text that a table finds out for itself and shows in its footer. */
export interface DelimitedRules extends DelimitedWriting {
  /** Whether spaces can come before an opening quote. */
  readonly skipsSpaces: boolean;
}

export interface SlowFields {
  readonly cells: readonly string[];
  readonly malformed: boolean;
}

/** Rows and fields of delimited text, one character after the other. */
export function slowFields(text: string, rules: DelimitedRules): SlowFields[] {
  return slowLines(text, rules).map((line) => fieldsOf(withoutEnd(line, rules.newline), rules));
}

/** The text of each row with its newline. */
export function slowLines(text: string, rules: DelimitedRules): string[] {
  const lines: string[] = [];
  for (let at = 0; at < text.length;) {
    const end = lineEnd(text, at, rules);
    lines.push(text.slice(at, end));
    at = end;
  }
  return lines;
}

/** The rows of a text without blank lines and Ctrl+Z at its end. */
export function withoutBlankEnd(text: string, { delimiter }: DelimitedRules): string {
  let filled = text.length;
  while (filled > 0 && isBlank(text.charAt(filled - 1), delimiter)) filled--;
  if (filled === 0) return "";
  let end = filled;
  while (text.charAt(end) === " ") end++;
  const returns = end;
  while (text.charAt(end) === "\r") end++;
  if (text.charAt(end) === "\n") return text.slice(0, end + 1);
  return text.slice(0, Math.min(end, returns + 1));
}

function isBlank(character: string, delimiter: string): boolean {
  return "\n\r\u001a".includes(character) || (character === " " && delimiter !== " ");
}

/** A newline in quotes doesn't end a row. A quote opens only where a field begins. */
function lineEnd(text: string, from: number, rules: DelimitedRules): number {
  let at = from;
  let begins = true;
  while (at < text.length) {
    const character = text.charAt(at);
    if (begins && rules.quote !== "" && character === rules.quote) {
      at = afterQuoted(text, at + 1, rules);
      begins = false;
    } else {
      at++;
      if (character === rules.newline) return at;
      if (character === rules.delimiter) begins = true;
      else if (character !== " " || !rules.skipsSpaces) begins = false;
    }
  }
  return text.length;
}

/** The position after the closing quote, or the length of the text. */
function afterQuoted(text: string, from: number, { quote, escape }: DelimitedRules): number {
  for (let at = from; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === "\\" && escape === "backslash") at++;
    else if (character === quote && text.charAt(at + 1) === quote) at++;
    else if (character === quote) return at + 1;
  }
  return text.length;
}

/** CR CR LF ends a row as LF does. */
function withoutEnd(line: string, newline: "\n" | "\r"): string {
  const other = newline === "\n" ? "\r" : "\n";
  let end = line.endsWith(newline) ? line.length - 1 : line.length;
  while (line.charAt(end - 1) === other) end--;
  return line.slice(0, end);
}

function fieldsOf(row: string, rules: DelimitedRules): SlowFields {
  const cells: string[] = [];
  let malformed = false;
  let at = 0;
  for (;;) {
    const quoted = quotedAt(row, at, rules);
    let field = quoted?.value ?? "";
    at = quoted?.end ?? at;
    malformed ||= quoted?.isOpen === true;
    while (at < row.length && row.charAt(at) !== rules.delimiter) {
      malformed ||= quoted !== undefined;
      field += row.charAt(at++);
    }
    cells.push(field);
    if (at >= row.length) return { cells, malformed };
    at++;
  }
}

/** The value in quotes that begins at a field's beginning. */
function quotedAt(row: string, from: number, rules: DelimitedRules) {
  const { quote, escape, skipsSpaces } = rules;
  let at = from;
  while (skipsSpaces && row.charAt(at) === " ") at++;
  if (quote === "" || row.charAt(at) !== quote) return undefined;
  let value = "";
  for (at++; at < row.length; at++) {
    const character = row.charAt(at);
    const next = row.charAt(at + 1);
    if (character === "\\" && escape === "backslash") {
      value += next === quote || next === "\\" ? next : character + next;
      at++;
    } else if (character !== quote) value += character;
    else if (next === quote) {
      value += quote;
      at++;
    } else return { value, end: at + 1, isOpen: false };
  }
  return { value, end: row.length, isOpen: true };
}
