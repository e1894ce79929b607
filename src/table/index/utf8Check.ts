import { isAscii, isUtf8 } from "node:buffer";

/** The most bytes of a character that is cut off. */
const longestRest = 3;

/** Looks for the first bytes of a file that are not UTF-8. */
export class Utf8Check {
  /** Whether there was a character of several bytes, which only UTF-8 has in this form. */
  hasCharacters = false;
  /** The first byte of the stretch in which something isn't UTF-8. */
  wrongFrom: number | undefined;
  /** The beginning of a character at the end of the last stretch. */
  #rest = new Uint8Array(0);

  /** @param byte where the stretch begins in the file; stretches follow one another */
  pass(stretch: Uint8Array, byte: number): void {
    if (this.wrongFrom !== undefined || (this.#rest.length === 0 && isAscii(stretch))) return;
    const bytes = this.#rest.length === 0 ? stretch : Buffer.concat([this.#rest, stretch]);
    const whole = bytes.subarray(0, bytes.length - cutOff(bytes));
    if (!isUtf8(whole)) {
      this.wrongFrom = byte;
      return;
    }
    this.hasCharacters ||= !isAscii(whole);
    this.#rest = Uint8Array.from(bytes.subarray(whole.length));
  }

  /** What another check found in the bytes that follow, from the beginning of a row at `byte` on. */
  passed(byte: number, wrongFrom: number | undefined, hasCharacters: boolean): void {
    if (this.wrongFrom !== undefined) return;
    this.wrongFrom = this.#rest.length > 0 ? byte : wrongFrom;
    this.hasCharacters ||= hasCharacters;
  }
}

/** How many bytes at the end are the beginning of a character. */
function cutOff(bytes: Uint8Array): number {
  let to = bytes.length;
  while (to > Math.max(0, bytes.length - longestRest) && isContinuation(bytes[to - 1])) to--;
  const first = bytes[to - 1] ?? 0;
  const length = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 1;
  const there = bytes.length - to + 1;
  return length > there ? there : 0;
}

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x80 && byte < 0xc0;
}
