/** A worker thread for tests of the channel. */
import { parentPort } from "node:worker_threads";
import { messagePort } from "../../../src/channel/threadPorts.ts";
import { answererOn, calcHandlers } from "./conversation.ts";

if (parentPort === null) throw new Error("This program runs as a worker thread only.");

const answerer = answererOn(messagePort(parentPort), {
  handlers: {
    ...calcHandlers(),
    fail: (how) => {
      if (how === "exit") process.exit(1);
      // An error that no request catches ends the thread.
      setImmediate(() => {
        throw new Error(how);
      });
      return new Promise(() => undefined);
    },
  },
});
answerer.emit("named", "worker");
