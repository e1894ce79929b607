import * as l10n from "@vscode/l10n";
import { readFileSync } from "node:fs";
import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import { createPlainScanner } from "../scan/plainScanner.ts";
import type { Scanner } from "../scan/scanner.ts";
import { createWasmScanner } from "../scan/wasmScanner.ts";
import type { TableWorkerData } from "./tableMessages.ts";

/** What each of the table's worker threads begins with: its host's port, sentences, and a scanner of its own. */
export function startWorker(): { port: MessagePort; scanner: Scanner } {
  if (parentPort === null) throw new Error("This program runs as a worker thread only.");
  // The host that started this thread is this same program.
  const { scanner, sentences } = workerData as TableWorkerData;
  if (sentences !== undefined) l10n.config({ contents: { ...sentences } });
  return { port: parentPort, scanner: scannerFrom(scanner) };
}

/** Where WebAssembly is switched off or has no SIMD, plain code gives the same answers more slowly. */
function scannerFrom(path: string): Scanner {
  try {
    return createWasmScanner(readFileSync(path));
  } catch {
    return createPlainScanner();
  }
}
