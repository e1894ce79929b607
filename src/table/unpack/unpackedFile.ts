import { randomUUID } from "node:crypto";
import { rm } from "node:fs/promises";
import path from "node:path";
import { isCancelled } from "../../model/exportError.ts";
import type { Unpacker } from "./unpacker.ts";

export interface UnpackedState {
  /** How many bytes of the unpacked file can be read. */
  readonly bytes: number;
  /** Whether more are to come. */
  readonly isGrowing: boolean;
  /** Why the rest can't be unpacked. */
  readonly failure: Error | undefined;
}

/** The content of a gzip or Parquet file as text, in a file of its own that grows meanwhile. Removed when it is disposed. */
export class UnpackedFile {
  readonly path: string;
  readonly #unpacker: Unpacker;
  readonly #onChange: () => void;
  #state: UnpackedState = { bytes: 0, isGrowing: true, failure: undefined };
  #waiting: (() => void)[] = [];
  #isDisposed = false;

  /**
   * @param folder where the unpacked file is written; it must exist
   * @param unpacker disposed of with this
   */
  constructor(archive: string, folder: string, unpacker: Unpacker, onChange: () => void) {
    this.path = path.join(folder, randomUUID());
    this.#onChange = onChange;
    this.#unpacker = unpacker;
    void this.#unpack(archive);
  }

  get state(): UnpackedState {
    return this.#state;
  }

  /** Resolves at the next change, or when this is disposed. */
  changed(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  async dispose(): Promise<void> {
    this.#isDisposed = true;
    await this.#unpacker.dispose();
    await rm(this.path, { force: true });
    this.#wake();
  }

  async #unpack(archive: string): Promise<void> {
    try {
      await this.#unpacker.unpack(archive, this.path, (bytes) => this.#show({ ...this.#state, bytes }));
      this.#show({ ...this.#state, isGrowing: false });
    } catch (error) {
      if (isCancelled(error)) return;
      const failure = error instanceof Error ? error : new Error(String(error));
      this.#show({ ...this.#state, isGrowing: false, failure });
    }
    await this.#unpacker.dispose();
  }

  #show(state: UnpackedState): void {
    if (this.#isDisposed) return;
    this.#state = state;
    this.#onChange();
    this.#wake();
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }
}
