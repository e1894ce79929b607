import * as vscode from "vscode";
import { callByPerson } from "../commandCall.ts";
import type { Log } from "../log.ts";
import { readSetting } from "../settings.ts";
import type { Downloads } from "./downloads.ts";

/** After a start: shows what was interrupted and, where the person set it so, goes on with it. */
export async function resumeInterrupted(downloads: Downloads, log: Log): Promise<void> {
  try {
    const interrupted = await downloads.restore();
    if (!readSetting("resumeByItself")) return;
    for (const { accountId, taskId } of interrupted) {
      void vscode.commands.executeCommand("taskExports.resumeDownload", callByPerson({ accountId, taskId }));
    }
  } catch (error) {
    log.warn("Interrupted downloads could not be looked for", error);
  }
}
