import type { PartFile } from "./partFile.ts";

/** Small writes cost as much time as large ones, so chunks are gathered up to this many bytes. */
const gatheredBytes = 256 * 1024;
/** No more than this waits in memory for the disk. */
const waitingBytes = 1024 * 1024;
/** What came slowly is written after this time all the same, so that little is lost and a growing file can be shown. */
const longestWaitMs = 100;

/** Gathers the chunks of a body and writes them to a part, one write at a time while the next is gathered. */
export class PartWriter {
  readonly #part: PartFile;
  readonly #onWritten: (length: number) => void;
  #chunks: Uint8Array[] = [];
  #bytes = 0;
  #writing: Promise<void> | undefined;
  #failure: { readonly error: unknown } | undefined;
  #writtenAt = performance.now();

  /** @param onWritten told the part's length after each write. */
  constructor(part: PartFile, onWritten: (length: number) => void) {
    this.#part = part;
    this.#onWritten = onWritten;
  }

  /**
   * Takes a chunk over.
   *
   * @returns a promise to wait for before the next chunk is given, where the disk is slower than the network.
   */
  take(chunk: Uint8Array): Promise<void> | undefined {
    this.#chunks.push(chunk);
    this.#bytes += chunk.byteLength;
    const slow = performance.now() - this.#writtenAt > longestWaitMs;
    if (this.#writing === undefined && (this.#bytes >= gatheredBytes || slow)) this.#write();
    if (this.#bytes < waitingBytes && this.#failure === undefined) return undefined;
    return this.#roomMade();
  }

  /** Writes whatever waits; answers, or fails, when all of it is written. */
  async flush(): Promise<void> {
    while (this.#writing !== undefined || this.#bytes > 0) {
      if (this.#writing === undefined) this.#write();
      await this.#roomMade();
    }
    this.#throwFailure();
  }

  async #roomMade(): Promise<void> {
    await this.#writing;
    this.#throwFailure();
  }

  #throwFailure(): void {
    if (this.#failure !== undefined) throw this.#failure.error;
  }

  #write(): void {
    const chunks = this.#chunks;
    this.#chunks = [];
    this.#bytes = 0;
    this.#writing = this.#part
      .append(chunks)
      .catch((error: unknown) => {
        this.#failure ??= { error };
      })
      .then(() => {
        this.#writing = undefined;
        this.#writtenAt = performance.now();
        this.#onWritten(this.#part.length);
      });
  }
}
