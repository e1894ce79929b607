import { statSync } from "node:fs";
import type { TableSpec } from "../document/tableSpec.ts";
import type { ReadAs } from "../tableTypes.ts";
import type { TablePrograms } from "../worker/hostedThread.ts";
import { OpenFile } from "./openFile.ts";

/** An unused file keeps its index this long for the next one who opens it. */
const unusedMs = 20_000;

/** The use of an open file, until it is disposed. */
export interface FileReference {
  readonly file: OpenFile;
  dispose(): void;
}

/** One file that is open, with what is known about the file on disk that it reads. */
interface Entry {
  readonly file: OpenFile;
  readonly listening: { dispose(): void };
  version: DiskVersion | undefined;
  users: number;
  closing: NodeJS.Timeout | undefined;
}

/** Tells a file from another one that takes its name later, and from itself after it was written to. */
interface DiskVersion {
  readonly ino: number;
  readonly size: number;
  readonly mtimeMs: number;
}

/** The files that are open as tables: everybody who reads the same bytes in the same way shares one, with its index. */
export class OpenFiles {
  readonly #programs: TablePrograms;
  readonly #entries = new Set<Entry>();

  constructor(programs: TablePrograms) {
    this.#programs = programs;
  }

  /** Opens a file, or shares it. What is not a whole file as it is on disk now is never shared. */
  open(spec: TableSpec): FileReference {
    this.#closeOutdated();
    const shared = isWhole(spec) ? this.#find(spec) : undefined;
    return this.#use(shared ?? this.#add(spec));
  }

  dispose(): void {
    for (const entry of [...this.#entries]) this.#close(entry);
  }

  #find(spec: TableSpec): Entry | undefined {
    const version = versionOf(spec.path);
    return [...this.#entries].find(
      (entry) => isSameSource(entry.file.spec, spec) && readsAll(entry) && isSameVersion(entry.version, version),
    );
  }

  #add(spec: TableSpec): Entry {
    const file = new OpenFile(spec, this.#programs);
    const update = (): void => {
      entry.version = versionOf(file.spec.path);
    };
    const listening = file.listen({ onReread: update, onGrowth: update });
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

  /** Nobody comes back for an unused file that is another one on disk by now. */
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

function readingKey({ delimiter, quote, header, encoding, flat }: ReadAs): string {
  return JSON.stringify([delimiter, quote, header, encoding, flat]);
}

/** It was told of all bytes that the file has on disk. */
function readsAll({ file: { spec }, version }: Entry): boolean {
  return !spec.growing && (spec.size === undefined || spec.size === version?.size);
}

function isSameVersion(one: DiskVersion | undefined, other: DiskVersion | undefined): boolean {
  return one?.ino === other?.ino && one?.size === other?.size && one?.mtimeMs === other?.mtimeMs;
}

/** A file that can't be looked at has no version; opening it tells why. */
function versionOf(path: string): DiskVersion | undefined {
  try {
    return statSync(path);
  } catch {
    return undefined;
  }
}
