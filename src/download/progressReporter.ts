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

/** The shortest time between two reports of numbers only. Other changes are reported at once. */
const leastMsBetween = 100;
/** The time constant of the average speed. */
const speedMemoryMs = 2000;

/** Reports the progress of one file: not too often, with an average speed, and never after a cancel. */
export class ProgressReporter {
  readonly #report: (progress: DownloadProgress) => void;
  readonly #signal: AbortSignal;
  readonly #clock: Clock;
  #now: DownloadProgress;
  #reportedAt = Number.NEGATIVE_INFINITY;
  #measured: { at: number; bytes: number } | undefined;

  constructor(
    subject: ProgressSubject,
    signal: AbortSignal,
    clock: Clock,
    report: (progress: DownloadProgress) => void,
  ) {
    this.#report = report;
    this.#signal = signal;
    this.#clock = clock;
    this.#now = { ...subject, phase: "resolving", receivedBytes: 0 };
  }

  rename(name: string): void {
    this.#now = { ...this.#now, name };
  }

  /** Enters a phase, or the same phase for another reason. Reported at once. */
  enter(phase: DownloadProgress["phase"], change: Change = {}): void {
    // The reason, wait time and speed belong to the previous phase.
    const { file, files, name, receivedBytes, totalBytes, resumedFrom } = this.#now;
    const lasting = { file, files, name, receivedBytes, ...defined({ totalBytes, resumedFrom }) };
    this.#now = { ...lasting, ...change, phase };
    this.#measured = undefined;
    this.#reportedAt = this.#clock.now();
    this.#send();
  }

  /** The part has this length now. */
  received(bytes: number, total: number | undefined): void {
    if (this.#now.phase !== "downloading") this.enter("downloading");
    const now = this.#clock.now();
    this.#now = { ...this.#now, receivedBytes: bytes, ...defined({ totalBytes: total }) };
    if (now - this.#reportedAt < leastMsBetween) return;
    this.#measure(now, bytes);
    this.#reportedAt = now;
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
    if (!this.#signal.aborted) this.#report({ ...this.#now });
  }
}
