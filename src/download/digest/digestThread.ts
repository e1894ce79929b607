import { Requester, type RequestErrors } from "../../channel/requester.ts";
import type { NoEvents } from "../../channel/requestMap.ts";
import { WorkerPort } from "../../channel/threadPorts.ts";
import { cancelled } from "../../model/exportError.ts";
import type { DigestRequests } from "./digestMessages.ts";

export type DigestRequester = Pick<Requester<DigestRequests, NoEvents>, "ask">;

/** The worker ended or failed. */
export class DigestThreadError extends Error {}

const requestErrors: RequestErrors = {
  refused: ({ message }) => new DigestThreadError(message),
  cancelled: () => cancelled(),
  ended: (cause) => new DigestThreadError("The worker ended.", { cause }),
  unreadable: () => new DigestThreadError("The worker's answer is not readable."),
};

/** A use of the thread by one reading of a file. */
export interface ReadingLease {
  readonly reading: number;
  readonly requester: DigestRequester;
  /** The thread ends some time after the last release. */
  release(): void;
}

interface RunningWorker {
  readonly port: WorkerPort;
  readonly requester: Requester<DigestRequests, NoEvents>;
}

/**
 * The worker thread: started for the first reading, ended some time after the last one, started again after a crash. A
 * crash rejects all pending requests.
 */
export class DigestThread {
  readonly #workerUrl: URL;
  readonly #idleMs: number;
  readonly #used = new Set<number>();
  #running: RunningWorker | undefined;
  #idle: NodeJS.Timeout | undefined;
  #lastReading = 0;
  #isDisposed = false;

  constructor(workerUrl: URL, idleMs: number) {
    this.#workerUrl = workerUrl;
    this.#idleMs = idleMs;
  }

  /** Undefined after `dispose`. */
  lease(): ReadingLease | undefined {
    if (this.#isDisposed) return undefined;
    clearTimeout(this.#idle);
    const reading = ++this.#lastReading;
    this.#used.add(reading);
    const { requester } = this.#started();
    return { reading, requester, release: () => this.#release(reading) };
  }

  async dispose(): Promise<void> {
    this.#isDisposed = true;
    await this.#end();
  }

  #release(reading: number): void {
    if (!this.#used.delete(reading) || this.#used.size > 0) return;
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => void this.#end(), this.#idleMs).unref();
  }

  #started(): RunningWorker {
    if (this.#running !== undefined) return this.#running;
    const port = new WorkerPort(this.#workerUrl, { name: "task-exports-digests", execArgv: [] });
    const requester = new Requester<DigestRequests, NoEvents>(port, {
      errors: requestErrors,
      onWaiting: (isWaiting) => port.keepAlive(isWaiting),
    });
    const running = { port, requester };
    this.#running = running;
    port.onEnd(() => {
      if (this.#running === running) this.#running = undefined;
    });
    return running;
  }

  async #end(): Promise<void> {
    clearTimeout(this.#idle);
    const running = this.#running;
    this.#running = undefined;
    running?.requester.dispose();
    await running?.port.terminate();
  }
}
