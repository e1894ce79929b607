import type { ByteSource } from "../../../../src/table/source/byteSource.ts";
import type { ScannedFile } from "../../../../src/table/index/scannedFile.ts";
import type { Grammar, Scanner } from "../../../../src/table/scan/scanner.ts";

/** A file in memory that grows. */
export class TextSource implements ByteSource {
  size: number;
  /** Bytes that were handed out. */
  bytesRead = 0;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array, size = bytes.length) {
    this.#bytes = bytes;
    this.size = size;
  }

  read(target: Uint8Array, position: number): number {
    const bytes = this.#bytes.subarray(position, Math.min(this.size, position + target.length));
    target.set(bytes);
    this.bytesRead += bytes.length;
    return bytes.length;
  }

  close(): void {
    this.size = 0;
  }
}

export type Width = "one" | "little" | "big";

/** The text, one or two bytes a character, behind some bytes that are no row. */
export function bytesOf(text: string, width: Width, before: number): Uint8Array {
  const bytes = Buffer.from(text, width === "one" ? "latin1" : "utf16le");
  return Buffer.concat([Buffer.alloc(before, "\n"), width === "big" ? bytes.swap16() : bytes]);
}

/** A file of this text in memory, as builder and spans take it. */
export function fileOf(source: TextSource, scanner: Scanner, grammar: Grammar, width: Width = "one"): ScannedFile {
  return { source, scanner, grammar, bytesPerCharacter: width === "one" ? 1 : 2, littleEndian: width === "little" };
}
