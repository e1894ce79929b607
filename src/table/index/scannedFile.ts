import type { Grammar, Scanner } from "../scan/scanner.ts";
import type { ByteSource } from "../source/byteSource.ts";
import { narrowUtf16 } from "../source/narrow.ts";

/** A file with all that is needed to find its rows. What `scanner.input` held is overwritten by each call that reads. */
export interface ScannedFile {
  readonly source: ByteSource;
  readonly scanner: Scanner;
  readonly grammar: Grammar;
  readonly bytesPerCharacter: 1 | 2;
  readonly littleEndian: boolean;
}

/** Where a row lies in the file, in bytes: from its first one to behind the newline or comma that ends it. */
export interface RowSpan {
  readonly start: number;
  readonly end: number;
}

/**
 * Fills `target` with the file's text from `byte` on, one byte a character.
 *
 * @returns characters read; fewer than `target` takes at the end of the file, or because they need twice the room
 */
export function readCharacters(file: ScannedFile, target: Uint8Array, byte: number): number {
  const whole = wholeBytes(file, file.source.size - byte);
  const bytes = file.source.read(target.subarray(0, Math.min(whole, wholeBytes(file, target.length))), byte);
  return file.bytesPerCharacter === 1 ? bytes : narrowUtf16(target.subarray(0, bytes), target, file.littleEndian);
}

/** So many of these bytes as are whole characters. */
export function wholeBytes({ bytesPerCharacter }: Pick<ScannedFile, "bytesPerCharacter">, bytes: number): number {
  return Math.max(0, bytes - (bytes % bytesPerCharacter));
}

/** Whether there is anything but white space, as JSON knows it. */
export function hasText(bytes: Uint8Array, from: number, to: number): boolean {
  for (let at = from; at < to; at++) {
    if (!isSpace(bytes[at])) return true;
  }
  return false;
}

export function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}
