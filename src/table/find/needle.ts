import type { Needle } from "../scan/scanner.ts";
import { encodeText } from "../source/textDecoding.ts";
import type { Encoding, Reading } from "../tableTypes.ts";

/** The most characters of a needle. More would not make it rarer. */
const longestNeedle = 64;

/** How the pieces are searched. */
export interface NeedleRules {
  readonly reading: Reading;
  /** Whether to ignore the case of ASCII letters. */
  readonly foldsCase: boolean;
  /**
   * Characters that a needle can't contain: `k` and `s` if they also match a non-ASCII character, which can't be
   * searched in this encoding.
   */
  readonly without?: RegExp;
}

/** The longest part of the pieces that is in the file's bytes exactly as it is in a cell. */
export function longestNeedleOf(pieces: readonly string[], rules: NeedleRules): Needle | undefined {
  let longest: Uint8Array | undefined;
  for (const piece of pieces.flatMap((text) => findableRuns(text, rules))) {
    const bytes = encode(piece.slice(0, longestNeedle).toWellFormed(), rules.reading.encoding);
    if (bytes !== undefined && bytes.length > (longest?.length ?? 0)) longest = bytes;
  }
  return longest && folded(longest, rules.foldsCase);
}

/** The whole text as a needle, if it is in the file's bytes exactly as it is in a cell. */
export function wholeNeedle(text: string, rules: NeedleRules): Needle | undefined {
  if (text.length > 4096 || findableRuns(text, rules)[0] !== text) return undefined;
  const bytes = encode(text, rules.reading.encoding);
  return bytes && folded(bytes, rules.foldsCase);
}

/** A needle for exactly this text. */
export function exactNeedle(text: string, foldsCase = false): Needle {
  return { bytes: Buffer.from(text), foldsCase };
}

function findableRuns(text: string, rules: NeedleRules): string[] {
  const runs: string[] = [];
  let run = "";
  for (const character of text) {
    if (isFindable(character, rules)) run += character;
    else {
      if (run !== "") runs.push(run);
      run = "";
    }
  }
  if (run !== "") runs.push(run);
  return runs;
}

function isFindable(character: string, { reading, foldsCase, without }: NeedleRules): boolean {
  if (without?.test(character) === true) return false;
  // JSON can escape all other characters.
  if (reading.kind !== "delimited") return /[A-Za-z0-9_ -]/.test(character);
  if (character === "\\" && reading.escape !== undefined) return false;
  if (character === reading.delimiter || character === reading.quote || character === "\n" || character === "\r") {
    return false;
  }
  if ((character.codePointAt(0) ?? 0) < 128) return true;
  // Invalid bytes are decoded as U+FFFD.
  if (!character.isWellFormed() || character === "\ufffd") return false;
  const hasCase = !/\p{Lo}/u.test(character);
  return !(foldsCase && hasCase) && encode(character, reading.encoding) !== undefined;
}

function encode(text: string, encoding: Encoding): Uint8Array | undefined {
  if (encoding === "utf-8") return Buffer.from(text);
  // When narrowed to one byte per unit, only ASCII stays the same.
  if (encoding !== "windows-1252") return /^[\0-\x7f]*$/.test(text) ? Buffer.from(text) : undefined;
  return encodeText(text, encoding);
}

function folded(bytes: Uint8Array, foldsCase: boolean): Needle {
  const lower = bytes.map((byte) => (byte >= 65 && byte <= 90 ? byte + 32 : byte));
  const hasLetters = lower.some((byte) => byte >= 97 && byte <= 122);
  return foldsCase && hasLetters ? { bytes: lower, foldsCase: true } : { bytes, foldsCase: false };
}
