import type { DownloadProgress, DownloadResult, FileExistsChoice } from "../../model/contract.ts";
import type { Download } from "./download.ts";
import type { OwnFiles } from "./ownFiles.ts";
import { withPauseReason } from "./pauseReason.ts";
import { startAs } from "./startDownload.ts";

export interface ProgramRun {
  readonly fileExists: FileExistsChoice;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: DownloadProgress) => void;
}

/**
 * Runs a download without a person: for the API, for builds and for tools. When a program cancels, nothing is kept.
 * Keeping unfinished files is for people, in the Tasks view.
 */
export async function runForProgram(
  download: Download,
  ownFiles: OwnFiles,
  { fileExists, signal, onProgress }: ProgramRun,
): Promise<DownloadResult> {
  const subscription = download.listen((event) => {
    if (event.kind === "progress") onProgress?.({ ...event.progress });
  });
  const discard = (): void => void download.discard();
  signal?.addEventListener("abort", discard, { once: true });
  try {
    return await withPauseReason(download, startAs(download, ownFiles, fileExists));
  } finally {
    signal?.removeEventListener("abort", discard);
    subscription.dispose();
  }
}
