import { fileURLToPath } from "node:url";
import { Requester } from "../../channel/requester.ts";
import type { RequestMap } from "../../channel/requestMap.ts";
import { WorkerPort } from "../../channel/threadPorts.ts";
import { threadErrors } from "./threadErrors.ts";
import type { SentenceBundle, TableWorkerData } from "./tableMessages.ts";

/** Where the programs of the worker threads are. */
export interface TablePrograms {
  readonly tableWorker: URL;
  readonly findWorker: URL;
  /** The compiled scanner. */
  readonly scanner: URL;
  readonly sentences?: SentenceBundle | undefined;
}

/** What these threads allocate is short-lived; a larger young generation would only be collected later. */
const maxYoungGenerationSizeMb = 8;

/** One of the table's worker threads as its host sees it. It keeps the process alive only while somebody waits for its answer. */
export class HostedThread<Requests extends RequestMap<Requests>, Events> extends Requester<Requests, Events> {
  readonly #port: WorkerPort;

  constructor(program: URL, { scanner, sentences }: Pick<TablePrograms, "scanner" | "sentences">) {
    const workerData: TableWorkerData = { scanner: fileURLToPath(scanner), sentences };
    const port = new WorkerPort(program, { workerData, resourceLimits: { maxYoungGenerationSizeMb } });
    super(port, { errors: threadErrors, onWaiting: (isWaiting) => port.keepAlive(isWaiting) });
    this.#port = port;
  }

  /** Ends the thread, whatever it is doing; everything that waits is rejected with `cancelled`. */
  async terminate(): Promise<void> {
    this.dispose();
    await this.#port.terminate();
  }
}
