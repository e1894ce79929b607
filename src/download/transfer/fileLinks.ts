import type { ResolvedFile, ServiceCall } from "../../model/contract.ts";
import { isCancelled } from "../../model/exportError.ts";
import { fileMissing, noResultFile } from "../errors/downloadErrors.ts";
import type { FileLink } from "./transferJob.ts";
import { untilCancelled } from "../../model/untilCancelled.ts";

/**
 * The signed addresses of a task's files. A service makes them for all files at once, so files whose links ended
 * together share one question for fresh ones.
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
   * Asks the service.
   *
   * @throws what the service's answer means; ExportError `noResultFile` for an empty list, `cancelled`.
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
        // The one who asked has left; the others still want to know.
        if (call.signal.aborted || !isCancelled(error)) throw error;
      }
    }
  }

  /** The link of one file. What the service does not name any more is `fileMissing`. */
  of(index: number): FileLink {
    // Read at its first use: while this file waits for its turn, another one's transfer may ask for fresh links.
    let used: string | undefined;
    return {
      current: () => (used ??= this.#urlOf(index)),
      renew: async (call) => {
        // Another file's transfer may have asked already.
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
