import type { DownloadProgress } from "../../model/contract.ts";

const order: readonly DownloadProgress["phase"][] = ["downloading", "verifying", "waiting", "resolving"];

/** The progress to show if there is only one line for all files of a task. Prefers a file that is being downloaded. */
export function currentProgress(progress: Iterable<DownloadProgress>): DownloadProgress | undefined {
  const all = [...progress].toSorted((one, other) => one.file - other.file);
  const unfinished = order.flatMap((phase) => all.filter((each) => each.phase === phase));
  return unfinished[0] ?? all.at(-1);
}

/**
 * All files together, if there are several and one of them is being downloaded: their bytes and speeds added up. Then
 * one file's progress would tell little.
 */
export function progressOfAll(files: readonly DownloadProgress[]): DownloadProgress | undefined {
  const current = currentProgress(files);
  if (files.length < 2 || current?.phase !== "downloading") return undefined;
  const totals = files.map(({ totalBytes }) => totalBytes);
  const speeds = files.flatMap(({ phase, bytesPerSecond }) => (phase === "downloading" ? (bytesPerSecond ?? 0) : []));
  const receivedBytes = sum(files.map((file) => file.receivedBytes));
  const all = { ...current, files: 1, receivedBytes, bytesPerSecond: sum(speeds) };
  // Until every size is known, their sum would be too small, and the share that is left wrong.
  if (totals.every((total) => total !== undefined)) all.totalBytes = sum(totals);
  else delete all.totalBytes;
  return all;
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
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
