import { constants } from "node:fs";
import { type FileHandle, open, rm } from "node:fs/promises";
import { uptime } from "node:os";
import type { AnnouncedChecksum } from "../digest/checksums.ts";
import type { FileKey, PartPaths } from "./partPaths.ts";
import type { FileIdentity } from "./rangeAnswer.ts";
import { readSidecar, type Sidecar, writeSidecar } from "./sidecar.ts";
import { defined } from "../../model/defined.ts";

/** What an answer said about the file whose first byte it brought. */
export interface PartBeginning {
  readonly identity: FileIdentity;
  readonly decoded: boolean;
  readonly checksums: readonly AnnouncedChecksum[];
}

export interface PartOwner extends FileKey {
  /** The file's name as the service means it. */
  readonly name: string;
}

const bytesBetweenFlushes = 64 * 1024 * 1024;
const millisecondsBetweenFlushes = 5000;
/** Two readings of the moment of start differ by a little, and clocks are set right by a little. */
const bootTolerance = 2000;

/**
 * The part of one file on the disk, together with its sidecar. The caller holds the part's lock.
 *
 * How much of a part that was found may be trusted: what a process wrote stays in the system's memory when the process
 * is killed, so after a mere crash the part's own length counts and no byte is fetched twice. Only when the computer
 * has started anew since (or can't be shown not to have) do bytes count that were flushed to the disk before the
 * sidecar said so, for a length may reach the disk before the bytes do. Whoever carries a found part on also compares
 * its last bytes with the store's.
 */
export class PartFile {
  readonly paths: PartPaths;
  #handle: FileHandle;
  /** The file has its final name too: a process was killed while it placed it. Its bytes must not be touched. */
  #placedAlready: boolean;
  readonly #owner: PartOwner;
  #record: Sidecar | undefined;
  #finalPath: string | undefined;
  #length: number;
  #flushing: Promise<void> | undefined;
  #flushedAt = Date.now();
  #sidecarQueue: Promise<void> = Promise.resolve();
  #closed = false;

  private constructor(paths: PartPaths, handle: FileHandle, owner: PartOwner, found: FoundPart) {
    this.paths = paths;
    this.#handle = handle;
    this.#owner = owner;
    this.#record = found.record;
    this.#length = found.length;
    this.#placedAlready = found.placedAlready;
  }

