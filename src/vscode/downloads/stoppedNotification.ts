import { t } from "@vscode/l10n";
import * as vscode from "vscode";
import type { TaskKey } from "../../model/taskKey.ts";
import { callByPerson } from "../commandCall.ts";
import { showInformation } from "../surfaces/surfaces.ts";
import { bytesInWords } from "../wording.ts";
import type { Download } from "./download.ts";

/**
 * Stops downloads of one task for a person, and offers to resume them or to discard the received bytes. Until then, the
 * bytes are kept and the downloads are listed as paused.
 *
 * @param whenNothing what to say if nothing was received, so that there is nothing to decide
 */
export async function stopAndOffer(downloads: readonly Download[], whenNothing?: string): Promise<void> {
  const running = downloads.filter(({ state }) => state === "running");
  await Promise.all(running.map((download) => download.stop()));
  const stopped = running.filter(({ state }) => state === "paused");
  const [first] = stopped;
  if (first !== undefined) await offer(stopped, first);
  else if (whenNothing !== undefined && running.length > 0) void showInformation(whenNothing);
}

async function offer(stopped: readonly Download[], { accountId, taskId }: TaskKey): Promise<void> {
  const [resume, discard] = [t("Resume"), t("Discard")];
  const pressed = await showInformation(stoppedInWords(stopped, taskId), resume, discard);
  if (pressed === resume) {
    // The bytes may have been discarded in the Tasks view while the notification was open.
    const isPaused = stopped.some(({ state }) => state === "paused");
    const command = isPaused ? "taskExports.resumeDownload" : "taskExports.downloadTaskExport";
    await vscode.commands.executeCommand(command, callByPerson({ accountId, taskId }));
  }
  if (pressed === discard) {
    // Downloads that were resumed in the meantime are ignored.
    const paused = stopped.filter(({ state }) => state === "paused");
    await Promise.all(paused.map((download) => download.discard()));
  }
}

function stoppedInWords(stopped: readonly Download[], taskId: string): string {
  const files = stopped.flatMap((download) => download.files);
  const unfinished = files.filter(({ result }) => result === undefined).map(({ progress }) => progress);
  const received = bytesInWords(unfinished.reduce((sum, { receivedBytes }) => sum + receivedBytes, 0));
  if (files.length > 1) {
    const complete = files.length - unfinished.length;
    return t(
      "Download of task {0} stopped: {1} of {2} files are complete, and {3} of the others are kept.",
      taskId,
      complete,
      files.length,
      received,
    );
  }
  const [only] = unfinished;
  return only?.totalBytes === undefined
    ? t("Download of task {0} stopped. The {1} received so far are kept.", taskId, received)
    : t("Download of task {0} stopped. {1} of {2} are kept.", taskId, received, bytesInWords(only.totalBytes));
}
