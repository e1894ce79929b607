import { isSpace } from "./scannedFile.ts";
import type { GuessedRows, TextWindow } from "./textWindow.ts";

const recordSeparator = 0x1e;

/**
 * Divides JSON values that follow one another, from somewhere in the middle. A value begins with a bracket directly
 * after another value, or at the beginning of a line.
 */
export function guessValues({ bytes, atBegin }: TextWindow): GuessedRows {
  const starts = atBegin ? [0] : [];
  for (let at = 1; at < bytes.length; at++) {
    if (isOpening(bytes[at]) && canPrecede(bytes[at - 1]) && hasValueBefore(bytes, at)) starts.push(at);
  }
  return { starts, end: bytes.length };
}

function canPrecede(byte: number | undefined): boolean {
  return byte === 0x0a || byte === 0x0d || byte === recordSeparator || isClosing(byte);
}

/** Nested values follow a comma or another bracket. */
function hasValueBefore(bytes: Uint8Array, at: number): boolean {
  let before = at - 1;
  while (before >= 0 && (isSpace(bytes[before]) || bytes[before] === recordSeparator)) before--;
  return before >= 0 && isClosing(bytes[before]);
}

function isOpening(byte: number | undefined): boolean {
  return byte === 0x7b || byte === 0x5b;
}

function isClosing(byte: number | undefined): boolean {
  return byte === 0x7d || byte === 0x5d;
}
