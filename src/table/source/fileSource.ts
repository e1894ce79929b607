import { closeSync, constants, fstatSync, openSync, readSync, statSync } from "node:fs";
import type { ByteSource } from "./byteSource.ts";
import { fileChanged, fileMissing, NoFile, saysMissing } from "./fileProblem.ts";

/** Not for the event loop of the extension host: everything here waits for the disk. */
export interface FileSource extends ByteSource {
  /**
   * Looks at the file's length again.
   *
   * @param size bytes of the file that count from now on; left out: all
   * @returns the bytes that may be read now
   * @throws ExportError `fileChanged` when there are fewer than before, `fileMissing` when it is gone
   */
  grew(size?: number): number;
}

export interface FileSourceOptions {
  /** Bytes of the file that count; left out: all. */
  readonly size?: number;
  /** Let go of the file while nobody reads. By default on Windows, where an open file cannot be renamed. */
  readonly closesWhenIdle?: boolean;
}

/** How long nobody has to read until the file is let go of. */
const idleMs = 1_000;

/**
 * Opens a file for reading.
 *
 * @throws ExportError `fileMissing`; the system's own error when there is no right to read it; `NoFile` for a folder or
 *   device. `problemOf` turns each into a state.
 */
export function openFileSource(path: string, options: FileSourceOptions = {}): FileSource {
  return new OpenFile(path, options);
}

interface Identity {
  readonly device: bigint;
  readonly inode: bigint;
  readonly size: number;
}

class OpenFile implements FileSource {
  readonly #path: string;
  readonly #closesWhenIdle: boolean;
  readonly #identity: Identity;
  #handle: number | undefined;
  #size: number;
  #idle: NodeJS.Timeout | undefined;
  #usedSince = false;

  constructor(path: string, { size = Infinity, closesWhenIdle = process.platform === "win32" }: FileSourceOptions) {
    this.#path = path;
    this.#closesWhenIdle = closesWhenIdle;
    const handle = openToRead(path);
    this.#identity = identityOf(handle);
    this.#size = Math.min(size, this.#identity.size);
    this.#handle = handle;
    this.#watchIdle();
  }

  get size(): number {
    return this.#size;
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
    const now = Math.min(size, identityOf(this.#open()).size);
    if (now < this.#size) throw fileChanged(this.#path);
    this.#size = now;
    return now;
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
    const handle = openToRead(this.#path);
    const { device, inode, size } = identityOf(handle);
    if (inode !== this.#identity.inode || device !== this.#identity.device || size < this.#size) {
      closeSync(handle);
      throw fileChanged(this.#path);
    }
    this.#handle = handle;
    this.#watchIdle();
    return handle;
  }

  /** One timer for the whole time it is open: setting one anew at each read would cost more than the read. */
  #watchIdle(): void {
    if (!this.#closesWhenIdle) return;
    this.#usedSince = false;
    this.#idle = setTimeout(() => {
      if (this.#usedSince) this.#watchIdle();
      else this.close();
    }, idleMs).unref();
  }
}

/** Asks what is there before opening it: opening a pipe would wait for its other end. */
function openToRead(path: string): number {
  try {
    const found = statSync(path);
    if (!found.isFile()) throw new NoFile(path, found.isDirectory());
    return openSync(path, constants.O_RDONLY);
  } catch (error) {
    throw saysMissing(error) ? fileMissing(path, error) : error;
  }
}

/** Numbers of files on Windows need more than the 53 bits of a plain number. */
function identityOf(handle: number): Identity {
  const { dev, ino, size } = fstatSync(handle, { bigint: true });
  return { device: dev, inode: ino, size: Number(size) };
}
