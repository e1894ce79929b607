import { type FSWatcher, watch } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { dirname } from "node:path";
import { systemCode } from "../../model/systemCode.ts";
import type { TableReader } from "../../table/tableReader.ts";

export type FileChange =
  /** Bytes were added at the end; all before are as they were. */
  { readonly kind: "grew"; readonly size: number } | { readonly kind: "changed" } | { readonly kind: "missing" };

export interface WatchTimes {
  /** A program that writes causes several notices; the file is looked at once, after this time. */
  readonly settleMs?: number;
  /** How often a visible file is looked at where the system tells nothing, for example on some network disks. */
  readonly pollMs?: number;
}

/** What is remembered of a file to tell whether it is still the same. */
interface Snapshot {
  readonly ino: bigint;
  readonly dev: bigint;
  readonly size: number;
  readonly mtimeNs: bigint;
  readonly head: Buffer;
  readonly tail: Buffer;
}

/** A header is often the same when a file is written again, the last rows hardly ever. */
const comparedBytes = 4096;

/** Watches one file while it is shown, and tells how it differs from what was there when it was last looked at by `rebase`. */
export class FileWatch {
  readonly #path: string;
  readonly #onChange: (change: FileChange) => void;
  readonly #settleMs: number;
  readonly #pollMs: number;
  #watcher: FSWatcher | undefined;
  #poll: NodeJS.Timeout | undefined;
  #soon: NodeJS.Timeout | undefined;
  #known: Snapshot | undefined;
  #told: FileChange["kind"] | undefined;
  #work: Promise<void> = Promise.resolve();
  #isRunning = false;
  #isVisible = false;

  constructor(path: string, onChange: (change: FileChange) => void, { settleMs = 30, pollMs = 1000 }: WatchTimes = {}) {
    this.#path = path;
    this.#onChange = onChange;
    this.#settleMs = settleMs;
    this.#pollMs = pollMs;
  }

  /** Takes the file as it is now for what is shown, and watches it from now on. */
  start(): void {
    if (this.#isRunning) return;
    this.#isRunning = true;
    this.#listen();
    void this.rebase();
    this.setVisible(this.#isVisible);
  }

  stop(): void {
    this.#isRunning = false;
    this.#watcher?.close();
    this.#watcher = undefined;
    clearInterval(this.#poll);
    clearTimeout(this.#soon);
    this.#soon = undefined;
  }

  /** Whether anybody sees the file; only then it is also looked at when the system tells nothing. */
  setVisible(isVisible: boolean): void {
    this.#isVisible = isVisible;
    clearInterval(this.#poll);
    if (!isVisible || !this.#isRunning) return;
    this.#poll = setInterval(() => void this.#look(), this.#pollMs).unref();
    void this.#look();
  }

  /** Takes the file as it is now for what is shown. */
  rebase(): Promise<void> {
    return this.#queue(async () => {
      this.#known = await snapshotOf(this.#path);
      this.#told = undefined;
    });
  }

  /**
   * Tells that the file grew when it already had more bytes than were read of it: it may have grown after it was read and
   * before it was watched.
   *
   * @param bytesRead undefined when that is not known
   */
  compare(bytesRead: Promise<number | undefined>): Promise<void> {
    return this.#queue(async () => {
      const bytes = await bytesRead;
      const size = this.#known?.size;
      if (bytes !== undefined && size !== undefined && size > bytes) this.#onChange({ kind: "grew", size });
    });
  }

  /** The folder is watched, since a watch on a file ends when another one takes its name. */
  #listen(): void {
    try {
      this.#watcher = watch(dirname(this.#path), { persistent: false }, () => {
        this.#soon ??= setTimeout(() => {
          this.#soon = undefined;
          void this.#look();
        }, this.#settleMs).unref();
      });
      // What can't be watched any more is still looked at from time to time.
      this.#watcher.on("error", () => this.#watcher?.close());
    } catch {
      this.#watcher = undefined;
    }
  }

  #look(): Promise<void> {
    return this.#queue(async () => {
      // What can't be looked at, for example without permission, may be as it was.
      const change = await this.#difference().catch(() => undefined);
      if (change === undefined || !this.#isRunning) return;
      this.#told = change.kind === "grew" ? undefined : change.kind;
      this.#onChange(change);
    });
  }

  async #difference(): Promise<FileChange | undefined> {
    const file = await openIfThere(this.#path);
    if (file === undefined)
      return this.#known === undefined || this.#told === "missing" ? undefined : { kind: "missing" };
    try {
      const now = await file.stat({ bigint: true });
      const known = this.#known;
      // Once it is another file, no later change makes it the old one again.
      if (this.#told === "changed") return undefined;
      if (now.ino !== known?.ino || now.dev !== known.dev) return { kind: "changed" };
      const size = Number(now.size);
      if (size === known.size && now.mtimeNs === known.mtimeNs)
        return this.#told === "missing" ? { kind: "changed" } : undefined;
      if (size <= known.size || !(await hasSameBytes(file, known))) return { kind: "changed" };
      this.#known = await snapshotIn(file);
      return { kind: "grew", size: this.#known.size };
    } finally {
      await file.close();
    }
  }

  /** One look after the other, so that what is known is never older than what was told. */
  #queue(work: () => Promise<void>): Promise<void> {
    this.#work = this.#work.then(async () => {
      if (this.#isRunning) await work();
    });
    return this.#work;
  }
}

/** How many bytes a reader had of its file when it opened it; undefined when that is not a table. */
export async function bytesRead(file: Pick<TableReader, "opened">): Promise<number | undefined> {
  const opened = await file.opened.catch(() => undefined);
  return opened?.kind === "table" ? opened.progress.bytes : undefined;
}

async function openIfThere(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, "r");
  } catch (error) {
    if (systemCode(error) === "ENOENT") return undefined;
    throw error;
  }
}

/** Undefined for a file that is missing or can't be read. */
async function snapshotOf(path: string): Promise<Snapshot | undefined> {
  let file: FileHandle | undefined;
  try {
    file = await openIfThere(path);
    return file === undefined ? undefined : await snapshotIn(file);
  } catch {
    return undefined;
  } finally {
    await file?.close();
  }
}

async function snapshotIn(file: FileHandle): Promise<Snapshot> {
  const { ino, dev, size, mtimeNs } = await file.stat({ bigint: true });
  const bytes = Number(size);
  return { ino, dev, mtimeNs, size: bytes, head: await headOf(file, bytes), tail: await tailOf(file, bytes) };
}

async function hasSameBytes(file: FileHandle, { size, head, tail }: Snapshot): Promise<boolean> {
  return (await headOf(file, size)).equals(head) && (await tailOf(file, size)).equals(tail);
}

function headOf(file: FileHandle, size: number): Promise<Buffer> {
  return bytesOf(file, 0, Math.min(size, comparedBytes));
}

function tailOf(file: FileHandle, size: number): Promise<Buffer> {
  return bytesOf(file, Math.max(0, size - comparedBytes), Math.min(size, comparedBytes));
}

async function bytesOf(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position);
  return buffer.subarray(0, bytesRead);
}
