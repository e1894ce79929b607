import type { ByteSource } from "./byteSource.ts";
import type { MixedEncoding } from "./mixedText.ts";

/** How characters are encoded in the file's bytes. */
export interface Units {
  readonly bytesPerCharacter: 1 | 2;
  readonly littleEndian: boolean;
  /** Present if a byte below 128 can be part of another character. */
  readonly mixed?: MixedEncoding;
}

export interface TrimUnits extends Units {
  /** Whether lines of spaces are blank, too. */
  readonly spacesAreBlank: boolean;
}

const space = 0x20;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;
/** Ctrl+Z, the end of a file for old programs. */
const endMark = 0x1a;
/** An even number of bytes. */
const chunkBytes = 1 << 16;
/** How many characters after the last one that counts can belong to its row. */
const longestEnd = 1 << 16;

/**
 * Where a file ends without the blank lines and the Ctrl+Z at its end. The newline of the last row is included. Looks at
 * every byte once, however often the file grows: a small archive can contain gigabytes of blank lines.
 */
export class FilledEnd {
  readonly #units: TrimUnits;
  readonly #begin: number;
  /** The byte up to which the file was looked at. */
  #lookedTo: number;
  /** The byte after the last character that isn't blank. */
  #filledTo: number;

  /** @param begin the first byte that counts */
  constructor(units: TrimUnits, begin: number) {
    this.#units = units;
    this.#begin = begin;
    this.#lookedTo = begin;
    this.#filledTo = begin;
  }

  /** @param source the file, which is as long as before or longer */
  of(source: ByteSource): number {
    const units = this.#units;
    const whole = Math.max(0, source.size - this.#begin);
    const end = this.#begin + whole - (whole % units.bytesPerCharacter);
    this.#filledTo = lastFilled(source, units, this.#lookedTo, end) ?? this.#filledTo;
    this.#lookedTo = end;
    return this.#filledTo === this.#begin ? this.#begin : afterNewline(source, units, this.#filledTo, end);
  }
}

/** The byte after the last character between two bytes that isn't blank; undefined if all are. */
function lastFilled(source: ByteSource, units: TrimUnits, begin: number, end: number): number | undefined {
  for (let to = end; to > begin; to -= chunkBytes) {
    const from = Math.max(begin, to - chunkBytes);
    const codes = codesOf(source, units, from, to);
    let filled = codes.length;
    while (filled > 0 && isBlank(codes[filled - 1] ?? 0, units)) filled--;
    if (filled > 0) return from + filled * units.bytesPerCharacter;
  }
  return undefined;
}

/** After the spaces of the last row and its newline: CR and LF in the usual orders. */
function afterNewline(source: ByteSource, units: Units, from: number, end: number): number {
  const codes = codesOf(source, units, from, Math.min(end, from + longestEnd * units.bytesPerCharacter));
  let spaces = 0;
  while (codes[spaces] === space) spaces++;
  let length = spaces;
  while (codes[length] === carriageReturn) length++;
  if (codes[length] === lineFeed) length++;
  else length = Math.min(length, spaces + 1);
  return from + length * units.bytesPerCharacter;
}

function codesOf(source: ByteSource, units: Units, from: number, to: number): Uint8Array | Uint16Array {
  const bytes = new Uint8Array(to - from);
  source.read(bytes, from);
  if (units.bytesPerCharacter === 1) return bytes;
  const low = units.littleEndian ? 0 : 1;
  return Uint16Array.from(
    { length: bytes.length >> 1 },
    (_, index) => (bytes[index * 2 + low] ?? 0) + (bytes[index * 2 + 1 - low] ?? 0) * 256,
  );
}

function isBlank(code: number, { spacesAreBlank }: TrimUnits): boolean {
  return code === lineFeed || code === carriageReturn || code === endMark || (spacesAreBlank && code === space);
}
