/** A process that starts a worker thread and then waits for an answer of it, or for nothing. */
import { Requester } from "../../../src/channel/requester.ts";
import { WorkerPort } from "../../../src/channel/threadPorts.ts";
import { type CalcEvents, type CalcRequests, calcErrors } from "./conversation.ts";

const port = new WorkerPort(new URL("calcWorker.ts", import.meta.url), {});
const requester = new Requester<CalcRequests, CalcEvents>(port, {
  errors: calcErrors,
  onWaiting: (isWaiting) => port.keepAlive(isWaiting),
});
const [, , what] = process.argv;
if (what === "waiting") process.stdout.write(String(await requester.ask("add", [40, 2])));
