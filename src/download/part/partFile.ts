import type { FileHandle } from "node:fs/promises";
import { uptime } from "node:os";
import type { AnnouncedChecksum } from "../digest/checksums.ts";
import { filesBeginningWith } from "../../disk/folders.ts";
import { openOrCreateOwnFile, openOwnFile, removeOwnFile } from "../../disk/ordinaryFile.ts";
import { flushBytes } from "../../disk/unsupported.ts";
import type { CreatedFolders } from "./createdFolders.ts";
import { type FileKey, isLeftover, isSameFile, type PartPaths } from "./partPaths.ts";
import type { FileIdentity } from "./rangeAnswer.ts";
import { readSidecar, type Sidecar, writeSidecar } from "./sidecar.ts";
import { defined } from "../../model/defined.ts";

/** What a response says about the file, when it starts with the first byte. */
export interface PartBeginning {
  readonly identity: FileIdentity;
  readonly decoded: boolean;
  readonly checksums: readonly AnnouncedChecksum[];
}

export interface PartOwner extends FileKey {
  /** The file's name as the service sent it. */
  readonly name: string;
}

const bytesBetweenFlushes = 64 * 1024 * 1024;
const millisecondsBetweenFlushes = 5000;
/** The boot time is calculated from the uptime, so it varies a little, and it changes when the clock is adjusted. */
const bootTolerance = 2000;

/**
 * The part of one file on the disk, together with its sidecar. The caller holds the part's lock.
 *
 * How much of an existing part counts: if only the process crashed, everything that it wrote is still in the cache of
 * the operating system, so the whole part counts and no byte is fetched twice. If the computer was restarted since (or
 * that can't be ruled out), only the bytes count that were flushed before the sidecar said so, because after a crash a
 * file can have its length without its bytes. In both cases, the last bytes are compared with the store's on a resume.
 */
export class PartFile {
  readonly paths: PartPaths;
  #handle: FileHandle;
  /**
   * The part also has another name, because a process was killed while placing it or because somebody linked it. Its
   * bytes must not change.
   */
  #placedAlready: boolean;
  readonly #owner: PartOwner;
  readonly #folders: CreatedFolders;
  #record: Sidecar | undefined;
  #finalPath: string | undefined;
  #length: number;
  #flushing: Promise<void> | undefined;
  #flushedAt = Date.now();
  #sidecarQueue: Promise<void> = Promise.resolve();
  #closed = false;

  private constructor(
    paths: PartPaths,
    handle: FileHandle,
    owner: PartOwner,
    folders: CreatedFolders,
    found: FoundPart,
  ) {
    this.paths = paths;
    this.#handle = handle;
    this.#owner = owner;
    this.#folders = folders;
    this.#record = found.record;
    this.#length = found.length;
    this.#placedAlready = found.placedAlready;
  }

