import type { DownloadRequest, DownloadResult } from "../../model/contract.ts";
import { type Caller, isInteractive } from "../commandCall.ts";
import type { CommandDefinition } from "../commandRegistry.ts";
import { askExisting } from "../prompts/askExisting.ts";
import { askTask } from "../prompts/askTask.ts";
import { downloadWithNotification, tellWhenDone } from "../downloads/downloadNotification.ts";
import { readSetting } from "../settings.ts";
import { downloadRequest } from "./argumentShapes.ts";
import type { CommandParts } from "./commandParts.ts";

/** The main command: finds the task, downloads its files with visible progress, and opens them. */
export function downloadTaskExport(
  parts: Pick<CommandParts, "accounts" | "tasks" | "downloads" | "gitIgnoreHint" | "opener">,
): CommandDefinition<"taskExports.downloadTaskExport"> {
  return {
    argument: downloadRequest,
    async run(request, { about, caller }) {
      const chosen = await askTask(parts, request);
      about(chosen);
      return downloadAndOpen(parts, { ...request, ...chosen }, caller);
    },
  };
}

/** From a whole request to open tabs; used by each command that starts or resumes a download. */
export async function downloadAndOpen(
  { downloads, gitIgnoreHint, opener }: Pick<CommandParts, "downloads" | "gitIgnoreHint" | "opener">,
  request: DownloadRequest,
  caller: Caller,
): Promise<DownloadResult> {
  const startedAt = Date.now();
  const result = await downloadWithNotification(String(request.taskId), (signal, onProgress) =>
    downloads.start(request, { signal, onProgress, askExisting }),
  );
  // The file is there and opens now; whether Git would commit it is told when Git has answered.
  void gitIgnoreHint.afterDownload(result, new AbortController().signal);
  await opener.openResult(result, {
    as: request.open ?? readSetting("openWith"),
    beside: request.beside ?? readSetting("openBeside"),
  });
  if (isInteractive(caller)) tellWhenDone(result, Date.now() - startedAt);
  return result;
}
