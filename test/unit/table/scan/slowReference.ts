import type { Grammar } from "../../../../src/table/scan/scanner.ts";

/** What a text is made of, found slowly with the whole text at hand; every character is one byte. */
export interface ReadText {
  /** Position after each row's end. */
  readonly starts: number[];
  /** Per character: the row that it belongs to, its end included. */
  readonly rowOf: number[];
  /** Per character: the field that it belongs to, its delimiter included; 0 in JSON. */
  readonly columnOf: number[];
  /** Where rows end for good: the text's end, or the bracket that closes a JSON array. */
  end: number;
  /** Whether what follows the last row's end is a row. */
  hasOpenRow: boolean;
}

/** Every row from its first character to behind its end, a last one without an end too. */
export function rowsOf(text: string, grammar: Grammar): { start: number; end: number }[] {
  const { starts, end, hasOpenRow } = readSlowly(text, grammar);
  const rows = starts.map((next, row) => ({ start: starts[row - 1] ?? 0, end: next }));
  const rest = { start: starts.at(-1) ?? 0, end };
  return hasOpenRow ? [...rows, rest] : rows;
}

/** Where a needle stands, as `Scanner.find` tells it. */
export interface Occurrence {
  readonly position: number;
  readonly row: number;
  readonly column: number;
}

export function readSlowly(text: string, grammar: Grammar): ReadText {
  switch (grammar.kind) {
    case "delimited":
      return grammar.skipsBlank === true ? readLines(text, grammar) : readFields(text, grammar);
    case "jsonArray":
      return readElements(text, grammar.reopens === true);
    case "jsonValues":
      return readValues(text);
  }
}

export function findSlowly(text: string, grammar: Grammar, needle: string, foldsCase: boolean): Occurrence[] {
  const { rowOf, columnOf } = readSlowly(text, grammar);
  const escaped = needle.replaceAll(/[^a-z0-9]/gi, (character) => `\\x${hex(character)}`);
  return [...text.matchAll(new RegExp(escaped, foldsCase ? "gi" : "g"))].map(({ index }) => ({
    position: index,
    row: rowOf[index] ?? -1,
    column: columnOf[index] ?? -1,
  }));
}

function readFields(text: string, grammar: Extract<Grammar, { kind: "delimited" }>): ReadText {
  const delimiter = hex(String.fromCharCode(grammar.delimiter));
  const newline = hex(String.fromCharCode(grammar.newline));
  const plain = `[^\\x${delimiter}\\x${newline}]*`;
  const quote = grammar.quote === undefined ? "" : `\\x${hex(String.fromCharCode(grammar.quote))}`;
  const escaped = grammar.escapes === true ? String.raw`|\x5c(?:[^]|$)` : "";
  const inside = `(?:[^${quote}${escaped === "" ? "" : String.raw`\x5c`}]|${quote}${quote}${escaped})*`;
  const spaces = grammar.skipsSpaces === true ? " *" : "";
  const quoted = quote === "" ? "" : `(?:${spaces}${quote}${inside}(?:${quote}|$))?`;
  const field = new RegExp(`${quoted}${plain}(\\x${newline}|\\x${delimiter}|$)`, "y");
  const read = unread(text);
  let column = 0;
  while (field.lastIndex < text.length) {
    const [whole = "", end] = field.exec(text) ?? [];
    append(read, whole.length, column);
    column++;
    if (end === String.fromCharCode(grammar.newline)) {
      read.starts.push(field.lastIndex);
      column = 0;
    }
  }
  read.hasOpenRow = text.length > (read.starts.at(-1) ?? 0);
  return read;
}

function unread(text: string): ReadText {
  return { starts: [], rowOf: [], columnOf: [], end: text.length, hasOpenRow: false };
}

/** Lines that are not blank, with the blank lines before them. */
function readLines(text: string, { newline, delimiter }: Extract<Grammar, { kind: "delimited" }>): ReadText {
  const read = unread(text);
  let column = 0;
  for (const character of text) {
    append(read, 1, column);
    if (character.charCodeAt(0) === delimiter) column++;
    const isNewline = character.charCodeAt(0) === newline;
    if (isNewline && read.hasOpenRow) {
      read.starts.push(read.rowOf.length);
      read.hasOpenRow = false;
      column = 0;
    }
    if (!isNewline && /[^ \t\r\n]/.test(character)) read.hasOpenRow = true;
  }
  return read;
}

const jsonToken = /"(?:[^"\\]|\\[^])*(?:"|\\?$)|[^]/g;

function readValues(text: string): ReadText {
  const read = unread(text);
  let depth = 0;
  for (const [token] of text.matchAll(jsonToken)) {
    append(read, token.length, 0);
    if ("[{".includes(token)) depth++;
    if ("]}".includes(token) && depth > 0 && --depth === 0) read.starts.push(read.rowOf.length);
  }
  read.hasOpenRow = /[^ \t\r\n,]/.test(text.slice(read.starts.at(-1) ?? 0));
  return read;
}

function readElements(text: string, reopens: boolean): ReadText {
  const read = unread(text);
  let depth = 0;
  let isBehind = false;
  let isOver = false;
  for (const [token] of text.matchAll(jsonToken)) {
    const at = read.rowOf.length;
    append(read, token.length, 0);
    if (isBehind) {
      if (!reopens || isOver || /^[ \t\r\n]$/.test(token)) continue;
      isBehind = token !== "[";
      if (isBehind) isOver = true;
      else read.starts.push(read.rowOf.length);
      continue;
    }
    if (token === "]" && depth === 0) {
      isBehind = true;
      read.end = at;
    }
    if ("[{".includes(token)) depth++;
    if ("]}".includes(token)) depth = Math.max(0, depth - 1);
    if (token === "," && depth === 0) read.starts.push(read.rowOf.length);
  }
  const rest = text.slice(read.starts.at(-1) ?? 0, isBehind ? read.end : text.length);
  read.hasOpenRow = isOver || /[^ \t\r\n]/.test(rest);
  if (reopens || !isBehind) read.end = text.length;
  return read;
}

function append(read: ReadText, length: number, column: number): void {
  for (let left = length; left > 0; left--) {
    read.rowOf.push(read.starts.length);
    read.columnOf.push(column);
  }
}

function hex(character: string): string {
  return character.charCodeAt(0).toString(16).padStart(2, "0");
}
