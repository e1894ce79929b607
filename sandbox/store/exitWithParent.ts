/**
 * Loaded into the store's process before the store (`--import`). Its channel to the sandbox closes whenever the sandbox
 * ends, so that a killed test run leaves neither a process nor gigabytes of sample files behind.
 */
import { rmSync } from "node:fs";
import process from "node:process";

process.once("disconnect", () => process.exit(1));
// On shutdown, the store ends when its server is closed. This listener must not keep it alive.
process.channel?.unref();

// A temporary folder of the sandbox. The sandbox also removes it, but Ctrl-C in a terminal reaches both processes, and
// the sandbox may end first.
const folder = process.env["TASK_EXPORTS_SANDBOX_FOLDER"];
if (folder) {
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
}
