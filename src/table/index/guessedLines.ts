import { afterEscape, afterQuote, fieldStart, inField, inQuotes } from "../scan/modes.ts";
import { freshState, rowEnd } from "../scan/rowEnds.ts";
import type { Grammar, ScanState } from "../scan/scanner.ts";
import type { GuessedRows, TextWindow } from "./textWindow.ts";

const space = 0x20;
const backslash = 0x5c;

type Quoting = Extract<Grammar, { kind: "delimited" }> & { readonly quote: number };

/**
 * Divides delimited text from somewhere in the middle of a file. Tries both: that it begins inside of quotes, and that
 * it begins outside. The wrong guess finds quotes in the middle of fields. If that decides nothing, the guess with more
 * rows of the expected number of fields wins.
 */
export function guessLines(window: TextWindow, grammar: Grammar, expectedColumns: number): GuessedRows {
  const outside = divide(window, grammar, fieldStart);
  if (window.atBegin || !isQuoting(grammar)) return outside;
  const inside = divide(window, grammar, inQuotes);
  const strayOutside = strayQuotes(window.bytes, grammar, fieldStart);
  const strayInside = strayQuotes(window.bytes, grammar, inQuotes);
  if (strayOutside !== strayInside) return strayInside < strayOutside ? inside : outside;
  const fitting = (rows: GuessedRows) => fittingCharacters(window.bytes, rows, grammar, expectedColumns);
  return fitting(inside) > fitting(outside) ? inside : outside;
}

function isQuoting(grammar: Grammar): grammar is Quoting {
  return grammar.kind === "delimited" && grammar.quote !== undefined;
}

function divide({ bytes, atBegin }: TextWindow, grammar: Grammar, mode: number): GuessedRows {
  const starts = atBegin ? [0] : [];
  const state: ScanState = { ...freshState(), mode };
  for (let at = rowEnd(bytes, grammar, state, 0, bytes.length); at !== -1;) {
    starts.push(at);
    at = rowEnd(bytes, grammar, state, at, bytes.length);
  }
  return { starts, end: bytes.length };
}

/** The number of characters in rows with the expected number of fields. */
function fittingCharacters(bytes: Uint8Array, rows: GuessedRows, grammar: Grammar, expectedColumns: number): number {
  let characters = 0;
  for (const [place, start] of rows.starts.entries()) {
    const end = (rows.starts[place + 1] ?? bytes.length + 1) - 1;
    const state = freshState();
    rowEnd(bytes, grammar, state, start, end);
    if (state.column + 1 === expectedColumns) characters += end - start;
  }
  return characters;
}

/** The number of quotes that no program would write: in the middle of a field, or closing before the end of a field. */
function strayQuotes(
  bytes: Uint8Array,
  { quote, delimiter, newline, escapes, skipsSpaces }: Quoting,
  from: number,
): number {
  let stray = 0;
  let mode = from;
  for (const byte of bytes) {
    if (mode === inQuotes) {
      if (byte === quote) mode = afterQuote;
      else if (byte === backslash && escapes === true) mode = afterEscape;
    } else if (mode === afterEscape) mode = inQuotes;
    else if (byte === delimiter || byte === newline) mode = fieldStart;
    else if (byte === quote && mode !== inField) mode = inQuotes;
    else if (byte !== space || mode !== fieldStart || skipsSpaces !== true) {
      // A carriage return before the newline is part of the field.
      if (byte === quote || (mode === afterQuote && byte !== 0x0d)) stray++;
      mode = inField;
    }
  }
  return stray;
}
