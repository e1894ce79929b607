import type { BodyIntake } from "./bodyIntake.ts";
import type { PartFile } from "../part/partFile.ts";
import { PartWriter } from "../part/partWriter.ts";

/** The body is longer than the headers announced. */
export class TooManyBytes extends Error {
  constructor() {
    super("More bytes arrived than were announced.");
  }
}

export interface BodyPiece {
  /** The bytes of the file that have already been read from the body. */
  readonly beginning: Uint8Array;
  /** The length that the part must not exceed; undefined if it is unknown. */
  readonly end: number | undefined;
}

export interface ReceiveOptions extends BodyPiece {
  /** Called with the part's length after each write. */
  readonly onWritten: (length: number) => void;
}

/**
 * Appends the rest of a body to a part.
 *
 * @throws the error of the body or the disk, `TooManyBytes`. Everything that arrived before is then in the part, unless
 * writing failed.
 */
export async function receive(body: BodyIntake, part: PartFile, options: ReceiveOptions): Promise<void> {
  const { beginning, end = Number.POSITIVE_INFINITY, onWritten } = options;
  const writer = new PartWriter(part, onWritten);
  let room = end - part.length;
  const take = (chunk: Uint8Array): Promise<void> | undefined => {
    room -= chunk.byteLength;
    return room < 0 ? Promise.reject(new TooManyBytes()) : writer.take(chunk);
  };
  try {
    await take(beginning);
    await body.through(take);
  } finally {
    await writer.flush();
  }
}
