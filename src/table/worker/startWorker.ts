import * as l10n from "@vscode/l10n";
import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { parentPort, workerData } from "node:worker_threads";
import { Answerer, type RequestHandlers } from "../../channel/answerer.ts";
import type { RequestMap } from "../../channel/requestMap.ts";
import { messagePort } from "../../channel/threadPorts.ts";
import { createPlainScanner } from "../scan/plainScanner.ts";
import type { GuessEncoding } from "../detect/detectContent.ts";
import type { Scanner } from "../scan/scanner.ts";
import { createWasmScanner } from "../scan/wasmScanner.ts";
import { HostedThread } from "./hostedThread.ts";
import type { TableWorkerData } from "./tableMessages.ts";
import { threadRefusal } from "./threadErrors.ts";

/** What each worker thread of the table starts with. */
export interface StartedWorker {
  readonly scanner: Scanner;
  /** Loads the program that guesses encodings; undefined if there is none. */
  readonly loadGuess: () => Promise<GuessEncoding | undefined>;
  /** Starts another thread with the same program. Undefined if there is only one core. */
  readonly startAnother:
    (<Requests extends RequestMap<Requests>, Events>() => HostedThread<Requests, Events>) | undefined;
  /** Starts to answer requests from the host. */
  readonly answer: <Requests extends RequestMap<Requests>, Events>(
    handlers: RequestHandlers<Requests>,
  ) => Answerer<Requests, Events>;
}

/** Sets up the language of the thread and creates a scanner. */
export function startWorker(): StartedWorker {
  if (parentPort === null) throw new Error("This program only runs as a worker thread.");
  const port = messagePort(parentPort);
  // The host that started this thread is part of the same program.
  const data = workerData as TableWorkerData;
  const { scanner, sentences, encodingGuess } = data;
  if (sentences !== undefined) l10n.config({ contents: { ...sentences } });
  return {
    scanner: scannerFrom(scanner),
    loadGuess: () => loadGuess(encodingGuess),
    startAnother: availableParallelism() > 1 ? () => new HostedThread(new URL(data.program), data) : undefined,
    answer: (handlers) =>
      new Answerer(port, {
        handlers,
        toRefusal: threadRefusal,
        unreadable: () => threadRefusal(new Error("Unknown request.")),
      }),
  };
}

/** Without it, the usual encoding is used. */
async function loadGuess(program: string | undefined): Promise<GuessEncoding | undefined> {
  if (program === undefined) return undefined;
  try {
    // A program of this extension, which is bundled separately.
    const { guessEncoding } = (await import(program)) as { readonly guessEncoding: GuessEncoding };
    return guessEncoding;
  } catch {
    return undefined;
  }
}

/** If WebAssembly is disabled or has no SIMD, the plain scanner does the same more slowly. */
function scannerFrom(path: string): Scanner {
  try {
    return createWasmScanner(readFileSync(path));
  } catch {
    return createPlainScanner();
  }
}
