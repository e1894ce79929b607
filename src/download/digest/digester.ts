import { t } from "@vscode/l10n";

import { cancelled, ExportError, throwIfCancelled } from "../../model/exportError.ts";
import type { DigestAlgorithm, DigestOutcome, DigestRequests, Digests } from "./digestMessages.ts";
import { DigestThread, DigestThreadError, type ReadingLease } from "./digestThread.ts";

/** Hashes files off the event loop while they are written. */
export interface Digester {
  /**
   * Starts to hash a file from its first byte. The file need not exist until bytes are reported. The results always
   * include SHA-256.
   */
  follow(path: string, algorithms: readonly DigestAlgorithm[]): FileDigest;
  /** Ends the worker. Pending digests are rejected with `cancelled`. */
  dispose(): Promise<void>;
}

/** The digests of one growing file. */
export interface FileDigest {
  /** The bytes before `end` are in the file and will not change until a `restart`. */
  written(end: number): void;
  /** The file starts over: call before its old bytes are overwritten. Also allowed after `finish`. */
  restart(): void;
  /**
   * Resolves when the whole file, which is `total` bytes long, is hashed and closed.
   *
   * @throws ExportError `truncated` if the file is shorter, `notWritable` if it can't be read back, `cancelled`
   */
  finish(total: number, signal: AbortSignal): Promise<Digests>;
  /** Stops reading. Not needed after `finish`. */
  dispose(): void;
}

export interface DigesterOptions {
  /** How long the worker outlives its last file; default 5 s. */
  readonly idleMs?: number;
}

/**
 * One worker thread for all downloads. It starts with the first file and ends when idle. It keeps the process alive
 * only while a digest is awaited.
 *
 * @param workerUrl the bundled digestWorker.ts
 */
export function createDigester(workerUrl: URL, options: DigesterOptions = {}): Digester {
  const thread = new DigestThread(workerUrl, options.idleMs ?? 5_000);
  return {
    follow: (path, algorithms) => new FollowedFile(thread, path, [...new Set([...algorithms, "sha256" as const])]),
    dispose: () => thread.dispose(),
  };
}

/** Fewer new bytes are not worth a message; the worker reads this many at a time. */
const reportBytes = 1024 * 1024;

class FollowedFile implements FileDigest {
  readonly #thread: DigestThread;
  readonly #path: string;
  readonly #algorithms: readonly DigestAlgorithm[];
  /** Undefined after `dispose`. */
  #lease: ReadingLease | undefined;
  #reported = 0;
  #stop = new AbortController();

  constructor(thread: DigestThread, path: string, algorithms: readonly DigestAlgorithm[]) {
    this.#thread = thread;
    this.#path = path;
    this.#algorithms = algorithms;
    this.#begin();
  }

  written(end: number): void {
    if (end - this.#reported < reportBytes) return;
    this.#reported = end;
    this.#post("written", { end });
  }

  restart(): void {
    this.dispose();
    this.#begin();
  }

  async finish(total: number, signal: AbortSignal): Promise<Digests> {
    throwIfCancelled(signal);
    const lease = this.#lease;
    if (lease === undefined) throw cancelled();
    try {
      const isOver = AbortSignal.any([signal, this.#stop.signal]);
      const outcome = await lease.requester.ask("finish", { reading: lease.reading, total }, isOver);
      return this.#digestsOf(outcome);
    } catch (error) {
      throw error instanceof DigestThreadError ? cannotReadBack(this.#path, "worker", error) : error;
    } finally {
      if (this.#lease === lease) this.dispose();
    }
  }

  dispose(): void {
    this.#stop.abort();
    this.#post("drop", {});
    this.#lease?.release();
    this.#lease = undefined;
  }

  #begin(): void {
    this.#reported = 0;
    this.#stop = new AbortController();
    this.#lease = this.#thread.lease();
    this.#post("follow", { path: this.#path, algorithms: this.#algorithms });
  }

  /** Errors are ignored: `finish` notices if the worker has ended. */
  #post<Name extends "follow" | "written" | "drop">(
    name: Name,
    argument: Omit<DigestRequests[Name]["argument"], "reading">,
  ): void {
    const lease = this.#lease;
    if (lease === undefined) return;
    void lease.requester.ask(name, { ...argument, reading: lease.reading }).catch(() => undefined);
  }

  #digestsOf(outcome: DigestOutcome): Digests {
    switch (outcome.kind) {
      case "digests":
        return outcome.digests;
      case "lengthDiffers":
        throw partTooShort(this.#path);
      case "unreadable":
        throw cannotReadBack(this.#path, outcome.reason);
    }
  }
}

function partTooShort(path: string): ExportError {
  const message = t("{0} is shorter than what was written to it. Start the download again.", path);
  return new ExportError("truncated", message, { details: { path } });
}

function cannotReadBack(path: string, reason: string, cause?: unknown): ExportError {
  const message = t("Couldn't read {0} to verify it ({1}). Check the disk and try again.", path, reason);
  return new ExportError("notWritable", message, { details: { path }, cause });
}
