import { statSync } from "node:fs";
import type { TableSpec } from "../document/tableSpec.ts";
import type { ReadAs } from "../tableTypes.ts";
import type { TablePrograms } from "../worker/hostedThread.ts";
import type { ReadParquet } from "../unpack/parquetUnpacker.ts";
import type { UnpackFolder } from "../unpack/unpackFolder.ts";
import { OpenFile } from "./openFile.ts";

/** How long an unused file stays open, so that opening it again reuses its index. */
const unusedMs = 20_000;

/** A reference to an open file. Dispose it when the file is no longer needed. */
export interface FileReference {
  readonly file: OpenFile;
  dispose(): void;
}

/** An open file, and the version of the file on disk that it reads. */
interface Entry {
  readonly file: OpenFile;
  readonly listening: { dispose(): void };
  version: DiskVersion | undefined;
  users: number;
  closing: NodeJS.Timeout | undefined;
}

/** Distinguishes a file from another one that gets the same name later, and from itself before it was changed. */
interface DiskVersion {
  readonly ino: number;
  readonly size: number;
  readonly mtimeMs: number;
}

/**
 * The files that are open as tables. All users that read the same bytes in the same way share one file and its index.
 */
export class OpenFiles {
  readonly #programs: TablePrograms;
  readonly #unpackFolder: UnpackFolder | undefined;
  readonly #readParquet: ReadParquet | undefined;
  readonly #entries = new Set<Entry>();

  /** @param unpackFolder where gzip and Parquet files are unpacked; without it, they are not read */
  constructor(programs: TablePrograms, unpackFolder?: UnpackFolder, readParquet?: ReadParquet) {
    this.#programs = programs;
    this.#unpackFolder = unpackFolder;
    this.#readParquet = readParquet;
  }

  /**
   * Opens a file, or returns a reference to one that is open. Shares only files that are read completely and have not
   * changed on disk since.
   */
  open(spec: TableSpec): FileReference {
    this.#closeOutdated();
    const shared = isWhole(spec) ? this.#find(spec) : undefined;
    return this.#use(shared ?? this.#add(spec));
  }

  /** Whether anybody reads a file right now. */
  isUsed(path: string): boolean {
    return [...this.#entries].some(({ file, users }) => users > 0 && file.spec.path === path);
  }

  dispose(): void {
    for (const entry of [...this.#entries]) this.#close(entry);
    this.#unpackFolder?.dispose();
  }

  #find(spec: TableSpec): Entry | undefined {
    const version = versionOf(spec.path);
    return [...this.#entries].find(
      (entry) => isSameSource(entry.file.spec, spec) && readsAll(entry) && isSameVersion(entry.version, version),
    );
  }

  #add(spec: TableSpec): Entry {
    const file = new OpenFile(spec, this.#programs, {
      folder: this.#unpackFolder,
      readParquet: this.#readParquet,
    });
    const update = (): void => {
      entry.version = versionOf(file.spec.path);
    };
    // What is unpacked grows, but the archive stays the same.
    const onGrowth = (): void => (file.isUnpacked ? undefined : update());
    const listening = file.listen({ onReread: update, onGrowth });
    const entry: Entry = { file, listening, version: versionOf(spec.path), users: 0, closing: undefined };
    this.#entries.add(entry);
    return entry;
  }

  #use(entry: Entry): FileReference {
    entry.users += 1;
    clearTimeout(entry.closing);
    let isUsed = true;
    const dispose = (): void => {
      if (!isUsed) return;
      isUsed = false;
      entry.users -= 1;
      if (entry.users === 0) entry.closing = setTimeout(() => this.#close(entry), unusedMs).unref();
    };
    return { file: entry.file, dispose };
  }

  /** Closes unused files that have changed on disk, because they would not be reused. */
  #closeOutdated(): void {
    for (const entry of [...this.#entries]) {
      if (entry.users === 0 && !isSameVersion(entry.version, versionOf(entry.file.spec.path))) this.#close(entry);
    }
  }

  #close(entry: Entry): void {
    clearTimeout(entry.closing);
    entry.listening.dispose();
    this.#entries.delete(entry);
    void entry.file.dispose();
  }
}

const isWhole = ({ growing, size }: TableSpec): boolean => !growing && size === undefined;

function isSameSource(one: TableSpec, other: TableSpec): boolean {
  return one.path === other.path && readingKey(one.readAs) === readingKey(other.readAs);
}

function readingKey(readAs: ReadAs): string {
  return JSON.stringify(Object.entries(readAs).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** Whether it reads all bytes that the file has on disk. */
function readsAll({ file: { spec }, version }: Entry): boolean {
  return !spec.growing && (spec.size === undefined || spec.size === version?.size);
}

function isSameVersion(one: DiskVersion | undefined, other: DiskVersion | undefined): boolean {
  return one?.ino === other?.ino && one?.size === other?.size && one?.mtimeMs === other?.mtimeMs;
}

/** Undefined if the file can't be accessed. Opening it reports why. */
function versionOf(path: string): DiskVersion | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}
