/** A thread that extracts columns of an export for the engine. */
import { readFileSync } from "node:fs";
import { FieldScanner } from "../../table/scan/fieldScanner.ts";
import { startWorker } from "../../table/worker/startWorker.ts";
import { Paced } from "../../table/worker/turns.ts";
import type { ExtractEvents, ExtractRequests } from "./extractMessages.ts";
import { extractPiece } from "./extractPiece.ts";

const tellEveryMs = 50;

const { answer, scanner } = startWorker();
let fieldScanner: FieldScanner | undefined;

const answerer = answer<ExtractRequests, ExtractEvents>({
  extract: async (request, signal) => {
    const paced = new Paced<number>(tellEveryMs, (bytes) => answerer.emit("progress", { bytes }));
    fieldScanner ??= fieldScannerFrom(request.fields);
    await extractPiece(request, { scanner, fieldScanner, signal, onBytes: (bytes) => paced.offer(() => bytes, false) });
    return null;
  },
});

/** Without WebAssembly, rows are read cell by cell. */
function fieldScannerFrom(path: string | undefined): FieldScanner | undefined {
  if (path === undefined) return undefined;
  try {
    return new FieldScanner(readFileSync(path));
  } catch {
    return undefined;
  }
}
