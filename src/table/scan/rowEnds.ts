import {
  afterAll,
  afterArray,
  afterBackslash,
  afterEscape,
  afterQuote,
  fieldStart,
  inField,
  inQuotes,
  inString,
  outsideString,
} from "./modes.ts";
import type { Grammar, ScanState } from "./scanner.ts";

const comma = 0x2c;
const doubleQuote = 0x22;
const backslash = 0x5c;
const space = 0x20;
const openingBracket = 0x5b;
const closingBracket = 0x5d;
/** The value of `[` and `{` with the bit set, and of no other character. */
const openingBrace = 0x7b;
const closingBrace = 0x7d;
const bracketFold = 0x20;

type Delimited = Extract<Grammar, { kind: "delimited" }>;

/** The state at the first byte of a row. */
export function freshState(): ScanState {
  return { mode: 0, depth: 0, column: 0 };
}

/**
 * Continues to the end of the row, in plain code that follows the rules of `Scanner`.
 *
 * @returns the position after the row's end, with `state` reset for the next row; -1 if `to` was reached first
 */
export function rowEnd(bytes: Uint8Array, grammar: Grammar, state: ScanState, from: number, to: number): number {
  switch (grammar.kind) {
    case "delimited":
      return grammar.skipsBlank === true
        ? filledLineEnd(bytes, grammar, state, from, to)
        : lineEnd(bytes, grammar, state, from, to);
    case "jsonArray":
      return elementEnd(bytes, grammar.reopens === true, state, from, to);
    case "jsonValues":
      return valueEnd(bytes, state, from, to);
  }
}

function lineEnd(bytes: Uint8Array, grammar: Delimited, state: ScanState, from: number, to: number): number {
  const { delimiter, quote, newline, escapes, skipsSpaces } = grammar;
  let { mode, column } = state;
  for (let at = from; at < to; at++) {
    const byte = bytes[at];
    if (mode === inQuotes) {
      if (byte === quote) mode = afterQuote;
      else if (byte === backslash && escapes === true) mode = afterEscape;
    } else if (mode === afterEscape) mode = inQuotes;
    else if (byte === delimiter) {
      mode = fieldStart;
      column++;
    } else if (byte === newline) {
      state.mode = fieldStart;
      state.column = 0;
      return at + 1;
    } else if (byte === quote && mode !== inField) {
      mode = inQuotes;
    } else if (byte !== space || mode !== fieldStart || skipsSpaces !== true) {
      mode = inField;
    }
  }
  state.mode = mode;
  state.column = column;
  return -1;
}

/** The end of the next line that isn't blank. */
function filledLineEnd(bytes: Uint8Array, grammar: Delimited, state: ScanState, from: number, to: number): number {
  const { delimiter, newline } = grammar;
  let { mode, column } = state;
  for (let at = from; at < to; at++) {
    const byte = bytes[at];
    if (byte === delimiter) column++;
    if (byte === newline && mode === inField) {
      state.mode = fieldStart;
      state.column = 0;
      return at + 1;
    }
    if (byte !== newline && !isSpace(byte)) mode = inField;
  }
  state.mode = mode;
  state.column = column;
  return -1;
}

function elementEnd(bytes: Uint8Array, reopens: boolean, state: ScanState, from: number, to: number): number {
  for (let at = from; at < to && state.mode !== afterAll; at++) {
    const byte = bytes[at] ?? 0;
    if (state.mode === afterArray) {
      if (!reopens) return -1;
      if (isSpace(byte)) continue;
      state.mode = byte === openingBracket ? outsideString : afterAll;
      if (byte === openingBracket) return at + 1;
    } else if (passString(state, byte)) continue;
    else if (isOpening(byte)) state.depth++;
    else if (isClosing(byte)) {
      if (state.depth > 0) state.depth--;
      else if (byte === closingBracket) state.mode = afterArray;
    } else if (byte === comma && state.depth === 0) return at + 1;
  }
  return -1;
}

function valueEnd(bytes: Uint8Array, state: ScanState, from: number, to: number): number {
  for (let at = from; at < to; at++) {
    const byte = bytes[at] ?? 0;
    if (passString(state, byte)) continue;
    if (isOpening(byte)) state.depth++;
    else if (isClosing(byte) && state.depth > 0 && --state.depth === 0) return at + 1;
  }
  return -1;
}

/** Whether a byte is part of a JSON string, or one of its quotes. Updates the mode. */
function passString(state: ScanState, byte: number): boolean {
  if (state.mode === afterBackslash) state.mode = inString;
  else if (state.mode === inString) {
    if (byte === doubleQuote) state.mode = outsideString;
    else if (byte === backslash) state.mode = afterBackslash;
  } else if (byte === doubleQuote) state.mode = inString;
  else return false;
  return true;
}

function isOpening(byte: number): boolean {
  return (byte | bracketFold) === openingBrace;
}

function isClosing(byte: number): boolean {
  return (byte | bracketFold) === closingBrace;
}

function isSpace(byte: number | undefined): boolean {
  return byte === space || byte === 0x0a || byte === 0x0d || byte === 0x09;
}
