import { Readable } from "node:stream";

/** What a body needs from its connection. */
export interface BodySource {
  /** Stops the flow of bytes until `resume`. */
  pause(): void;
  resume(): void;
  /** The reader stopped early, so the connection can be closed. */
  leave(): void;
  /** Called once, however the body ended. */
  ended(): void;
}

/** The bytes of a response, read at the reader's speed. The connection is free once they are read or destroyed. */
export class AnswerBody extends Readable {
  readonly #source: BodySource;
  #whole = false;

  constructor(source: BodySource) {
    super({ highWaterMark: 256 * 1024 });
    this.#source = source;
    // A body may fail before anyone reads it. The reader still gets the error, but it must not end the process.
    this.on("error", () => undefined);
  }

  /**
   * Takes a chunk from the connection.
   *
   * @param isLast no more bytes follow. Then the flow is not stopped, because undici still has to see the end: if the
   * server closes the connection before a slow reader goes on, undici would report the complete body as incomplete.
   */
  arrive(chunk: Buffer, isLast: boolean): void {
    if (!this.push(chunk) && !isLast) this.#source.pause();
  }

  /** The last byte has arrived. */
  finish(): void {
    this.#whole = true;
    this.push(null);
  }

  override _read(): void {
    this.#source.resume();
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    if (!this.#whole) this.#source.leave();
    this.#source.ended();
    callback(error);
  }
}
