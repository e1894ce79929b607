import * as vscode from "vscode";
import { callByPerson } from "../commandCall.ts";
import type { Log } from "../log.ts";
import { readSetting } from "../settings.ts";
import type { DownloadHistory } from "./downloadHistory.ts";
import type { Downloads } from "./downloads.ts";

export interface ResumeParts {
  readonly downloads: Downloads;
  readonly history: DownloadHistory;
  readonly log: Log;
}

/** At startup, lists interrupted downloads as paused and, if the setting says so, resumes them. */
export async function resumeInterrupted({ downloads, history, log }: ResumeParts): Promise<void> {
  try {
    const staleMs = readSetting("keepInterruptedDays") * 86_400_000;
    const interrupted = await downloads.restore(history.unfinishedRequests(), staleMs);
    if (!readSetting("resumeByItself")) return;
    for (const { accountId, taskId } of interrupted) {
      void vscode.commands.executeCommand("taskExports.resumeDownload", callByPerson({ accountId, taskId }));
    }
  } catch (error) {
    log.warn("Interrupted downloads could not be listed", error);
  }
}
