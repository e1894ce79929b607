import { inputCapacity, type Scanner } from "./scanner.ts";
import type { ByteSource } from "../source/byteSource.ts";
import { maskRead, type MixedEncoding, mixedEncoding } from "../source/mixedText.ts";
import { narrowUtf16 } from "../source/narrow.ts";
import { unitBytes } from "../source/textDecoding.ts";
import type { Encoding } from "../tableTypes.ts";

/** A stretch of the file in the scanner's input. Positions are in units: bytes, or pairs of bytes in UTF-16. */
export interface FileStretch {
  readonly units: number;
  /** Whether this is currently the end of the file. */
  readonly atEnd: boolean;
  /** The size of the file when this was read, in bytes. */
  readonly fileSize: number;
  /** What is scanned: one byte per unit. */
  readonly input: Buffer;
  /** The file's own bytes. Valid until the next stretch is read. */
  bytes(from: number, to: number): Uint8Array;
}

/** The stretch up to the position after which there are no rows, or the whole stretch. */
export function endedAt(stretch: FileStretch, end: number | undefined): FileStretch {
  return end === undefined ? stretch : { ...stretch, units: end, atEnd: true };
}

/** Reads stretches of a file into a scanner's input. */
export class StretchReader {
  readonly unitBytes: 1 | 2;
  readonly #source: ByteSource;
  readonly #scanner: Scanner;
  readonly #littleEndian: boolean;
  readonly #mixed: MixedEncoding | undefined;
  #wide = new Uint8Array(0);

  constructor(source: ByteSource, scanner: Scanner, encoding: Encoding) {
    this.#source = source;
    this.#scanner = scanner;
    this.unitBytes = unitBytes(encoding);
    this.#littleEndian = encoding === "utf-16le";
    this.#mixed = mixedEncoding(encoding);
  }

  /** @param units at most `inputCapacity` */
  read(byte: number, units: number): FileStretch {
    const { size } = this.#source;
    const wanted = Math.max(0, Math.min(Math.min(units, inputCapacity) * this.unitBytes, size - byte));
    const input = this.#scanner.input;
    const view = Buffer.from(input.buffer, input.byteOffset, input.byteLength);
    if (this.unitBytes === 1) {
      const length = this.#source.read(view.subarray(0, wanted), byte);
      if (this.#mixed !== undefined) return this.#masked(view, length, byte, this.#mixed);
      const bytes = (from: number, to: number) => view.subarray(from, to);
      return { units: length, atEnd: byte + length >= size, fileSize: size, input: view, bytes };
    }
    if (this.#wide.length < wanted) this.#wide = new Uint8Array(wanted);
    const wide = this.#wide;
    const length = this.#source.read(wide.subarray(0, wanted), byte);
    const narrowed = narrowUtf16(wide.subarray(0, length), view, this.#littleEndian);
    const bytes = (from: number, to: number) => wide.subarray(from * 2, to * 2);
    return { units: narrowed, atEnd: byte + length >= size, fileSize: size, input: view, bytes };
  }
  /** Bytes that are part of other characters are not scanned. */
  #masked(view: Buffer, length: number, byte: number, mixed: MixedEncoding): FileStretch {
    const { size } = this.#source;
    const own = Uint8Array.from(view.subarray(0, length));
    maskRead(this.#source, view.subarray(0, length), byte, mixed);
    const bytes = (from: number, to: number) => own.subarray(from, to);
    return { units: length, atEnd: byte + length >= size, fileSize: size, input: view, bytes };
  }
}
