import { fileURLToPath } from "node:url";
import { Requester } from "../../channel/requester.ts";
import type { RequestMap } from "../../channel/requestMap.ts";
import { WorkerPort } from "../../channel/threadPorts.ts";
import { threadErrors } from "./threadErrors.ts";
import type { SentenceBundle, TableWorkerData } from "./tableMessages.ts";

/** The bundled programs of the worker threads. */
export interface TablePrograms {
  readonly tableWorker: URL;
  readonly findWorker: URL;
  readonly unpackWorker: URL;
  /** The compiled scanner. */
  readonly scanner: URL;
  /** Guesses the encoding of text that isn't Unicode. Without it, such text is read as Windows-1252. */
  readonly encodingGuess?: URL;
  readonly sentences?: SentenceBundle | undefined;
}

/** What the threads of these programs start with. */
export function threadData({
  scanner,
  encodingGuess,
  sentences,
}: Omit<TablePrograms, `${string}Worker`>): Omit<TableWorkerData, "program"> {
  return { scanner: fileURLToPath(scanner), encodingGuess: encodingGuess?.href, sentences };
}

/** These threads mostly allocate short-lived objects. A larger young generation would only delay garbage collection. */
const maxYoungGenerationSizeMb = 2;

/** A worker thread of the table, as seen by its host. It keeps the process alive only while a request is pending. */
export class HostedThread<Requests extends RequestMap<Requests>, Events> extends Requester<Requests, Events> {
  readonly #port: WorkerPort;

  /** @param data what the thread starts with, besides its program */
  constructor(program: URL, data: Omit<TableWorkerData, "program">) {
    const workerData: TableWorkerData = { ...data, program: program.href };
    const port = new WorkerPort(program, { workerData, resourceLimits: { maxYoungGenerationSizeMb } });
    super(port, { errors: threadErrors, onWaiting: (isWaiting) => port.keepAlive(isWaiting) });
    this.#port = port;
  }

  /** Ends the thread, whatever it is doing. Pending requests are rejected with `cancelled`. */
  async terminate(): Promise<void> {
    this.dispose();
    await this.#port.terminate();
  }
}
