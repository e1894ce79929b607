import type { Readable } from "node:stream";
import { defined } from "../../model/defined.ts";

/** How many bytes are read ahead of the writer by default. */
const defaultAhead = 512 * 1024;

/**
 * Buffers the bytes of a body until they are taken. A stream that fails discards its own buffer; bytes in this one are
 * kept even if the connection fails.
 */
export class BodyIntake {
  readonly #body: Readable;
  readonly #mostAhead: number;
  #chunks: Buffer[] = [];
  #bytes = 0;
  #end: { readonly error?: Error } | undefined;
  #onEnd: () => void = () => undefined;
  #wake: (() => void) | undefined;

  /**
   * @param onBytes called for each chunk as soon as it arrives.
   * @param mostAhead bytes to buffer before the body is paused.
   */
  constructor(body: Readable, onBytes: (count: number) => void = () => undefined, mostAhead = defaultAhead) {
    this.#body = body;
    this.#mostAhead = mostAhead;
    const end = (error?: Error): void => {
      this.#end ??= defined({ error });
      this.#wake?.();
    };
    if (body.errored !== null) end(body.errored);
    body.on("error", end);
    body.on("end", () => {
      end();
      this.#onEnd();
    });
    body.on("close", () => end(new Error("The body was closed before its end.")));
    body.on("data", (chunk: Buffer) => {
      onBytes(chunk.byteLength);
      this.#chunks.push(chunk);
      this.#bytes += chunk.byteLength;
      if (this.isFull) body.pause();
      this.#wake?.();
    });
  }

  /** The buffer is full, so the body is paused. */
  get isFull(): boolean {
    return this.#bytes >= this.#mostAhead;
  }

  /**
   * The beginning of the body: at least `wanted` bytes, or the whole body if it is shorter.
   *
   * @throws the error of the body if it failed before that many bytes arrived.
   */
  async beginning(wanted: number): Promise<Buffer> {
    return Buffer.concat(await this.firstChunks(wanted));
  }

  /** The same, as the chunks that arrived. */
  async firstChunks(wanted: number): Promise<Buffer[]> {
    while (this.#bytes < wanted && this.#end === undefined) await this.#more();
    if (this.#bytes < wanted && this.#end?.error !== undefined) throw this.#end.error;
    const chunks = this.#chunks;
    this.#chunks = [];
    this.#release(this.#bytes);
    return chunks;
  }

  /** Calls `notify` when the last byte has arrived, or at once if it has. Not called for a body that fails or is stopped. */
  onceReceived(notify: () => void): void {
    if (this.#body.readableEnded) notify();
    else this.#onEnd = notify;
  }

  /** Ends the body here. What has already arrived is still passed on. */
  stop(): void {
    this.#end ??= {};
    this.#body.destroy();
    this.#wake?.();
  }

  /**
   * Passes each chunk to `take`, and waits if it returns a promise.
   *
   * @throws the error of the body, after all chunks that arrived before it were passed on; what `take` throws.
   */
  async through(take: (chunk: Buffer) => Promise<void> | undefined): Promise<void> {
    for (;;) {
      const chunks = this.#chunks;
      this.#chunks = [];
      for (const chunk of chunks) {
        // `take` may detach the chunk.
        const { byteLength } = chunk;
        const taken = take(chunk);
        if (taken !== undefined) await taken;
        this.#release(byteLength);
      }
      if (this.#chunks.length > 0) continue;
      if (this.#end?.error !== undefined) throw this.#end.error;
      if (this.#end !== undefined) return;
      await this.#more();
    }
  }

  #release(bytes: number): void {
    this.#bytes -= bytes;
    if (!this.isFull && this.#body.isPaused()) this.#body.resume();
  }

  #more(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }
}
