/** Bytes that are appended to one another, in memory that is used again. */
export class GrowingBytes {
  #bytes: Buffer;
  length = 0;

  constructor(capacity: number) {
    this.#bytes = Buffer.allocUnsafeSlow(capacity);
  }

  /** Valid until more is added. */
  get whole(): Buffer {
    return this.#bytes.subarray(0, this.length);
  }

  add(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.length);
    this.length += bytes.length;
  }

  /** Appends the number of a text's bytes in UTF-8, as four bytes, and the text. */
  addText(text: string): void {
    this.#reserve(lengthBytes + text.length * longestCharacter);
    const written = this.#bytes.write(text, this.length + lengthBytes);
    this.#bytes.writeUInt32LE(written, this.length);
    this.length += lengthBytes + written;
  }

  clear(): void {
    this.length = 0;
  }

  #reserve(more: number): void {
    const needed = this.length + more;
    if (needed <= this.#bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(needed, this.#bytes.length * 2));
    larger.set(this.whole);
    this.#bytes = larger;
  }
}

const lengthBytes = 4;
/** The most bytes that a character of a JavaScript string becomes in UTF-8. */
const longestCharacter = 3;
