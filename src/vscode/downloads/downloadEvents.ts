import type { DownloadResult } from "../../model/contract.ts";
import { callerCallback } from "../callerCallback.ts";
import type { Disposable } from "../disposables.ts";
import { Emitter, type Subscription } from "../emitter.ts";
import type { Log } from "../log.ts";
import type { Downloads } from "./downloads.ts";

/**
 * Tells other extensions about finished downloads. Each listener gets a copy of its own, and one that throws doesn't
 * reach our work or other listeners.
 */
export class DownloadEvents {
  readonly #log: Pick<Log, "error">;
  readonly #finished = new Emitter<DownloadResult>();

  constructor(downloads: Pick<Downloads, "listen">, log: Pick<Log, "error">) {
    this.#log = log;
    downloads.listen(({ event }) => {
      if (event.kind === "stopped" && event.result !== undefined) this.#finished.fire(event.result);
    });
  }

  /** The arguments of VS Code's own events. */
  listen(
    listener: (result: DownloadResult) => unknown,
    thisArgument: unknown,
    disposables: Disposable[] | undefined,
  ): Subscription {
    const tell = callerCallback((result: DownloadResult) => listener.call(thisArgument, result), this.#log);
    const subscription = this.#finished.event((result) => tell(structuredClone(result)));
    disposables?.push(subscription);
    return subscription;
  }
}
