import { closeSync, constants, fstatSync, openSync, readSync, statSync } from "node:fs";
import { FilledEnd, type TrimUnits } from "./filledEnd.ts";
import type { ByteSource } from "./byteSource.ts";
import { saysMissing } from "../../model/systemCode.ts";
import { fileChanged, fileMissing, NoFile } from "./fileProblem.ts";

/** Distinguishes a file from another one with the same name. Can be copied to another thread. */
export interface FileId {
  readonly device: bigint;
  readonly inode: bigint;
}

/** Don't use it on the extension host's event loop: everything here blocks until the disk responds. */
export interface FileSource extends ByteSource {
  readonly id: FileId;
  /** `size`, with the blank lines at the end that `trimBlankLines` leaves out. */
  readonly fileBytes: number;
  /**
   * Checks the file's length again.
   *
   * @param size how many bytes of the file count from now on; default all
   * @returns how many bytes can be read now
   * @throws ExportError `fileChanged` if there are fewer than before, `fileMissing` if the file was deleted
   */
  grew(size?: number): number;
  /** From now on, blank lines at the end, and a Ctrl+Z, don't count as bytes of the file. `begin` is the first byte. */
  trimBlankLines(units: TrimUnits, begin: number): void;
}

export interface FileSourceOptions {
  /** The file that has to be there. Several threads read one file, and another one may have got its name meanwhile. */
  readonly id?: FileId;
  /** How many bytes of the file count. Default: all. */
  readonly size?: number;
  /** Whether to close the file while it is not being read. Default on Windows, where an open file can't be renamed. */
  readonly closesWhenIdle?: boolean;
}

/** How long the file is not read before it is closed. */
const idleMs = 1_000;

/**
 * Opens a file for reading.
 *
 * @throws ExportError `fileMissing`, `fileChanged` if it is not the file that has to be there; the system's error if
 * there is no permission; `NoFile` for a folder or device.
 * `problemOf` turns each of them into a problem.
 */
export function openFileSource(path: string, options: FileSourceOptions = {}): FileSource {
  return new OpenFile(path, options);
}

class OpenFile implements FileSource {
  readonly #path: string;
  readonly #closesWhenIdle: boolean;
  readonly id: FileId;
  #handle: number | undefined;
  /** How many bytes of the file count. `#size` is less if blank lines at the end don't. */
  #bytes: number;
  #size: number;
  #filledEnd: FilledEnd | undefined;
  #trimmedSize = 0;
  #idle: NodeJS.Timeout | undefined;
  #usedSince = false;

  constructor(path: string, { size = Infinity, id, closesWhenIdle = process.platform === "win32" }: FileSourceOptions) {
    this.#path = path;
    this.#closesWhenIdle = closesWhenIdle;
    const opened = openToRead(path, id);
    this.id = opened.id;
    this.#bytes = Math.min(size, opened.size);
    this.#size = this.#bytes;
    this.#handle = opened.handle;
    this.#watchIdle();
  }

  get size(): number {
    return this.#size;
  }

  get fileBytes(): number {
    return this.#bytes;
  }

  read(target: Uint8Array, position: number): number {
    const wanted = Math.min(target.byteLength, this.#size - position);
    if (wanted <= 0) return 0;
    const handle = this.#open();
    let done = 0;
    while (done < wanted) {
      const bytes = readSync(handle, target, done, wanted - done, position + done);
      if (bytes === 0) throw fileChanged(this.#path);
      done += bytes;
    }
    return done;
  }

  grew(size = Infinity): number {
    const now = Math.min(size, statusOf(this.#open()).size);
    if (now < this.#bytes) throw fileChanged(this.#path);
    this.#bytes = now;
    this.#size = now;
    this.#trim();
    return this.#size;
  }

  trimBlankLines(units: TrimUnits, begin: number): void {
    this.#filledEnd = new FilledEnd(units, begin);
    this.#trim();
  }

  /** The blank lines count again when something follows them. */
  #trim(): void {
    if (this.#filledEnd === undefined) return;
    this.#size = Math.max(this.#trimmedSize, this.#filledEnd.of(this));
    this.#trimmedSize = this.#size;
  }

  close(): void {
    clearTimeout(this.#idle);
    this.#idle = undefined;
    if (this.#handle !== undefined) closeSync(this.#handle);
    this.#handle = undefined;
  }

  #open(): number {
    this.#usedSince = true;
    return this.#handle ?? this.#reopen();
  }

  #reopen(): number {
    const { handle, size } = openToRead(this.#path, this.id);
    if (size < this.#bytes) {
      closeSync(handle);
      throw fileChanged(this.#path);
    }
    this.#handle = handle;
    this.#watchIdle();
    return handle;
  }

  /** One timer for as long as the file is open, because restarting it for each read would cost more than the read. */
  #watchIdle(): void {
    if (!this.#closesWhenIdle) return;
    this.#usedSince = false;
    this.#idle = setTimeout(() => {
      if (this.#usedSince) this.#watchIdle();
      else this.close();
    }, idleMs).unref();
  }
}

interface FileStatus {
  readonly id: FileId;
  readonly size: number;
}

/** @param expected the file that has to be there; default any */
function openToRead(path: string, expected: FileId | undefined): FileStatus & { readonly handle: number } {
  const handle = openFile(path);
  const status = statusOf(handle);
  const { device, inode } = expected ?? status.id;
  if (inode === status.id.inode && device === status.id.device) return { handle, ...status };
  closeSync(handle);
  throw fileChanged(path);
}

/** Checks the type first: opening a pipe would wait for its other end. */
function openFile(path: string): number {
  try {
    const found = statSync(path);
    if (!found.isFile()) throw new NoFile(path, found.isDirectory());
    return openSync(path, constants.O_RDONLY);
  } catch (error) {
    throw saysMissing(error) ? fileMissing(path, error) : error;
  }
}

/** File IDs on Windows don't fit into the 53 bits of a number. */
function statusOf(handle: number): FileStatus {
  const { dev, ino, size } = fstatSync(handle, { bigint: true });
  return { id: { device: dev, inode: ino }, size: Number(size) };
}
