import type { Needle } from "../scan/scanner.ts";
import { decodeText } from "../source/textDecoding.ts";
import type { Encoding, Reading } from "../tableTypes.ts";

/** Characters of a needle; more would not make it rarer. */
const longestNeedle = 64;

/** How the pieces are looked for. */
export interface NeedleRules {
  readonly reading: Reading;
  /** ASCII letters match in either case. */
  readonly foldsCase: boolean;
  /** `k` and `s` match a character that is not ASCII, too, and none that the encoding has can be looked for instead. */
  readonly without?: RegExp;
}

/** The longest text within one of the pieces that stands in the file's bytes just as it stands in a cell. */
export function longestNeedleOf(pieces: readonly string[], rules: NeedleRules): Needle | undefined {
  let longest: Uint8Array | undefined;
  for (const piece of pieces.flatMap((text) => findableRuns(text, rules))) {
    const bytes = encode(piece.slice(0, longestNeedle).toWellFormed(), rules.reading.encoding);
    if (bytes !== undefined && bytes.length > (longest?.length ?? 0)) longest = bytes;
  }
  return longest && folded(longest, rules.foldsCase);
}

/** The whole text as a needle, if it stands in the file's bytes just as it stands in a cell. */
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
  // JSON may write all other characters in another way.
  if (reading.kind !== "delimited") return /[A-Za-z0-9_ -]/.test(character);
  if (character === reading.delimiter || character === reading.quote || character === "\n" || character === "\r") {
    return false;
  }
  if ((character.codePointAt(0) ?? 0) < 128) return true;
  // Decoding puts U+FFFD where bytes are no text.
  if (!character.isWellFormed() || character === "\ufffd") return false;
  const hasCase = !/\p{Lo}/u.test(character);
  return !(foldsCase && hasCase) && encode(character, reading.encoding) !== undefined;
}

function encode(text: string, encoding: Encoding): Uint8Array | undefined {
  if (encoding === "utf-8") return Buffer.from(text);
  // Narrowed to one byte a unit, only ASCII is left.
  if (encoding !== "windows-1252") return /^[\0-\x7f]*$/.test(text) ? Buffer.from(text) : undefined;
  const bytes = Array.from(text, (character) => westernCharacters().indexOf(character));
  return bytes.includes(-1) ? undefined : Uint8Array.from(bytes);
}

let western: string | undefined;

function westernCharacters(): string {
  western ??= decodeText(
    Uint8Array.from({ length: 256 }, (_, byte) => byte),
    "windows-1252",
  );
  return western;
}

function folded(bytes: Uint8Array, foldsCase: boolean): Needle {
  const lower = bytes.map((byte) => (byte >= 65 && byte <= 90 ? byte + 32 : byte));
  const hasLetters = lower.some((byte) => byte >= 97 && byte <= 122);
  return foldsCase && hasLetters ? { bytes: lower, foldsCase: true } : { bytes, foldsCase: false };
}
