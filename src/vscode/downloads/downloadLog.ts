import type { DownloadedFile, DownloadResult } from "../../model/contract.ts";
import { cancelled, ExportError, isCancelled } from "../../model/exportError.ts";
import type { Log } from "../log.ts";
import type { TaskKey } from "../../model/taskKey.ts";
import type { Subscription } from "../emitter.ts";
import type { Download } from "./download.ts";
import type { Downloads } from "./downloads.ts";
import { systemCode } from "../../model/systemCode.ts";

/** One download in the log, from its first line to its last. */
export interface LoggedDownload {
  ended(result: DownloadResult): void;
  failed(error: unknown): void;
}

/**
 * Logs when each download starts and how it ends. Logs only IDs, sizes and codes, because names and paths are private.
 */
export class DownloadLog {
  readonly #log: Pick<Log, "info" | "warn">;
  readonly #now: () => number;
  #count = 0;

  constructor(log: Pick<Log, "info" | "warn">, now = (): number => performance.now()) {
    this.#log = log;
    this.#now = now;
  }

  follow(downloads: Pick<Downloads, "listen">): Subscription {
    const logged = new WeakMap<Download, LoggedDownload>();
    return downloads.listen(({ download, event }) => {
      if (event.kind === "started") logged.set(download, this.started(download, download.request.files));
      if (event.kind !== "stopped") return;
      if (event.result === undefined) logged.get(download)?.failed(event.error ?? cancelled());
      else logged.get(download)?.ended(event.result);
    });
  }

  /** @param files the indexes of the wanted files; undefined for all */
  started(task: TaskKey, files: readonly number[] | undefined): LoggedDownload {
    this.#count += 1;
    const which = `Download ${this.#count} of task ${oneLine(task.taskId)}, account ${oneLine(task.accountId)},`;
    const begun = this.#now();
    const took = (): string => `${Math.round(this.#now() - begun)} ms`;
    this.#log.info(`${which} started for ${files === undefined ? "all files" : `${files.length} files`}`);
    return {
      ended: (result) => this.#log.info(`${which} ended: ${endOf(result.files, took())}`),
      failed: (error) => {
        if (isCancelled(error)) this.#log.info(`${which} stopped after ${took()}`);
        else this.#log.warn(`${which} failed after ${took()}: ${codeOf(error)}`);
      },
    };
  }
}

function endOf(files: readonly DownloadedFile[], took: string): string {
  const total = (of: (file: DownloadedFile) => number): number => files.reduce((sum, file) => sum + of(file), 0);
  const verified = (["checksum", "length", "unverified"] as const)
    .map((how) => ({ how, count: files.filter((file) => file.verified === how).length }))
    .filter(({ count }) => count > 0)
    .map(({ how, count }) => `${how} ${count}`);
  return [
    `${files.length} files`,
    `${total(({ bytes }) => bytes)} bytes`,
    took,
    `verified by ${verified.join(", ")}`,
    `requests ${total(({ requests }) => requests)}`,
    `resumed ${total(({ resumed }) => resumed)}`,
    `skipped ${files.filter(({ skipped }) => skipped === true).length}`,
  ].join(", ");
}

/** The service of another extension can use its own code, which could also be any text. */
function codeOf(error: unknown): string {
  if (error instanceof ExportError) {
    const { status } = error.details;
    return status === undefined ? error.code : `${error.code}, status ${status}`;
  }
  const code = systemCode(error);
  return code !== undefined && /^\w{1,40}$/.test(code) ? code : "unexpected";
}

/** The ID, unless it contains characters that no ID has, because callers can pass any text. */
function oneLine(id: string): string {
  return /^[\w.:-]+$/.test(id) ? id : JSON.stringify(id);
}
