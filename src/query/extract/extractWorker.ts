/** A thread that extracts columns of an export for the engine. */
import { startWorker } from "../../table/worker/startWorker.ts";
import { Paced } from "../../table/worker/turns.ts";
import type { ExtractEvents, ExtractRequests } from "./extractMessages.ts";
import { extractPiece } from "./extractPiece.ts";

const tellEveryMs = 50;

const { answer, scanner } = startWorker();

const answerer = answer<ExtractRequests, ExtractEvents>({
  extract: async (request, signal) => {
    const paced = new Paced<number>(tellEveryMs, (bytes) => answerer.emit("progress", { bytes }));
    await extractPiece(request, { scanner, signal, onBytes: (bytes) => paced.offer(() => bytes, false) });
    return null;
  },
});
