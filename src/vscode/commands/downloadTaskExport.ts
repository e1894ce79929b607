import { t } from "@vscode/l10n";
import type { DownloadResult } from "../../model/contract.ts";
import { cancelled } from "../../model/exportError.ts";
import { type Caller, isInteractive } from "../commandCall.ts";
import type { CommandDefinition } from "../commandRegistry.ts";
import type { FileExists, Download } from "../downloads/download.ts";
import { withNotification } from "../downloads/downloadNotification.ts";
import { notifyWhenDone } from "../downloads/finishedNotification.ts";
import { startDownload } from "../downloads/startDownload.ts";
import { stopAndOffer } from "../downloads/stoppedNotification.ts";
import { askTask } from "../prompts/askTask.ts";
import { readSetting } from "../settings.ts";
import { downloadRequest } from "./argumentShapes.ts";
import type { CommandParts } from "./commandParts.ts";

/** The main command: finds the task, downloads its files with visible progress, and opens them. */
export function downloadTaskExport(
  parts: Pick<
    CommandParts,
    "accounts" | "tasks" | "downloads" | "existingFiles" | "gitIgnoreHint" | "opener" | "ownFiles" | "notices"
  >,
): CommandDefinition<"taskExports.downloadTaskExport"> {
  return {
    argument: downloadRequest,
    async run(request, { about, caller }) {
      const chosen = await askTask(parts, request);
      about(chosen);
      return runAndOpen(parts, parts.downloads.create({ ...request, ...chosen }), caller);
    },
  };
}

type RunParts = Pick<CommandParts, "existingFiles" | "gitIgnoreHint" | "opener" | "ownFiles" | "notices">;

/** Runs a download with visible progress up to open tabs; for each command that starts or resumes one. */
export async function runAndOpen(
  { existingFiles, gitIgnoreHint, opener, ownFiles, notices }: RunParts,
  download: Download,
  caller: Caller,
): Promise<DownloadResult> {
  const startedAt = Date.now();
  const { request, taskId } = download;
  const ask = existingFiles.begin(taskId);
  const askOrStop: FileExists = async (paths, signal, namedBy) => {
    const choices = await ask(paths, signal, namedBy);
    if (choices !== undefined) return choices;
    // Nothing ends silently: the question was closed, so say what became of the download.
    void stopAndOffer([download], t("Download of task {0} canceled. Nothing was downloaded.", taskId));
    throw cancelled();
  };
  const result = await withNotification(
    download,
    () => startDownload(download, ownFiles, askOrStop),
    () => void stopAndOffer([download]),
  );
  // The file is there and opens now; whether Git would commit it is said when Git has answered.
  void gitIgnoreHint.afterDownload(result, request.folder, new AbortController().signal);
  await opener.openResult(result, {
    as: request.open ?? readSetting("openWith"),
    beside: request.beside ?? readSetting("openBeside"),
  });
  if (isInteractive(caller)) notifyWhenDone(notices, result, Date.now() - startedAt);
  return result;
}
