import { Worker } from "node:worker_threads";

import type { DigestAlgorithm } from "./digester.ts";
import type { FromDigestWorker, ToDigestWorker } from "./digestMessages.ts";

/** How a reading ended: as the worker told, because the worker died, or because it was given up. */
export type DigestEnding =
  FromDigestWorker | { readonly type: "crashed"; readonly cause: unknown } | { readonly type: "dropped" };

/**
 * The worker thread and who waits for it: started with the first reading, ended some time after the last one, started
 * again after a crash. Each reading ends once, whatever happens to the thread.
 */
export class DigestThread {
  readonly #workerUrl: URL;
  readonly #idleMs: number;
  readonly #readings = new Map<number, (ending: DigestEnding) => void>();
  #worker: Worker | undefined;
  #idle: NodeJS.Timeout | undefined;
  #lastId = 0;
  #waiting = 0;
  #disposed = false;

  constructor(workerUrl: URL, idleMs: number) {
    this.#workerUrl = workerUrl;
    this.#idleMs = idleMs;
  }

  /** Begins a reading; `onEnding` is called once unless it is dropped. Answers its id. */
  begin(path: string, algorithms: readonly DigestAlgorithm[], onEnding: (ending: DigestEnding) => void): number {
    const id = ++this.#lastId;
    if (this.#disposed) {
      onEnding({ type: "dropped" });
      return id;
    }
    clearTimeout(this.#idle);
    this.#worker ??= this.#start();
    this.#readings.set(id, onEnding);
    this.tell({ type: "follow", id, path, algorithms });
    return id;
  }

  tell(message: ToDigestWorker): void {
    this.#worker?.postMessage(message);
  }

  /** Gives a reading up, quietly. */
  drop(id: number): void {
    if (!this.#readings.delete(id)) return;
    this.tell({ type: "drop", id });
    this.#restWhenIdle();
  }

  /** Keeps the process alive until the answered function is called. */
  hold(): () => void {
    if (++this.#waiting === 1) this.#worker?.ref();
    return () => {
      if (--this.#waiting === 0) this.#worker?.unref();
    };
  }

  async dispose(): Promise<void> {
    this.#disposed = true;
    clearTimeout(this.#idle);
    const worker = this.#worker;
    this.#endAll({ type: "dropped" });
    await worker?.terminate();
  }

  #start(): Worker {
    const worker = new Worker(this.#workerUrl, { name: "task-exports-digests", execArgv: [] });
    worker.on("message", (ending: FromDigestWorker) => {
      const onEnding = this.#readings.get(ending.id);
      this.#readings.delete(ending.id);
      onEnding?.(ending);
      this.#restWhenIdle();
    });
    const lost = (cause: unknown): void => {
      if (this.#worker === worker) this.#endAll({ type: "crashed", cause });
    };
    worker.on("error", lost);
    worker.on("exit", lost);
    // Last, since a listener for messages keeps the process alive again.
    if (this.#waiting === 0) worker.unref();
    return worker;
  }

  #endAll(ending: DigestEnding): void {
    this.#worker = undefined;
    const waiting = [...this.#readings.values()];
    this.#readings.clear();
    for (const onEnding of waiting) onEnding(ending);
  }

  #restWhenIdle(): void {
    if (this.#readings.size > 0 || this.#worker === undefined) return;
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => {
      const worker = this.#worker;
      this.#worker = undefined;
      void worker?.terminate();
    }, this.#idleMs).unref();
  }
}
