import type { Readable } from "node:stream";

/** So much is taken off the connection ahead of whoever writes it, unless told otherwise. */
const usuallyAhead = 512 * 1024;

/**
 * Takes the bytes of a body over as they come and hands them on when asked. A stream that fails forgets what it still
 * held; bytes in here outlive the connection they came over.
 */
export class BodyIntake {
  readonly #body: Readable;
  readonly #mostAhead: number;
  #chunks: Buffer[] = [];
  #bytes = 0;
  #end: { readonly error?: Error } | undefined;
  #wake: (() => void) | undefined;

  /**
   * @param onBytes told of all that comes, at once.
   * @param mostAhead bytes to hold before the body is paused.
   */
  constructor(body: Readable, onBytes: (count: number) => void = () => undefined, mostAhead = usuallyAhead) {
    this.#body = body;
    this.#mostAhead = mostAhead;
    const end = (error?: Error): void => {
      this.#end ??= error === undefined ? {} : { error };
      this.#wake?.();
    };
    if (body.errored !== null) end(body.errored);
    body.on("error", end);
    body.on("end", () => end());
    body.on("close", () => end(new Error("The body was closed before its end.")));
    body.on("data", (chunk: Buffer) => {
      onBytes(chunk.byteLength);
      this.#chunks.push(chunk);
      this.#bytes += chunk.byteLength;
      if (this.isFull) body.pause();
      this.#wake?.();
    });
  }

  /** More has come than is handed on, so no more is taken for now. */
  get isFull(): boolean {
    return this.#bytes >= this.#mostAhead;
  }

  /**
   * The beginning of the body: at least `wanted` bytes, or all where there are fewer.
   *
   * @throws what the body failed with before so many bytes had come.
   */
  async beginning(wanted: number): Promise<Buffer> {
    while (this.#bytes < wanted && this.#end === undefined) await this.#more();
    if (this.#bytes < wanted && this.#end?.error !== undefined) throw this.#end.error;
    const chunks = this.#chunks;
    this.#chunks = [];
    this.#handedOn(this.#bytes);
    return Buffer.concat(chunks);
  }

  /**
   * Hands each chunk over to `take`, and waits while it asks to.
   *
   * @throws what the body failed with, once all that had come is handed on; what `take` throws.
   */
  async through(take: (chunk: Buffer) => Promise<void> | undefined): Promise<void> {
    for (;;) {
      const chunks = this.#chunks;
      this.#chunks = [];
      for (const chunk of chunks) {
        // Whoever takes a chunk may empty it.
        const { byteLength } = chunk;
        const room = take(chunk);
        if (room !== undefined) await room;
        this.#handedOn(byteLength);
      }
      if (this.#chunks.length > 0) continue;
      if (this.#end?.error !== undefined) throw this.#end.error;
      if (this.#end !== undefined) return;
      await this.#more();
    }
  }

  #handedOn(bytes: number): void {
    this.#bytes -= bytes;
    if (!this.isFull && this.#body.isPaused()) this.#body.resume();
  }

  #more(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }
}
