import type { ResolvedFile, ServiceCall } from "../../model/contract.ts";
import { isCancelled } from "../../model/exportError.ts";
import { fileMissing, noResultFile } from "../errors/downloadErrors.ts";
import type { FileLink } from "./transferJob.ts";
import { untilCancelled } from "../../model/untilCancelled.ts";

/**
 * The signed URLs of a task's files. A service creates them for all files at once, so files whose URLs expire together
 * share one request for new ones.
 */
export class TaskLinks {
  readonly #resolve: (call: ServiceCall) => Promise<ResolvedFile[]>;
  #files: readonly ResolvedFile[] = [];
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
   * @throws what the service's response means; ExportError `noResultFile` for an empty list, `cancelled`.
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

  /** The URL of one file. Throws `fileMissing` if the service no longer lists it. */
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
    const file = this.#files.find((each) => each.index === index);
    if (file === undefined) throw fileMissing(undefined);
    return file.url;
  }

  async #ask(call: ServiceCall): Promise<void> {
    const files = await untilCancelled(this.#resolve(call), call.signal);
    if (files.length === 0) throw noResultFile();
    this.#files = files;
  }
}
