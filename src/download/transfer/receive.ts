import type { BodyIntake } from "./bodyIntake.ts";
import type { PartFile } from "../part/partFile.ts";
import { PartWriter } from "../part/partWriter.ts";

/** More bytes came than the answer's own headers gave room for. */
export class TooManyBytes extends Error {
  constructor() {
    super("More bytes came than were announced.");
  }
}

export interface BodyPiece {
  /** What was read of the body already and belongs to the file. */
  readonly beginning: Uint8Array;
  /** The part's length that must not be passed; undefined where it is not known. */
  readonly end: number | undefined;
}

export interface ReceiveOptions extends BodyPiece {
  /** Told the part's length after each write. */
  readonly onWritten: (length: number) => void;
}

/**
 * Writes the rest of a body to the end of a part.
 *
 * @throws what the body or the disk fails with, `TooManyBytes`; all that came before is in the part then, unless the
 * disk refused it.
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
