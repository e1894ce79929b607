import type { Clock } from "../http/clock.ts";
import type { DownloadProgress } from "../model/contract.ts";
import { defined } from "../model/defined.ts";

/** What stays the same throughout the download of one file. */
export interface ProgressSubject {
  /** Index of the file within its task. */
  readonly file: number;
  readonly files: number;
  readonly name: string;
}

type Change = Partial<Omit<DownloadProgress, "phase" | keyof ProgressSubject>>;

/** As often as an eye can follow; what changes more than a number is told at once. */
const leastMsBetween = 100;
/** Speed is an average that forgets with this time. */
const speedMemoryMs = 2000;

/** Tells how one file's download goes: not too often, with a smoothed speed, and never after it was cancelled. */
export class ProgressReporter {
  readonly #tell: (progress: DownloadProgress) => void;
  readonly #signal: AbortSignal;
  readonly #clock: Clock;
  #now: DownloadProgress;
  #toldAt = Number.NEGATIVE_INFINITY;
  #measured: { at: number; bytes: number } | undefined;

  constructor(subject: ProgressSubject, signal: AbortSignal, clock: Clock, tell: (progress: DownloadProgress) => void) {
    this.#tell = tell;
    this.#signal = signal;
    this.#clock = clock;
    this.#now = { ...subject, phase: "resolving", receivedBytes: 0 };
  }

  rename(name: string): void {
    this.#now = { ...this.#now, name };
  }

  /** Another phase, or the same one for another reason; told at once. */
  enter(phase: DownloadProgress["phase"], change: Change = {}): void {
    // Why it waited, how long and how fast it was before belongs to the phase that is over.
    const { file, files, name, receivedBytes, totalBytes, resumedFrom } = this.#now;
    const lasting = { file, files, name, receivedBytes, ...known({ totalBytes, resumedFrom }) };
    this.#now = { ...lasting, ...change, phase };
    this.#measured = undefined;
    this.#toldAt = this.#clock.now();
    this.#send();
  }

  /** So many bytes of the file are there. */
  received(bytes: number, total: number | undefined): void {
    if (this.#now.phase !== "downloading") this.enter("downloading");
    const now = this.#clock.now();
    this.#now = { ...this.#now, receivedBytes: bytes, ...known({ totalBytes: total }) };
    if (now - this.#toldAt < leastMsBetween) return;
    this.#measure(now, bytes);
    this.#toldAt = now;
    this.#send();
  }

  #measure(now: number, bytes: number): void {
    const before = this.#measured;
    this.#measured = { at: now, bytes };
    if (before === undefined || now <= before.at || bytes < before.bytes) return;
    const elapsed = now - before.at;
    const current = ((bytes - before.bytes) * 1000) / elapsed;
    const weight = 1 - Math.exp(-elapsed / speedMemoryMs);
    const smoothed = this.#now.bytesPerSecond ?? current;
    this.#now = { ...this.#now, bytesPerSecond: Math.round(smoothed + weight * (current - smoothed)) };
  }

  #send(): void {
    if (!this.#signal.aborted) this.#tell({ ...this.#now });
  }
}

function known(bytes: { totalBytes?: number | undefined; resumedFrom?: number | undefined }): Change {
  const { totalBytes, resumedFrom } = bytes;
  return {
    ...defined({ totalBytes }),
    ...defined({ resumedFrom }),
  };
}
