import type { DownloadProgress } from "../../model/contract.ts";

const order: readonly DownloadProgress["phase"][] = ["downloading", "verifying", "waiting", "resolving"];

/** The progress to show if there is only one line for all files of a task. Prefers a file that is being downloaded. */
export function currentProgress(progress: Iterable<DownloadProgress>): DownloadProgress | undefined {
  const all = [...progress].toSorted((one, other) => one.file - other.file);
  const unfinished = order.flatMap((phase) => all.filter((each) => each.phase === phase));
  return unfinished[0] ?? all.at(-1);
}

/**
 * How much of all files together was downloaded, from 0 to 1. All files count the same, because their sizes may not be
 * known.
 */
export function shareDone(progress: Iterable<DownloadProgress>): number {
  const shares = [...progress].map(({ phase, receivedBytes, totalBytes }) => {
    if (phase === "done") return 1;
    return totalBytes === undefined || totalBytes === 0 ? 0 : Math.min(1, receivedBytes / totalBytes);
  });
  return shares.length === 0 ? 0 : shares.reduce((sum, share) => sum + share, 0) / shares.length;
}
