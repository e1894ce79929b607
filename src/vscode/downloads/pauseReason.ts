import type { DownloadResult } from "../../model/contract.ts";
import { isCancelled } from "../../model/exportError.ts";
import type { Download } from "./download.ts";

/**
 * The result of a download that nobody looks at. One that was paused because another filled the disk fails for this
 * reason, and not as if a person had paused it.
 */
export async function withPauseReason(
  download: Pick<Download, "pausedBecause">,
  result: Promise<DownloadResult>,
): Promise<DownloadResult> {
  try {
    return await result;
  } catch (error) {
    throw isCancelled(error) ? (download.pausedBecause ?? error) : error;
  }
}
