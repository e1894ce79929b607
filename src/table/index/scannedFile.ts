import type { Grammar, Scanner } from "../scan/scanner.ts";
import type { ByteSource } from "../source/byteSource.ts";
import { maskRead, type MixedEncoding } from "../source/mixedText.ts";
import { narrowUtf16 } from "../source/narrow.ts";

/** A file with everything that is needed to find its rows. Each call that reads overwrites `scanner.input`. */
export interface ScannedFile {
  readonly source: ByteSource;
  readonly scanner: Scanner;
  readonly grammar: Grammar;
  readonly bytesPerCharacter: 1 | 2;
  readonly littleEndian: boolean;
  /** Present if a byte below 128 can be part of another character. */
  readonly mixed?: MixedEncoding;
}

/** The bytes of a row: from the first one up to, but not including, the one after its newline or comma. */
export interface RowSpan {
  readonly start: number;
  readonly end: number;
}

/**
 * Fills `target` with the file's text from `byte` on, with one byte per character.
 *
 * @returns how many characters were read; fewer than `target` has room for at the end of the file, or because UTF-16
 * needs twice the room
 */
export function readCharacters(file: ScannedFile, target: Uint8Array, byte: number): number {
  const whole = wholeBytes(file, file.source.size - byte);
  const bytes = file.source.read(target.subarray(0, Math.min(whole, wholeBytes(file, target.length))), byte);
  if (file.mixed !== undefined) maskRead(file.source, target.subarray(0, bytes), byte, file.mixed);
  return file.bytesPerCharacter === 1 ? bytes : narrowUtf16(target.subarray(0, bytes), target, file.littleEndian);
}

/** The number of these bytes that are complete characters. */
export function wholeBytes({ bytesPerCharacter }: Pick<ScannedFile, "bytesPerCharacter">, bytes: number): number {
  return Math.max(0, bytes - (bytes % bytesPerCharacter));
}

/** Whether there is anything except the white space of JSON, and another byte that says nothing. */
export function hasText(bytes: Uint8Array, from: number, to: number, other?: number): boolean {
  for (let at = from; at < to; at++) {
    if (!isSpace(bytes[at]) && bytes[at] !== other) return true;
  }
  return false;
}

export function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}
