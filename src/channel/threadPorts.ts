import { type MessagePort, Worker, type WorkerOptions } from "node:worker_threads";
import { Listeners } from "./listeners.ts";
import type { Disposable, Port } from "./port.ts";

/**
 * A worker thread, as seen by the thread that started it. Doesn't keep the process alive unless `keepAlive` is called.
 */
export class WorkerPort implements Port {
  readonly #worker: Worker;
  readonly #messages = new Listeners<unknown>();
  readonly #ends = new Listeners<unknown>();
  #end: { readonly cause: unknown } | undefined;

  constructor(program: URL, options: WorkerOptions) {
    this.#worker = new Worker(program, options);
    this.#worker.on("message", (message: unknown) => this.#messages.tell(message));
    this.#worker.on("messageerror", (cause) => this.#ended(cause));
    this.#worker.on("error", (cause) => this.#ended(cause));
    this.#worker.on("exit", () => this.#ended(undefined));
    // Last, because adding a listener for messages keeps the process alive again.
    this.#worker.unref();
  }

  post(message: unknown): void {
    this.#worker.postMessage(message);
  }

  onMessage(listener: (message: unknown) => void): Disposable {
    return this.#messages.add(listener);
  }

  onEnd(listener: (cause: unknown) => void): Disposable {
    if (this.#end === undefined) return this.#ends.add(listener);
    listener(this.#end.cause);
    return { dispose: () => undefined };
  }

  /** A thread with pending requests keeps the process alive; an idle one must not. */
  keepAlive(isNeeded: boolean): void {
    if (isNeeded) this.#worker.ref();
    else this.#worker.unref();
  }

  /** Ends the thread, whatever it is doing. */
  async terminate(): Promise<void> {
    await this.#worker.terminate();
  }

  #ended(cause: unknown): void {
    if (this.#end !== undefined) return;
    this.#end = { cause };
    this.#ends.tell(cause);
  }
}

/** The other side, as seen by a worker thread or by one end of a `MessageChannel`. */
export function messagePort(port: MessagePort): Port {
  return {
    post: (message) => port.postMessage(message),
    onMessage: (listener) => {
      port.on("message", listener);
      return { dispose: () => void port.off("message", listener) };
    },
    onEnd: (listener) => {
      const ended = (): void => listener(undefined);
      port.once("close", ended);
      port.once("messageerror", listener);
      return {
        dispose: () => {
          port.off("close", ended);
          port.off("messageerror", listener);
        },
      };
    },
  };
}
