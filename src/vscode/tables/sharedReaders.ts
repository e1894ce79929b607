import { stat } from "node:fs/promises";
import type { TableReader } from "../../table/tableReader.ts";
import type { ReadAs } from "../../table/tableTypes.ts";
import { createTableReader, type TablePrograms } from "../../table/worker/threadReader.ts";
import { Owner } from "../disposables.ts";

/** A reader with its index is kept for the caller's next page for so long. */
const idleMs = 20_000;

interface Shared {
  readonly reader: TableReader;
  /** Which file it was when it was opened: its size and when it was written last. */
  readonly version: string;
  users: number;
  idle: NodeJS.Timeout | undefined;
}

/** A reader that is lent until it is given back, once. */
export interface Loan {
  readonly reader: TableReader;
  release(): void;
}

/** Readers for callers that come back: one a file and a way of reading, closed when nobody came for a while. */
export class SharedReaders extends Owner {
  readonly #programs: TablePrograms;
  readonly #shared = new Map<string, Shared>();

  constructor(programs: TablePrograms) {
    super();
    this.#programs = programs;
  }

  /** Lends a reader of the file as it stands now; it has to be given back. */
  async borrow(path: string, readAs: ReadAs): Promise<Loan> {
    const key = JSON.stringify([path, readAs]);
    const version = await versionOf(path);
    const shared = this.#current(key, version) ?? this.#open(key, path, readAs, version);
    shared.users++;
    clearTimeout(shared.idle);
    const release = (): void => {
      shared.users--;
      if (shared.users === 0) shared.idle = this.#closeWhenIdle(key, shared);
    };
    return { reader: shared.reader, release };
  }

  override dispose(): void {
    for (const key of [...this.#shared.keys()]) this.#close(key);
    super.dispose();
  }

  #current(key: string, version: string): Shared | undefined {
    const shared = this.#shared.get(key);
    if (shared === undefined || shared.version === version) return shared;
    this.#shared.delete(key);
    if (shared.users === 0) void shared.reader.dispose();
    return undefined;
  }

  #open(key: string, path: string, readAs: ReadAs, version: string): Shared {
    const reader = createTableReader({ path, growing: false, readAs }, this.#programs);
    const shared: Shared = { reader, version, users: 0, idle: undefined };
    this.#shared.set(key, shared);
    return shared;
  }

  #closeWhenIdle(key: string, shared: Shared): NodeJS.Timeout | undefined {
    if (this.#shared.get(key) !== shared) {
      // The file is another one since, so nobody comes back for this.
      void shared.reader.dispose();
      return undefined;
    }
    return setTimeout(() => this.#close(key), idleMs).unref();
  }

  #close(key: string): void {
    const shared = this.#shared.get(key);
    clearTimeout(shared?.idle);
    this.#shared.delete(key);
    void shared?.reader.dispose();
  }
}

/** A file that is not there has no version; opening it tells why. */
async function versionOf(path: string): Promise<string> {
  try {
    const { size, mtimeMs, ino } = await stat(path);
    return [size, mtimeMs, ino].join(" ");
  } catch {
    return "";
  }
}
