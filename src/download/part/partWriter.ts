import type { PartFile } from "./partFile.ts";

/** Small writes take as long as large ones, so chunks are collected up to this size. */
const batchBytes = 256 * 1024;
/** The most that is kept in memory until it is written. */
const maxPendingBytes = 1024 * 1024;
/**
 * Chunks that arrive slowly are written after this time, so that little is lost in a crash and the unfinished file can
 * be shown.
 */
const longestWaitMs = 100;

/**
 * Collects the chunks of a body and writes them to a part. Only one write runs at a time; meanwhile the next is
 * collected.
 */
export class PartWriter {
  readonly #part: PartFile;
  readonly #onWritten: (length: number) => void;
  #chunks: Uint8Array[] = [];
  #bytes = 0;
  #writing: Promise<void> | undefined;
  #failure: { readonly error: unknown } | undefined;
  #writtenAt = performance.now();

  /** @param onWritten called with the part's length after each write. */
  constructor(part: PartFile, onWritten: (length: number) => void) {
    this.#part = part;
    this.#onWritten = onWritten;
  }

  /**
   * Accepts a chunk, which must not be used afterwards.
   *
   * @returns a promise to wait for before the next chunk, if the disk is slower than the network.
   */
  take(chunk: Uint8Array): Promise<void> | undefined {
    this.#chunks.push(chunk);
    this.#bytes += chunk.byteLength;
    const slow = performance.now() - this.#writtenAt > longestWaitMs;
    if (this.#writing === undefined && (this.#bytes >= batchBytes || slow)) this.#write();
    if (this.#bytes < maxPendingBytes && this.#failure === undefined) return undefined;
    return this.#roomMade();
  }

  /** Writes everything that is pending. Resolves or rejects when all of it is written. */
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
