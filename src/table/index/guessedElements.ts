import { freshState, rowEnd } from "../scan/rowEnds.ts";
import type { Grammar } from "../scan/scanner.ts";
import { isSpace } from "./scannedFile.ts";
import type { GuessedRows, TextWindow } from "./textWindow.ts";

const grammar: Grammar = { kind: "jsonArray" };
const comma = 0x2c;
const quote = 0x22;
const backslash = 0x5c;

/** The characters that can be outside of JSON strings, including brackets. */
const outsideStrings = new Set(Buffer.from(' \t\r\n{}[]:,"+-.0123456789eEtrufalsn'));

/**
 * Divides a JSON array from somewhere in the middle. Tries both: that the text begins inside of a string, and that it
 * begins outside. Characters that are not allowed inside or outside of strings show which one is right. Records are
 * then assumed to be separated by the commas with the least nesting.
 */
export function guessElements(window: TextWindow): GuessedRows {
  const { bytes } = window;
  if (window.atBegin) return divideFromBegin(bytes);
  const from = bytes.findIndex((_, at) => at > 0 && bytes[at - 1] !== backslash);
  if (from === -1) return { starts: [], end: bytes.length };
  const outside = survey(bytes, from, false);
  const inside = survey(bytes, from, true);
  const isOutside = outside.wrong === inside.wrong ? outside.commas >= inside.commas : outside.wrong < inside.wrong;
  return divide(bytes, from, isOutside ? { isInside: false, ...outside } : { isInside: true, ...inside });
}

function divideFromBegin(bytes: Uint8Array): GuessedRows {
  const starts = [0];
  const state = freshState();
  for (let at = rowEnd(bytes, grammar, state, 0, bytes.length); at !== -1;) {
    starts.push(at);
    at = rowEnd(bytes, grammar, state, at, bytes.length);
  }
  const last = divide(bytes, starts.at(-1) ?? 0, { isInside: false, level: 0 });
  return { starts, end: last.end };
}

interface Survey {
  /** How many bytes are not allowed where they are. */
  readonly wrong: number;
  /** The nesting level of records, relative to the beginning of the text. */
  readonly level: number;
  /** The commas between them. */
  readonly commas: number;
}

function survey(bytes: Uint8Array, from: number, isInside: boolean): Survey {
  let wrong = 0;
  let anyLevel = Infinity;
  const betweenBrackets = new Map<number, number>();
  let beforeComma: number | undefined;
  let last: number | undefined;
  const walk = new StringWalk(isInside);
  for (let at = from; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    const wasInside = walk.isInside;
    walk.pass(byte);
    if (wasInside) {
      if (byte < 0x20) wrong++;
      continue;
    }
    if (!outsideStrings.has(byte)) wrong++;
    if (isSpace(byte)) continue;
    if (byte === comma) {
      anyLevel = Math.min(anyLevel, walk.depth);
      beforeComma = last;
    } else {
      if (last === comma && isOpening(byte) && isClosing(beforeComma)) {
        const level = walk.depth - 1;
        betweenBrackets.set(level, (betweenBrackets.get(level) ?? 0) + 1);
      }
    }
    last = byte;
  }
  if (betweenBrackets.size === 0) return { wrong, level: anyLevel, commas: 0 };
  const level = Math.min(...betweenBrackets.keys());
  return { wrong, level, commas: betweenBrackets.get(level) ?? 0 };
}

function divide(
  bytes: Uint8Array,
  from: number,
  { isInside, level }: { readonly isInside: boolean; readonly level: number },
): GuessedRows {
  const starts: number[] = [];
  const walk = new StringWalk(isInside);
  for (let at = from; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    const wasInside = walk.isInside;
    walk.pass(byte);
    if (wasInside) continue;
    if (byte === comma && walk.depth === level) starts.push(at + 1);
    else if (isClosing(byte) && walk.depth === level - 1) return { starts, end: at };
  }
  return { starts, end: bytes.length };
}

/** Tracks whether a text's bytes are in strings, and how deep they are nested in brackets. */
class StringWalk {
  isInside: boolean;
  depth = 0;
  #isEscaped = false;

  constructor(isInside: boolean) {
    this.isInside = isInside;
  }

  pass(byte: number): void {
    if (this.isInside) {
      if (this.#isEscaped) this.#isEscaped = false;
      else if (byte === backslash) this.#isEscaped = true;
      else if (byte === quote) this.isInside = false;
    } else if (byte === quote) this.isInside = true;
    else if (isOpening(byte)) this.depth++;
    else if (isClosing(byte)) this.depth--;
  }
}

function isOpening(byte: number | undefined): boolean {
  return byte === 0x7b || byte === 0x5b;
}

function isClosing(byte: number | undefined): boolean {
  return byte === 0x7d || byte === 0x5d;
}
