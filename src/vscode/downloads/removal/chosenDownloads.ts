import { fileURLToPath } from "node:url";
import { statsOf } from "../../../disk/fileStamp.ts";
import { filterInSlices } from "../../../model/slices.ts";
import type { DownloadedExport } from "../downloadHistory.ts";

const dayMs = 86_400_000;
/** A disk works on several requests at once, and a network share takes its time for each. */
const lookedAtOnce = 32;

/** The files that were downloaded at least so many days ago. */
export function olderThan(
  records: readonly DownloadedExport[],
  days: number,
  now: number,
  signal: AbortSignal,
): Promise<DownloadedExport[]> {
  return filterInSlices(records, ({ at }) => Date.parse(at) <= now - days * dayMs, signal);
}

/** The files that are no longer where they were downloaded to. */
export async function missingAmong(records: readonly DownloadedExport[]): Promise<DownloadedExport[]> {
  const missing = new Set<DownloadedExport>();
  const waiting = records.values();
  const lookAtRest = async (): Promise<void> => {
    for (const record of waiting) if (await isMissing(record)) missing.add(record);
  };
  await Promise.all(Array.from({ length: lookedAtOnce }, lookAtRest));
  return records.filter((record) => missing.has(record));
}

/** A file that can't be looked at may well be there. */
export async function isMissing({ uri }: Pick<DownloadedExport, "uri">): Promise<boolean> {
  try {
    return (await statsOf(fileURLToPath(uri))) === undefined;
  } catch {
    return false;
  }
}

export function bytesOf(records: readonly DownloadedExport[]): number {
  return records.reduce((sum, { bytes }) => sum + bytes, 0);
}
