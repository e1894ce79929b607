import type { ReservedSpace } from "../../disk/freeSpace.ts";
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
  /** What keeps the last of the disk free, if the length of the file is unknown. */
  readonly reserve?: ReservedSpace | undefined;
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
  const { beginning, end = Number.POSITIVE_INFINITY, reserve, onWritten } = options;
  const writer = new PartWriter(part, onWritten);
  let { length } = part;
  const take = (chunk: Uint8Array): Promise<void> | undefined => {
    length += chunk.byteLength;
    if (length > end) return Promise.reject(new TooManyBytes());
    const look = reserve?.growTo(length);
    return look === undefined ? writer.take(chunk) : look.then(() => writer.take(chunk));
  };
  try {
    await take(beginning);
    await body.through(take);
  } finally {
    await writer.flush();
  }
}
