/**
 * A worker thread that only measures its own event loop: the delay that the machine itself causes. Each message is
 * answered with the delay since the last one.
 */
import { parentPort } from "node:worker_threads";
import { delayOf, watchLoop } from "./loopDelay.ts";

const histogram = watchLoop();
parentPort?.on("message", () => {
  parentPort?.postMessage(delayOf(histogram));
  histogram.reset();
});
