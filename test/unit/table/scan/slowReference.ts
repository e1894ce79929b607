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
}

/** Every row from its first character to behind its end, a last one without an end too. */
export function rowsOf(text: string, grammar: Grammar): { start: number; end: number }[] {
  const { starts, end } = readSlowly(text, grammar);
  const rows = starts.map((next, row) => ({ start: starts[row - 1] ?? 0, end: next }));
  const rest = { start: starts.at(-1) ?? 0, end };
  const isRow = grammar.kind === "jsonArray" ? /[^ \t\r\n]/.test(text.slice(rest.start, end)) : end > rest.start;
  return isRow ? [...rows, rest] : rows;
}

/** Where a needle stands, as `Scanner.find` tells it. */
export interface Occurrence {
  readonly position: number;
  readonly row: number;
  readonly column: number;
}

export function readSlowly(text: string, grammar: Grammar): ReadText {
  return grammar.kind === "delimited" ? readFields(text, grammar) : readElements(text);
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
  const quoted = quote === "" ? "" : `(?:${quote}(?:[^${quote}]|${quote}${quote})*(?:${quote}|$))?`;
  const field = new RegExp(`${quoted}${plain}(\\x${newline}|\\x${delimiter}|$)`, "y");
  const read: ReadText = { starts: [], rowOf: [], columnOf: [], end: text.length };
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
  return read;
}

function readElements(text: string): ReadText {
  const read: ReadText = { starts: [], rowOf: [], columnOf: [], end: text.length };
  let depth = 0;
  let isBehind = false;
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\[^])*(?:"|\\?$)|[^]/g)) {
    const at = read.rowOf.length;
    append(read, token.length, 0);
    if (isBehind) continue;
    if (token === "]" && depth === 0) {
      isBehind = true;
      read.end = at;
    }
    if ("[{".includes(token)) depth++;
    if ("]}".includes(token)) depth = Math.max(0, depth - 1);
    if (token === "," && depth === 0) read.starts.push(read.rowOf.length);
  }
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
