import { basename } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { stampOf, statsOf } from "../../disk/fileStamp.ts";
import type { Digester } from "../../download/digest/digester.ts";
import { sha256Of } from "../../download/digest/sha256Of.ts";
import { exportExtension } from "../../model/exportName.ts";
import { isCancelled } from "../../model/exportError.ts";
import type { TaskKey } from "../../model/taskKey.ts";
import type { DownloadedRecord, DownloadHistory } from "./downloadHistory.ts";

/**
 * What is on the disk for a record of the history: the downloaded file, nothing, a file that existed before its
 * download, or anything else, such as the downloaded file with changes.
 */
export type FoundFile = "downloaded" | "missing" | "existedBefore" | "changed";

export interface CheckedFile {
  readonly found: FoundFile;
  /** Whether nothing has touched the file since it was checked. */
  isUntouched(): Promise<boolean>;
}

/** The stamp of a file that can't be looked at. It may well be there, so it isn't missing, and nothing proves that it is ours. */
const unknown = "unknown";

/** Decides which files are the ones that this extension downloaded, by their content. */
export class OwnFiles {
  readonly #history: Pick<DownloadHistory, "ofTask">;
  readonly #digester: Digester;

  constructor(history: Pick<DownloadHistory, "ofTask">, digester: Digester) {
    this.#history = history;
    this.#digester = digester;
  }

  /** @throws ExportError `cancelled` */
  async check(record: DownloadedRecord, signal: AbortSignal): Promise<CheckedFile> {
    const path = fileURLToPath(record.uri);
    const before = await stampOf(path).catch(() => unknown);
    const found = before === undefined ? "missing" : await this.#compare(path, record, signal);
    return {
      found,
      isUntouched: async () => (await stampOf(path).catch(() => unknown)) === before && before !== unknown,
    };
  }

  /** Whether a path has exactly the file that was downloaded for a task earlier. */
  async isOwn(path: string, { accountId, taskId }: TaskKey, signal: AbortSignal): Promise<boolean> {
    const uri = pathToFileURL(path).href;
    const record = this.#history.ofTask(accountId, taskId).find((each) => each.uri === uri);
    return record !== undefined && (await this.check(record, signal)).found === "downloaded";
  }

  /**
   * Whether a file has the content that was downloaded, whoever wrote it.
   *
   * @throws ExportError `cancelled`, `notWritable` if it can't be read; errors of the file system
   */
  async verify(record: DownloadedRecord, signal: AbortSignal): Promise<"same" | "changed" | "missing"> {
    const path = fileURLToPath(record.uri);
    const file = await statsOf(path);
    if (file === undefined) return "missing";
    if (!file.isFile() || file.size !== record.bytes) return "changed";
    return (await sha256Of(path, this.#digester, signal)) === record.sha256 ? "same" : "changed";
  }

  async #compare(path: string, record: DownloadedRecord, signal: AbortSignal): Promise<FoundFile> {
    // Earlier versions didn't record whether a file was skipped. A file of which something was compared was not.
    if (record.skipped ?? record.verified === "unverified") return "existedBefore";
    // Each download gets a name of an export. Whatever a damaged or forged history says, nothing else is deleted.
    if (exportExtension(basename(path)) === undefined) return "changed";
    try {
      return (await this.verify(record, signal)) === "same" ? "downloaded" : "changed";
    } catch (error) {
      if (isCancelled(error)) throw error;
      return "changed";
    }
  }
}
