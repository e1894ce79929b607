import { statfs } from "node:fs/promises";
import { dirname } from "node:path";
import { Transform } from "node:stream";
import { diskFull, reserveReached } from "./diskErrors.ts";

/**
 * So much of a disk stays free while a file of unknown size is written. A small compressed file can contain terabytes,
 * and on a full disk, other programs and VS Code itself can't save their files. On a small disk, it is a share of it.
 */
const mostReserved = 512 * 1024 * 1024;
const reservedShare = 0.05;
/** The space is looked at each time that so much more was written. Smaller files are written on any disk. */
const bytesBetweenLooks = 8 * 1024 * 1024;

/**
 * Checks whether there is space for `bytes` more in the folder of `path`.
 *
 * @throws ExportError `diskFull` with the number of missing bytes.
 */
export async function ensureRoom(path: string, bytes: number): Promise<void> {
  const free = await freeBytes(path);
  if (free !== undefined && free < bytes) throw diskFull(dirname(path), bytes - free);
}

/** Undefined if the file system doesn't say. */
export async function freeBytes(path: string): Promise<number | undefined> {
  return (await spaceFor(path))?.free;
}

/** Keeps the last part of a disk free while a file of unknown size grows. */
export class ReservedSpace {
  readonly #path: string;
  #lookedAt = 0;

  /** @param path the file that grows */
  constructor(path: string) {
    this.#path = path;
  }

  /**
   * Is called before the file grows to a length. Nothing to wait for if the space need not be looked at yet.
   *
   * @throws ExportError `diskFull`
   */
  growTo(length: number): Promise<void> | undefined {
    if (length - this.#lookedAt < bytesBetweenLooks) return undefined;
    this.#lookedAt = length;
    return this.#look();
  }

  async #look(): Promise<void> {
    const space = await spaceFor(this.#path);
    if (space === undefined) return;
    const reserved = Math.min(mostReserved, space.total * reservedShare);
    if (space.free < reserved) throw reserveReached(dirname(this.#path), reserved);
  }
}

/** Passes the content of a file on, as long as enough of the disk stays free. */
export function keepingReserve(path: string): Transform {
  const reserve = new ReservedSpace(path);
  let length = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      length += chunk.byteLength;
      const look = reserve.growTo(length);
      if (look === undefined) done(null, chunk);
      else look.then(() => done(null, chunk), done);
    },
  });
}

async function spaceFor(path: string): Promise<{ readonly free: number; readonly total: number } | undefined> {
  try {
    const { bavail, bsize, blocks } = await statfs(dirname(path));
    return blocks === 0 ? undefined : { free: bavail * bsize, total: blocks * bsize };
  } catch {
    return undefined;
  }
}
