import * as l10n from "@vscode/l10n";
import { readFileSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import { Answerer, type RequestHandlers } from "../../channel/answerer.ts";
import type { RequestMap } from "../../channel/requestMap.ts";
import { messagePort } from "../../channel/threadPorts.ts";
import { createPlainScanner } from "../scan/plainScanner.ts";
import type { Scanner } from "../scan/scanner.ts";
import { createWasmScanner } from "../scan/wasmScanner.ts";
import type { TableWorkerData } from "./tableMessages.ts";
import { threadRefusal } from "./threadErrors.ts";

/** What each of the table's threads starts with. */
export interface StartedWorker {
  readonly scanner: Scanner;
  /** Answers the thread's host from now on. */
  readonly answer: <Requests extends RequestMap<Requests>, Events>(
    handlers: RequestHandlers<Requests>,
  ) => Answerer<Requests, Events>;
}

/** Sets up the thread's language and gives it a scanner of its own. */
export function startWorker(): StartedWorker {
  if (parentPort === null) throw new Error("This program runs as a worker thread only.");
  const port = messagePort(parentPort);
  // The host that started this thread is this same program.
  const { scanner, sentences } = workerData as TableWorkerData;
  if (sentences !== undefined) l10n.config({ contents: { ...sentences } });
  return {
    scanner: scannerFrom(scanner),
    answer: (handlers) =>
      new Answerer(port, {
        handlers,
        toRefusal: threadRefusal,
        unreadable: () => threadRefusal(new Error("This request is not known.")),
      }),
  };
}

/** Where WebAssembly is switched off or has no SIMD, plain code gives the same answers more slowly. */
function scannerFrom(path: string): Scanner {
  try {
    return createWasmScanner(readFileSync(path));
  } catch {
    return createPlainScanner();
  }
}
