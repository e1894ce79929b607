/**
 * Loaded into the store's process ahead of the store itself (`--import`). Its channel to the sandbox closes when the
 * sandbox ends in whatever way, so that a killed test run leaves neither a process nor gigabytes of sample files behind.
 */
import { rmSync } from "node:fs";
import process from "node:process";

process.once("disconnect", () => process.exit(1));
// Told to shut down, the store ends when its server has closed: this watch must not hold it back.
process.channel?.unref();

// A folder of the sandbox's own. The sandbox removes it, too, but Ctrl-C in a terminal reaches both at once, and the
// sandbox may be gone first.
const folder = process.env["TASK_EXPORTS_SANDBOX_FOLDER"];
if (folder) {
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
}
