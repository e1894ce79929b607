import { t } from "@vscode/l10n";

import { cancelled, ExportError, throwIfCancelled } from "../../model/exportError.ts";
import { type DigestEnding, DigestThread } from "./digestThread.ts";

export type DigestAlgorithm = "md5" | "sha1" | "sha256" | "crc32" | "crc32c" | "crc64nvme";

/** Lower-case hex by algorithm. */
export type Digests = Partial<Record<DigestAlgorithm, string>>;

/** Hashes files off the event loop while they are written. */
export interface Digester {
  /**
   * Begins to hash a file from its first byte; it need not exist until bytes are reported. SHA-256 is always among
   * the results.
   */
  follow(path: string, algorithms: readonly DigestAlgorithm[]): FileDigest;
  /** Ends the worker. Whoever waits for a digest is told `cancelled`. */
  dispose(): Promise<void>;
}

/** The digests of one file that grows. */
export interface FileDigest {
  /** Tells that the bytes before `end` are in the file and will not change, short of a `restart`. */
  written(end: number): void;
  /** The file begins anew: call before its old bytes are overwritten. Allowed after `finish`, too. */
  restart(): void;
  /**
   * Resolves when the first `total` bytes, which are the whole file, are hashed and the file is closed.
   *
   * @throws ExportError `truncated` when the file is shorter, `notWritable` when it cannot be read back, `cancelled`
   */
  finish(total: number, signal: AbortSignal): Promise<Digests>;
  /** Stops reading. Needs not be called after `finish`. */
  dispose(): void;
}

export interface DigesterOptions {
  /** How long the worker outlives its last file; default 5 s. */
  readonly idleMs?: number;
}

/**
 * One worker thread for all downloads. It starts with the first file and ends when idle. While nobody waits for a
 * digest it does not keep the process alive.
 *
 * @param workerUrl the file of digestWorker.ts, as it is bundled
 */
export function createDigester(workerUrl: URL, options: DigesterOptions = {}): Digester {
  const thread = new DigestThread(workerUrl, options.idleMs ?? 5_000);
  return {
    follow: (path, algorithms) => new FollowedFile(thread, path, [...new Set([...algorithms, "sha256" as const])]),
    dispose: () => thread.dispose(),
  };
}

/** Less than this is not worth a message; the worker reads as much at a time. */
const worthTelling = 1024 * 1024;

class FollowedFile implements FileDigest {
  readonly #thread: DigestThread;
  readonly #path: string;
  readonly #algorithms: readonly DigestAlgorithm[];
  #id = 0;
  #told = 0;
  #ending: DigestEnding | undefined;
  #onEnding: ((ending: DigestEnding) => void) | undefined;

  constructor(thread: DigestThread, path: string, algorithms: readonly DigestAlgorithm[]) {
    this.#thread = thread;
    this.#path = path;
    this.#algorithms = algorithms;
    this.#begin();
  }

  written(end: number): void {
    if (end - this.#told < worthTelling) return;
    this.#told = end;
    this.#thread.tell({ type: "written", id: this.#id, end });
  }

  restart(): void {
    this.dispose();
    this.#begin();
  }

  async finish(total: number, signal: AbortSignal): Promise<Digests> {
    throwIfCancelled(signal);
    const release = this.#thread.hold();
    const giveUp = (): void => this.dispose();
    signal.addEventListener("abort", giveUp, { once: true });
    try {
      this.#thread.tell({ type: "finish", id: this.#id, total });
      return this.#digestsOf(await this.#ended());
    } finally {
      signal.removeEventListener("abort", giveUp);
      release();
    }
  }

  dispose(): void {
    this.#thread.drop(this.#id);
    this.#end({ type: "dropped" });
  }

  #begin(): void {
    this.#told = 0;
    this.#ending = undefined;
    this.#id = this.#thread.begin(this.#path, this.#algorithms, (ending) => this.#end(ending));
  }

  #end(ending: DigestEnding): void {
    this.#ending ??= ending;
    this.#onEnding?.(this.#ending);
    this.#onEnding = undefined;
  }

  #ended(): Promise<DigestEnding> {
    return new Promise((resolve) => {
      if (this.#ending === undefined) this.#onEnding = resolve;
      else resolve(this.#ending);
    });
  }

  #digestsOf(ending: DigestEnding): Digests {
    switch (ending.type) {
      case "digests":
        return ending.digests;
      case "dropped":
        throw cancelled();
      case "lengthDiffers":
        throw partTooShort(this.#path);
      case "unreadable":
        throw cannotReadBack(this.#path, ending.reason);
      case "crashed":
        throw cannotReadBack(this.#path, "worker", ending.cause);
    }
  }
}

function partTooShort(path: string): ExportError {
  const message = t("{0} lost bytes that had been written. Start the download again.", path);
  return new ExportError("truncated", message, { details: { path } });
}

function cannotReadBack(path: string, reason: string, cause?: unknown): ExportError {
  const message = t("{0} could not be read back to check it ({1}). Check the disk and try again.", path, reason);
  return new ExportError("notWritable", message, { details: { path }, cause });
}
