import { t } from "@vscode/l10n";
import { Worker } from "node:worker_threads";
import { cancelled, ExportError } from "../../model/exportError.ts";
import type { AskMessage, PlainFailure, ReplyMessage, RequestMap } from "./threadMessages.ts";

/** What these threads make is short-lived; with more room for it, it only lies about longer. */
const maxYoungGenerationSizeMb = 8;

interface Waiting {
  resolve(answer: unknown): void;
  reject(error: Error): void;
}

export type EventHandlers<Events> = { readonly [Name in keyof Events]: (event: Events[Name]) => void };

/** A worker thread as its host sees it: requests that settle whatever happens to the thread. */
export class ThreadRequests<Requests extends RequestMap<Requests>, Events> {
  readonly #worker: Worker;
  readonly #waiting = new Map<number, Waiting>();
  readonly #handlers: EventHandlers<Events>;
  #nextId = 0;
  #ended: Error | undefined;

  /** @param program the worker's entry; `workerData` is what it is given at its start */
  constructor(program: URL, workerData: unknown, handlers: EventHandlers<Events>) {
    this.#handlers = handlers;
    this.#worker = new Worker(program, { workerData, resourceLimits: { maxYoungGenerationSizeMb } });
    // A table that is still open must not keep a process alive that is about to end.
    this.#worker.unref();
    this.#worker.on("message", (message: ReplyMessage<Events>) => this.#hear(message));
    this.#worker.on("error", (error) => this.#end(threadFailed(error)));
    this.#worker.on("exit", () => this.#end(threadFailed(undefined)));
  }

  /** @throws ExportError what the worker answers, `cancelled` as soon as the signal ends */
  ask<Name extends keyof Requests>(
    name: Name,
    argument: Requests[Name]["argument"],
    signal?: AbortSignal,
  ): Promise<Requests[Name]["answer"]> {
    if (this.#ended !== undefined) return Promise.reject(this.#ended);
    if (signal?.aborted === true) return Promise.reject(cancelled());
    const id = this.#nextId++;
    const onAbort = (): void => {
      this.#post({ type: "cancel", id });
      this.#settle(id)?.reject(cancelled());
    };
    signal?.addEventListener("abort", onAbort, { once: true });
    const answered = new Promise<Requests[Name]["answer"]>((resolve, reject) =>
      this.#waiting.set(id, { resolve, reject }),
    );
    this.#worker.ref();
    this.#post({ type: "ask", id, name, argument });
    return answered.finally(() => signal?.removeEventListener("abort", onAbort));
  }

  /** Ends the thread, whatever it is doing; everything that waits is rejected with `cancelled`. */
  async terminate(): Promise<void> {
    this.#end(cancelled());
    await this.#worker.terminate();
  }

  #post(message: AskMessage<Requests>): void {
    this.#worker.postMessage(message);
  }

  #hear(message: ReplyMessage<Events>): void {
    if (message.type === "event") this.#handlers[message.name](message.event);
    else if (message.type === "answer") this.#settle(message.id)?.resolve(message.answer);
    else this.#settle(message.id)?.reject(revived(message.failure));
  }

  #settle(id: number): Waiting | undefined {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (this.#waiting.size === 0) this.#worker.unref();
    return waiting;
  }

  #end(reason: Error): void {
    this.#ended ??= reason;
    for (const id of [...this.#waiting.keys()]) this.#settle(id)?.reject(this.#ended);
  }
}

function revived({ code, message }: PlainFailure): ExportError {
  return new ExportError(code, message);
}

function threadFailed(cause: unknown): ExportError {
  return new ExportError("unexpectedResponse", t("The table's reader stopped working. Reload the table."), { cause });
}
