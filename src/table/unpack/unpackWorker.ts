/** The thread that unpacks an archive, so that another one can read its rows meanwhile. */
import { startWorker } from "../worker/startWorker.ts";
import { Paced } from "../worker/turns.ts";
import type { UnpackEvents, UnpackRequests } from "./unpackMessages.ts";
import { unpackTo } from "./unpackTo.ts";

const tellEveryMs = 50;

const { answer } = startWorker();

const answerer = answer<UnpackRequests, UnpackEvents>({
  unpack: async ({ from, to }, signal) => {
    const paced = new Paced<number>(tellEveryMs, (bytes) => answerer.emit("written", { bytes }));
    let written = 0;
    const onWritten = (bytes: number): void => {
      written = bytes;
      if (bytes > 0) paced.offer(() => bytes, false);
    };
    try {
      await unpackTo(from, to, onWritten, signal);
    } finally {
      paced.offer(() => written, true);
    }
    return null;
  },
});
