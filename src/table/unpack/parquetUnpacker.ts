import { open, stat } from "node:fs/promises";
import { throwIfCancelled } from "../../model/exportError.ts";
import type { Unpacker } from "./unpacker.ts";

/**
 * Writes the rows of a Parquet file as JSON Lines, over the empty file `to`.
 *
 * @throws ExportError `engineMissing`, `truncated` if the file is incomplete or damaged, `diskFull`, `cancelled`
 */
export type ReadParquet = (from: string, to: string, signal: AbortSignal) => Promise<unknown>;

const lookEveryMs = 100;

/** Writes the rows of a Parquet file as text. Those that are written can be read meanwhile. */
export class ParquetUnpacker implements Unpacker {
  readonly #read: ReadParquet;
  readonly #stopped = new AbortController();
  #working: Promise<void> = Promise.resolve();

  constructor(read: ReadParquet) {
    this.#read = read;
  }

  unpack(from: string, to: string, onWritten: (bytes: number) => void): Promise<void> {
    this.#working = this.#write(from, to, onWritten);
    return this.#working;
  }

  async dispose(): Promise<void> {
    this.#stopped.abort();
    await this.#working.catch(() => undefined);
  }

  async #write(from: string, to: string, onWritten: (bytes: number) => void): Promise<void> {
    const { signal } = this.#stopped;
    throwIfCancelled(signal);
    await (await open(to, "wx", 0o600)).close();
    const look = async (): Promise<void> => onWritten((await stat(to)).size);
    const looking = setInterval(() => void look().catch(() => undefined), lookEveryMs);
    try {
      await this.#read(from, to, signal);
    } finally {
      clearInterval(looking);
    }
    await look();
  }
}
