import {
  afterBackslash,
  afterQuote,
  afterArray,
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
const closingBracket = 0x5d;
/** The value of `[` and `{` with the bit set, and of no other character. */
const openingBracket = 0x7b;
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
  return grammar.kind === "delimited" ? lineEnd(bytes, grammar, state, from, to) : elementEnd(bytes, state, from, to);
}

function lineEnd(bytes: Uint8Array, grammar: Delimited, state: ScanState, from: number, to: number): number {
  const { delimiter, quote, newline } = grammar;
  let { mode, column } = state;
  for (let at = from; at < to; at++) {
    const byte = bytes[at];
    if (mode === inQuotes) {
      if (byte === quote) mode = afterQuote;
    } else if (byte === delimiter) {
      mode = fieldStart;
      column++;
    } else if (byte === newline) {
      state.mode = fieldStart;
      state.column = 0;
      return at + 1;
    } else if (byte === quote && mode !== inField) {
      mode = inQuotes;
    } else {
      mode = inField;
    }
  }
  state.mode = mode;
  state.column = column;
  return -1;
}

function elementEnd(bytes: Uint8Array, state: ScanState, from: number, to: number): number {
  let { mode, depth } = state;
  for (let at = from; at < to && mode !== afterArray; at++) {
    const byte = bytes[at] ?? 0;
    if (mode === afterBackslash) mode = inString;
    else if (mode === inString) {
      if (byte === doubleQuote) mode = outsideString;
      else if (byte === backslash) mode = afterBackslash;
    } else if (byte === doubleQuote) mode = inString;
    else if ((byte | bracketFold) === openingBracket) depth++;
    else if ((byte | bracketFold) === closingBrace) {
      if (depth > 0) depth--;
      else if (byte === closingBracket) mode = afterArray;
    } else if (byte === comma && depth === 0) {
      state.mode = outsideString;
      state.depth = 0;
      return at + 1;
    }
  }
  state.mode = mode;
  state.depth = depth;
  return -1;
}
