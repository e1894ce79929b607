import type { FileHandle } from "node:fs/promises";

import type { DigestAlgorithm, DigestOutcome, Digests } from "./digestMessages.ts";
import { type RunningDigest, startDigest } from "./runningDigest.ts";
import { openOwnFile } from "../../disk/ordinaryFile.ts";
import { systemCode } from "../../model/systemCode.ts";

const chunkBytes = 1024 * 1024;
const noBytes = Buffer.alloc(0);

/** Reads one file while it grows, but never a byte that was not reported as written, and hashes it. */
export class Reading {
  readonly #path: string;
  readonly #digests: ReadonlyMap<DigestAlgorithm, RunningDigest>;
  #position = 0;
  /** How far the file may be read. */
  #end = 0;
  #total: number | undefined;
  #isDropped = false;
  /** How far the file was written, as reported. It can be more than its total: then something else was written. */
  #written = 0;
  #isReading = false;
  #handle: FileHandle | undefined;
  #buffer: Buffer = noBytes;
  #outcome: DigestOutcome | undefined;
  #onOutcome: (outcome: DigestOutcome) => void = () => undefined;

  constructor(path: string, algorithms: readonly DigestAlgorithm[]) {
    this.#path = path;
    this.#digests = new Map(algorithms.map((algorithm) => [algorithm, startDigest(algorithm)]));
  }

  /** The bytes before `end` can be read now. */
  written(end: number): void {
    this.#written = Math.max(this.#written, end);
    this.#end = Math.max(this.#end, end);
    void this.#readOn();
  }

  /** The file ends at `total`. Resolves when it was read and closed. Never resolves after `drop`. */
  finish(total: number): Promise<DigestOutcome> {
    this.#end = this.#total = total;
    return new Promise((resolve) => {
      this.#onOutcome = resolve;
      if (this.#outcome !== undefined) resolve(this.#outcome);
      else void this.#readOn();
    });
  }

  drop(): void {
    this.#isDropped = true;
    void this.#readOn();
  }

  /**
   * Reads what can be read now. Closes the file when all of it was read, when reading failed, or when the reading is
   * dropped.
   */
  async #readOn(): Promise<void> {
    if (this.#isReading || this.#outcome !== undefined) return;
    this.#isReading = true;
    const outcome = await this.#readToEnd();
    this.#isReading = false;
    if (outcome === undefined && !this.#isDropped) return;
    this.#outcome = outcome;
    await this.#close();
    if (outcome !== undefined && !this.#isDropped) this.#onOutcome(outcome);
  }

  async #readToEnd(): Promise<DigestOutcome | undefined> {
    try {
      while (!this.#isDropped && this.#position < this.#end) {
        if ((await this.#readChunk()) === 0) return { kind: "lengthDiffers" };
      }
    } catch (error) {
      return { kind: "unreadable", reason: systemCode(error) ?? "unknown" };
    }
    if (this.#total === undefined) return undefined;
    return Math.max(this.#position, this.#written) === this.#total
      ? { kind: "digests", digests: this.#results() }
      : { kind: "lengthDiffers" };
  }

  async #readChunk(): Promise<number> {
    this.#handle ??= await openOwnFile(this.#path, "read");
    const wanted = Math.min(chunkBytes, this.#end - this.#position);
    if (this.#buffer.length < wanted) this.#buffer = Buffer.allocUnsafe(wanted);
    const { bytesRead } = await this.#handle.read(this.#buffer, 0, wanted, this.#position);
    const bytes = this.#buffer.subarray(0, bytesRead);
    for (const digest of this.#digests.values()) digest.update(bytes);
    this.#position += bytesRead;
    return bytesRead;
  }

  async #close(): Promise<void> {
    const handle = this.#handle;
    this.#handle = undefined;
    this.#buffer = noBytes;
    try {
      await handle?.close();
    } catch {
      // Reading has already succeeded or failed. An error from closing changes neither.
    }
  }

  #results(): Digests {
    return Object.fromEntries(Array.from(this.#digests, ([algorithm, digest]) => [algorithm, digest.hex()]));
  }
}
