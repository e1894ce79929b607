import type { ResolvedFile, ServiceCall } from "../../model/contract.ts";
import { isCancelled } from "../../model/exportError.ts";
import { fileListChanged, noResultFile } from "../errors/downloadErrors.ts";
import { matchFiles } from "./matchFiles.ts";
import type { FileLink } from "./transferJob.ts";
import { untilCancelled } from "../../model/untilCancelled.ts";

/**
 * The signed URLs of a task's files. A service creates them for all files at once, so files whose URLs expire together
 * share one request for new ones.
 */
export class TaskLinks {
  readonly #resolve: (call: ServiceCall) => Promise<ResolvedFile[]>;
  /** The first list. Later lists only bring new URLs for its files. */
  #files: readonly ResolvedFile[] = [];
  /** The latest URLs, by index. */
  #urls: ReadonlyMap<number, string> = new Map();
  #asking: Promise<void> | undefined;

  constructor(resolve: (call: ServiceCall) => Promise<ResolvedFile[]>) {
    this.#resolve = resolve;
  }

  get files(): readonly ResolvedFile[] {
    return this.#files;
  }

  /**
   * Requests new URLs.
   *
   * @throws what the service's response means; ExportError `noResultFile` for an empty list, `fileChanged` if it no longer
   * lists the same files, `cancelled`.
   */
  async refresh(call: ServiceCall): Promise<void> {
    for (;;) {
      try {
        this.#asking ??= this.#ask(call).finally(() => {
          this.#asking = undefined;
        });
        await untilCancelled(this.#asking, call.signal);
        return;
      } catch (error) {
        // The caller that started the request has canceled, but the others still need the URLs.
        if (call.signal.aborted || !isCancelled(error)) throw error;
      }
    }
  }

  /** The URL of one file of the first list. */
  of(index: number): FileLink {
    // Read on first use: while this file waits for its turn, the transfer of another file may request new URLs.
    let used: string | undefined;
    return {
      current: () => (used ??= this.#urlOf(index)),
      renew: async (call) => {
        // The transfer of another file may have already requested new URLs.
        if (this.#urlOf(index) === used) await this.refresh(call);
        used = this.#urlOf(index);
      },
    };
  }

  #urlOf(index: number): string {
    const url = this.#urls.get(index);
    if (url === undefined) throw fileListChanged();
    return url;
  }

  async #ask(call: ServiceCall): Promise<void> {
    const files = await untilCancelled(this.#resolve(call), call.signal);
    if (files.length === 0) throw noResultFile();
    if (this.#files.length === 0) {
      this.#files = files;
      this.#urls = new Map(files.map(({ index, url }) => [index, url]));
    } else this.#urls = matchFiles(this.#files, files);
  }
}