  /** Opens what is there of a file, or an empty part. The folder has to be there. */
  static async open(paths: PartPaths, owner: PartOwner): Promise<PartFile> {
    const handle = await openForWriting(paths.part);
    try {
      const { size, nlink } = await handle.stat();
      const found = trusted(await readSidecar(paths.sidecar), { size, placedAlready: nlink > 1 }, owner);
      const part = new PartFile(paths, handle, owner, found);
      if (found.length < size) await part.#cutTo(found.length);
      return part;
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  /** Bytes in the part. */
  get length(): number {
    return this.#length;
  }

  /** What the bytes belong to; undefined while there are none. */
  get beginning(): PartBeginning | undefined {
    return this.#record;
  }

  /** Where the file is to lie in the end; noted with the next beginning. */
  isMeantFor(finalPath: string): void {
    this.#finalPath = finalPath;
  }

  /** Empties the part and remembers what its next bytes belong to. */
  async begin(beginning: PartBeginning): Promise<void> {
    // First the bytes, then the words about them: a crash in between leaves an empty part, never foreign bytes.
    await this.#cutTo(0);
    const now = new Date().toISOString();
    const { accountId, taskId, fileIndex, name } = this.#owner;
    this.#record = {
      version: 1,
      ...{ accountId, taskId, fileIndex, name },
      identity: beginning.identity,
      decoded: beginning.decoded,
      checksums: [...beginning.checksums],
      ...defined({ finalPath: this.#finalPath }),
      flushedBytes: 0,
      bootedAt: bootedAt(),
      ...{ startedAt: now, updatedAt: now },
    };
    await this.#saveRecord();
  }

  /** Writes at the end and takes the chunks over: they are empty afterwards. Answers when the system has the bytes. */
  async append(chunks: readonly Uint8Array[]): Promise<void> {
    let [bytes, left] = [sizeOf(chunks), chunks];
    while (bytes > 0) {
      const { bytesWritten } = await this.#handle.writev([...left], this.#length);
      this.#length += bytesWritten;
      bytes -= bytesWritten;
      if (bytes > 0) left = [Buffer.concat(left).subarray(bytesWritten)];
    }
    for (const chunk of chunks) letGo(chunk);
    this.#flushNowAndThen();
  }

  /** Answers when all bytes are on the disk itself. */
  async flush(): Promise<void> {
    // A handle of its own, so that closing the part never waits for the disk.
    const handle = await open(this.paths.part, "r+");
    try {
      await handle.datasync();
    } finally {
      await handle.close();
    }
  }

  /** The last bytes of the part. */
  async tail(bytes: number): Promise<Buffer> {
    const tail = Buffer.alloc(bytes);
    const { bytesRead } = await this.#handle.read(tail, 0, bytes, this.#length - bytes);
    return tail.subarray(0, bytesRead);
  }

  /** Keeps part and sidecar as they are. Does not wait for the disk: that may take longer than a person who cancels. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#handle.close();
    await this.#sidecarQueue.catch(() => undefined);
  }

  /** Closes and removes part and sidecar. */
  async remove(): Promise<void> {
    await this.close();
    await removePartFiles(this.paths);
  }

  async #cutTo(length: number): Promise<void> {
    if (this.#placedAlready) {
      await this.#handle.close();
      await rm(this.paths.part);
      this.#handle = await openForWriting(this.paths.part);
      this.#placedAlready = false;
    }
    await this.#handle.truncate(length);
    this.#length = length;
  }

  #flushNowAndThen(): void {
    if (this.#flushing !== undefined || this.#record === undefined) return;
    const due = Date.now() - this.#flushedAt >= millisecondsBetweenFlushes;
    if (!due && this.#length - this.#record.flushedBytes < bytesBetweenFlushes) return;
    this.#flushing = this.#noteFlushed(this.#record).finally(() => {
      this.#flushing = undefined;
      this.#flushedAt = Date.now();
    });
  }

  /** A failure here costs nothing yet: fewer bytes are known to be safe, and placing the file flushes it anyway. */
  async #noteFlushed(record: Sidecar): Promise<void> {
    const end = this.#length;
    try {
      await this.flush();
      if (this.#closed || this.#record !== record || this.#length < end) return;
      this.#record = { ...record, flushedBytes: end, updatedAt: new Date().toISOString() };
      await this.#saveRecord();
    } catch {
      return;
    }
  }

  #saveRecord(): Promise<void> {
    const record = this.#record;
    const saved = this.#sidecarQueue
      .catch(() => undefined)
      .then(() => (record === undefined ? undefined : writeSidecar(this.paths.sidecar, record)));
    this.#sidecarQueue = saved;
    return saved;
  }
}

/** Removes a part that nobody writes, with all that belongs to it except its lock. */
export async function removePartFiles(paths: PartPaths): Promise<void> {
  await rm(paths.part, { force: true });
  await rm(paths.sidecar, { force: true });
  await rm(`${paths.sidecar}.new`, { force: true });
}

interface FoundPart {
  readonly record: Sidecar | undefined;
  readonly length: number;
  readonly placedAlready: boolean;
}

interface FoundFile {
  readonly size: number;
  readonly placedAlready: boolean;
}

function openForWriting(path: string): Promise<FileHandle> {
  // A link that somebody put there must not lead the bytes elsewhere.
  return open(path, constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW, 0o600);
}

function trusted(record: Sidecar | undefined, { size, placedAlready }: FoundFile, owner: PartOwner): FoundPart {
  const nothing = { record: undefined, length: 0, placedAlready };
  if (record === undefined || record.placed !== undefined) return nothing;
  const { accountId, taskId, fileIndex } = owner;
  if (record.accountId !== accountId || record.taskId !== taskId || record.fileIndex !== fileIndex) return nothing;
  const sameStart = Math.abs(record.bootedAt - bootedAt()) <= bootTolerance;
  const length = sameStart ? size : Math.min(size, record.flushedBytes);
  // To a file that was placed nothing can be added.
  const { total = length } = record.identity;
  return placedAlready && length < total ? nothing : { record, length, placedAlready };
}

function bootedAt(): number {
  return Date.now() - uptime() * 1000;
}

function sizeOf(chunks: readonly Uint8Array[]): number {
  return chunks.reduce((sum, chunk) => sum + chunk.byteLength, 0);
}

/**
 * Frees the memory of a chunk now instead of at the next garbage collection: at a gigabyte a second those that are
 * written pile up to some 70 MiB and make every collection long. A chunk that is only a piece of its memory is left
 * alone, as the rest may be in use.
 */
function letGo(chunk: Uint8Array): void {
  const { buffer } = chunk;
  if (chunk.byteLength === buffer.byteLength && buffer instanceof ArrayBuffer) buffer.transfer(0);
}
