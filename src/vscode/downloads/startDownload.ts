import type { DownloadResult, FileExistsChoice } from "../../model/contract.ts";
import { readSetting } from "../settings.ts";
import type { Download, FileExists } from "./download.ts";
import { decideAs, type IsOwn } from "./existingFiles.ts";
import type { OwnFiles } from "./ownFiles.ts";
import { withPauseReason } from "./pauseReason.ts";

/**
 * Starts a download that decides about existing files as its request or the setting says.
 *
 * @param ask asks a person. Without it, a download that should ask fails with `fileExists`
 */
export function startDownload(download: Download, ownFiles: OwnFiles, ask?: FileExists): Promise<DownloadResult> {
  return startAs(download, ownFiles, download.request.fileExists ?? readSetting("fileExists"), ask);
}

/** Starts a download that nobody waits for: where it should ask, it keeps the existing files and adds the new ones. */
export function startUnattended(download: Download, ownFiles: OwnFiles): Promise<DownloadResult> {
  const choice = download.request.fileExists ?? readSetting("fileExists");
  return withPauseReason(download, startAs(download, ownFiles, choice === "ask" ? "keepBoth" : choice));
}

export function startAs(
  download: Download,
  ownFiles: OwnFiles,
  choice: FileExistsChoice,
  ask?: FileExists,
): Promise<DownloadResult> {
  const isOwn: IsOwn = (path, signal) => ownFiles.isOwn(path, download.request, signal);
  return download.start(decideAs(choice, ask, isOwn));
}
