import { isCancelled, throwIfCancelled } from "../../../model/exportError.ts";
import type { DownloadedExport } from "../downloadHistory.ts";
import type { OwnFiles } from "../ownFiles.ts";
import { type RemovalParts, removeOwnFile } from "./ownFileRemoval.ts";

/** Why a file stays: it isn't what was downloaded, it existed before, somebody uses it, or the disk refuses. */
export type KeptBecause = "changed" | "existedBefore" | "inUse" | "refused";

/** What became of the files that were to be removed. */
export interface RemovalOutcome {
  /** How many files were deleted. */
  readonly deleted: number;
  /** How large they were together. */
  readonly bytes: number;
  /** How many were no longer there, and are only forgotten. */
  readonly gone: number;
  readonly kept: readonly KeptBecause[];
}

export interface RemoveDownloadsParts extends RemovalParts {
  readonly ownFiles: Pick<OwnFiles, "check">;
  /** Called before each file. */
  readonly onFile?: (record: DownloadedExport) => void;
  /** Whether somebody uses the file; asked last, right before it would be deleted. */
  readonly isInUse?: (record: DownloadedExport) => boolean;
  /** Whether nothing is deleted: a missing file that was to be forgotten can be back. */
  readonly onlyForgets?: boolean;
  /** Whether a file that isn't there is forgotten. Default: it is. */
  readonly forgetsMissing?: (record: DownloadedExport) => Promise<boolean>;
}

/**
 * Deletes the downloaded files among these that are still exactly what was downloaded, and forgets them and those that
 * are not there. All others are kept, and stay in the history.
 *
 * @throws ExportError `cancelled`
 */
export async function removeDownloads(
  records: readonly DownloadedExport[],
  parts: RemoveDownloadsParts,
  signal: AbortSignal,
): Promise<RemovalOutcome> {
  const kept: KeptBecause[] = [];
  let [deleted, bytes, gone] = [0, 0, 0];
  for (const record of records) {
    throwIfCancelled(signal);
    parts.onFile?.(record);
    const outcome = await removeOne(record, parts, signal);
    if (outcome === "deleted") {
      deleted += 1;
      bytes += record.bytes;
    } else if (outcome === "gone") gone += 1;
    else if (outcome !== "stays") kept.push(outcome);
  }
  return { deleted, bytes, gone, kept };
}

async function removeOne(
  record: DownloadedExport,
  parts: RemoveDownloadsParts,
  signal: AbortSignal,
): Promise<KeptBecause | "deleted" | "gone" | "stays"> {
  // Before the content is read, which can take long, and again after it.
  if (parts.isInUse?.(record) === true) return "inUse";
  try {
    const checked = await parts.ownFiles.check(record, signal);
    if (checked.found !== "missing" && parts.onlyForgets === true) return "stays";
    if (checked.found === "changed" || checked.found === "existedBefore") return checked.found;
    if (checked.found === "missing" && (await parts.forgetsMissing?.(record)) === false) return "stays";
    if (parts.isInUse?.(record) === true) return "inUse";
    await removeOwnFile(record, checked, parts);
    return checked.found === "missing" ? "gone" : "deleted";
  } catch (error) {
    if (isCancelled(error)) throw error;
    return "refused";
  }
}
