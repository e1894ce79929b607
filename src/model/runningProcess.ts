import process from "node:process";
import { systemCode } from "./systemCode.ts";

/** Whether a process of this computer runs, also one of another user. */
export function isRunning(processId: number): boolean {
  try {
    process.kill(processId, 0);
    return true;
  } catch (error) {
    // It belongs to another user, so it can't be signaled.
    return systemCode(error) === "EPERM";
  }
}
