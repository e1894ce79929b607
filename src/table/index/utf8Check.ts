import { isAscii, isUtf8 } from "node:buffer";

/** The bytes at the ends of a stretch that can belong to a character of four bytes in the next one. */
const longestRest = 3;

/** Looks for the first bytes of a file that are not UTF-8. */
export class Utf8Check {
  /** Whether there was a character of several bytes, which only UTF-8 has in this form. */
  hasCharacters = false;
  /** The first byte of the stretch in which something isn't UTF-8. */
  wrongFrom: number | undefined;

  /** @param byte where the stretch begins in the file; stretches follow one another */
  pass(stretch: Uint8Array, byte: number): void {
    if (this.wrongFrom !== undefined || isAscii(stretch)) return;
    if (isUtf8(wholeCharacters(stretch))) this.hasCharacters = true;
    else this.wrongFrom = byte;
  }

  /** What another check found in the bytes that follow. */
  passed(wrongFrom: number | undefined, hasCharacters: boolean): void {
    if (this.wrongFrom !== undefined) return;
    this.wrongFrom = wrongFrom;
    this.hasCharacters ||= hasCharacters;
  }
}

/** Without the end of a character at the beginning, and without the beginning of one at the end. */
function wholeCharacters(stretch: Uint8Array): Uint8Array {
  let from = 0;
  while (from < longestRest && isContinuation(stretch[from])) from++;
  let to = stretch.length;
  while (to > stretch.length - longestRest && isContinuation(stretch[to - 1])) to--;
  const last = stretch[to - 1] ?? 0;
  const length = last >= 0xf0 ? 4 : last >= 0xe0 ? 3 : last >= 0xc0 ? 2 : 1;
  const isCut = length > stretch.length - to + 1;
  return stretch.subarray(from, Math.max(from, isCut ? to - 1 : stretch.length));
}

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x80 && byte < 0xc0;
}
