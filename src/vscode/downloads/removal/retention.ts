import { existsSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { isCancelled } from "../../../model/exportError.ts";
import { Owner } from "../../disposables.ts";
import type { Log } from "../../log.ts";
import type { DownloadedExport, DownloadHistory } from "../downloadHistory.ts";
import type { OwnFiles } from "../ownFiles.ts";
import { olderThan } from "./chosenDownloads.ts";
import type { RemovalParts } from "./ownFileRemoval.ts";
import { removeDownloads, type RemovalOutcome } from "./removeDownloads.ts";

const dayMs = 86_400_000;
/**
 * No version of this extension is older. A computer whose clock isn't set yet says something earlier, and its download may
 * be a minute old.
 */
const beforeAnyDownload = Date.parse("2025-07-01T00:00:00Z");

export interface RetentionParts extends RemovalParts {
  readonly history: Pick<DownloadHistory, "allInSlices" | "remove">;
  readonly ownFiles: Pick<OwnFiles, "check">;
  /** After how many days downloaded files are deleted; 0: never. */
  readonly keepDays: () => number;
  readonly isInUse: (record: DownloadedExport) => boolean;
  readonly onDeleted: (outcome: RemovalOutcome, days: number) => void;
  readonly log: Pick<Log, "info" | "warn">;
}

/**
 * Deletes downloaded files that are older than the setting allows, at startup and once a day. Like everything that
 * deletes files, it deletes only those that still are exactly what was downloaded. Without the setting, it does nothing
 * and has no timer.
 */
export class Retention extends Owner {
  readonly #parts: RetentionParts;
  readonly #stop = new AbortController();
  #timer: NodeJS.Timeout | undefined;
  #running: Promise<void> | undefined;

  constructor(parts: RetentionParts) {
    super();
    this.#parts = parts;
    this.own({
      dispose: () => {
        this.#stop.abort();
        clearTimeout(this.#timer);
      },
    });
  }

  /** Deletes what is due, and again each day. Call at startup and when the setting has changed. */
  async run(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#parts.keepDays() <= 0 || this.#stop.signal.aborted) return;
    // The window may stay open for months, but nothing waits for it to close.
    this.#timer = setTimeout(() => void this.run(), dayMs).unref();
    this.#running ??= this.#deleteDue().finally(() => (this.#running = undefined));
    await this.#running;
  }

  async #deleteDue(): Promise<void> {
    const { history, log, onDeleted } = this.#parts;
    const days = this.#parts.keepDays();
    const { signal } = this.#stop;
    try {
      const old = await olderThan(await history.allInSlices(signal), days, Date.now(), signal);
      const due = old.filter(({ at }) => Date.parse(at) >= beforeAnyDownload);
      if (due.length === 0) return;
      const outcome = await removeDownloads(due, { ...this.#parts, forgetsMissing }, signal);
      const { deleted, bytes, gone, kept } = outcome;
      const all = `${deleted} deleted, ${bytes} bytes, ${gone} forgotten, ${kept.length} kept`;
      log.info(`Downloaded files older than ${days} days: ${all}`);
      if (deleted > 0) onDeleted(outcome, days);
    } catch (error) {
      if (!isCancelled(error)) log.warn("Old downloaded files could not be deleted", error);
    }
  }
}

/** A disk that isn't there now may come back with the file, which is then due. */
function forgetsMissing({ uri }: DownloadedExport): Promise<boolean> {
  return Promise.resolve(existsSync(dirname(fileURLToPath(uri))));
}
