/** The worker thread behind every `FileDigest`: reads parts while they grow, with its own file handles. */
import { parentPort } from "node:worker_threads";

import { Answerer } from "../../channel/answerer.ts";
import type { NoEvents } from "../../channel/requestMap.ts";
import { messagePort } from "../../channel/threadPorts.ts";
import type { DigestRequests } from "./digestMessages.ts";
import { Reading } from "./reading.ts";

if (parentPort === null) throw new Error("This program only runs as a worker thread.");

const readings = new Map<number, Reading>();

new Answerer<DigestRequests, NoEvents>(messagePort(parentPort), {
  handlers: {
    follow: ({ reading, path, algorithms }) => {
      readings.set(reading, new Reading(path, algorithms));
      return null;
    },
    written: ({ reading, end }) => {
      readings.get(reading)?.written(end);
      return null;
    },
    finish: async ({ reading, total }) => {
      const finished = readings.get(reading);
      if (finished === undefined) throw new Error("Unknown reading.");
      const outcome = await finished.finish(total);
      readings.delete(reading);
      return outcome;
    },
    drop: ({ reading }) => {
      readings.get(reading)?.drop();
      readings.delete(reading);
      return null;
    },
  },
  toRefusal: (error) => ({ code: "failed", message: error instanceof Error ? error.message : String(error) }),
  unreadable: () => ({ code: "failed", message: "Unknown request." }),
});
