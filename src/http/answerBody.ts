import { Readable } from "node:stream";

/** What a body needs of the connection it comes from. */
export interface BodySource {
  /** Asks for no more bytes until `resume`. */
  pause(): void;
  resume(): void;
  /** The reader has left early; the connection may go. */
  leave(): void;
  /** Called once, whatever the end was. */
  ended(): void;
}

/** The bytes of an answer: read at the reader's speed, and free of the connection once read or destroyed. */
export class AnswerBody extends Readable {
  readonly #source: BodySource;
  #whole = false;

  constructor(source: BodySource) {
    super({ highWaterMark: 256 * 1024 });
    this.#source = source;
    // A body may fail before its reader has begun; the reader still finds the error, the process must not end of it.
    this.on("error", () => undefined);
  }

  /** Takes a chunk over from the connection. */
  arrive(chunk: Buffer): void {
    if (!this.push(chunk)) this.#source.pause();
  }

  /** The last byte has come. */
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