  /** Opens an existing part or creates an empty one. The folder must exist. */
  static async open(paths: PartPaths, owner: PartOwner, folders: CreatedFolders): Promise<PartFile> {
    const handle = await openOrCreateOwnFile(paths.part);
    try {
      const { size, nlink } = await handle.stat();
      const record = await readSidecar(paths);
      folders.addKept(record?.createdFolders, paths);
      const found = trusted(record, { size, placedAlready: nlink > 1 }, owner);
      const part = new PartFile(paths, handle, owner, folders, found);
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

  /** What the bytes belong to; undefined if the part is empty. */
  get beginning(): PartBeginning | undefined {
    return this.#record;
  }

  /** Sets the final path. It is stored by the next `begin`. */
  setFinalPath(finalPath: string): void {
    this.#finalPath = finalPath;
  }

  /** Empties the part and remembers what its next bytes belong to. */
  async begin(beginning: PartBeginning): Promise<void> {
    // The bytes are removed before the sidecar changes: a crash in between leaves an empty part, never the bytes of
    // another version.
    await this.#cutTo(0);
    const now = new Date().toISOString();
    const { accountId, taskId, fileIndex, name } = this.#owner;
    const created = this.#folders.above(this.paths);
    const createdFolders = created.length === 0 ? undefined : created;
    this.#record = {
      version: 1,
      accountId,
      taskId,
      fileIndex,
      name,
      identity: beginning.identity,
      decoded: beginning.decoded,
      checksums: [...beginning.checksums],
      ...defined({ finalPath: this.#finalPath, createdFolders }),
      flushedBytes: 0,
      bootedAt: bootedAt(),
      startedAt: now,
      updatedAt: now,
    };
    await this.#saveRecord();
  }

  /** Appends the chunks, and frees them. Resolves when the operating system has the bytes. */
  async append(chunks: readonly Uint8Array[]): Promise<void> {
    let [bytes, left] = [sizeOf(chunks), chunks];
    while (bytes > 0) {
      const { bytesWritten } = await this.#handle.writev([...left], this.#length);
      this.#length += bytesWritten;
      bytes -= bytesWritten;
      if (bytes > 0) left = [Buffer.concat(left).subarray(bytesWritten)];
    }
    for (const chunk of chunks) free(chunk);
    this.#flushIfDue();
  }

  /** Resolves when all bytes are on the disk. */
  async flush(): Promise<void> {
    // A separate handle, so that closing the part doesn't have to wait for the disk.
    const handle = await openOwnFile(this.paths.part, "write");
    try {
      await flushBytes(handle);
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

  /** Closes the files and keeps them. Doesn't wait for a flush, which could take long after a cancel. */
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
      await removeOwnFile(this.paths.part);
      this.#handle = await openOrCreateOwnFile(this.paths.part);
      this.#placedAlready = false;
    }
    await this.#handle.truncate(length);
    this.#length = length;
  }

  #flushIfDue(): void {
    if (this.#flushing !== undefined || this.#record === undefined) return;
    const due = Date.now() - this.#flushedAt >= millisecondsBetweenFlushes;
    if (!due && this.#length - this.#record.flushedBytes < bytesBetweenFlushes) return;
    this.#flushing = this.#flushAndRecord(this.#record).finally(() => {
      this.#flushing = undefined;
      this.#flushedAt = Date.now();
    });
  }

  /** A failure does no harm: fewer bytes count after a restart, and placing the file flushes it again. */
  async #flushAndRecord(record: Sidecar): Promise<void> {
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
      .then(() => (record === undefined ? undefined : writeSidecar(this.paths, record)));
    this.#sidecarQueue = saved;
    return saved;
  }
}

/** Removes a part that no process writes, with all its files except the lock. */
export async function removePartFiles(paths: PartPaths): Promise<void> {
  await removeOwnFile(paths.part);
  await removeOwnFile(paths.sidecar);
  // A process that was killed may have left new versions of the sidecar.
  for (const path of await filesBeginningWith(`${paths.sidecar}.`)) {
    if (isLeftover(path)) await removeOwnFile(path);
  }
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

function trusted(record: Sidecar | undefined, { size, placedAlready }: FoundFile, owner: PartOwner): FoundPart {
  const nothing = { record: undefined, length: 0, placedAlready };
  if (record === undefined || record.placed !== undefined) return nothing;
  // The service may list the files in another order than before.
  if (record.name !== owner.name || !isSameFile(record, owner)) return nothing;
  const sameStart = Math.abs(record.bootedAt - bootedAt()) <= bootTolerance;
  const length = sameStart ? size : Math.min(size, record.flushedBytes);
  const { total = Number.POSITIVE_INFINITY } = record.identity;
  // Nothing may be appended to a file that has another name as well.
  const isUsable = length === total || (length < total && !placedAlready);
  return isUsable ? { record, length, placedAlready } : nothing;
}

function bootedAt(): number {
  return Date.now() - uptime() * 1000;
}

function sizeOf(chunks: readonly Uint8Array[]): number {
  return chunks.reduce((sum, chunk) => sum + chunk.byteLength, 0);
}

/**
 * Frees the memory of a chunk at once. Otherwise, at a gigabyte per second, written chunks add up to about 70 MiB and
 * slow down every garbage collection. A chunk that is a view of a larger buffer is left alone, because the rest may be
 * in use.
 */
function free(chunk: Uint8Array): void {
  const { buffer } = chunk;
  if (chunk.byteLength === buffer.byteLength && buffer instanceof ArrayBuffer) buffer.transfer(0);
}
