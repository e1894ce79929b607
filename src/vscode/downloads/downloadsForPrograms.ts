import type { ListedFile } from "../../model/contract.ts";
import { mapInSlices } from "../../model/slices.ts";
import type { DownloadedExport, DownloadHistory } from "./downloadHistory.ts";
import { missingAmong } from "./removal/chosenDownloads.ts";

/** Everything that was downloaded, newest first, as other extensions get it: copies of what is known. */
export async function downloadsForPrograms(history: Pick<DownloadHistory, "allInSlices">): Promise<ListedFile[]> {
  const { signal } = new AbortController();
  const records = await history.allInSlices(signal);
  const missing = new Set(await missingAmong(records));
  return mapInSlices(records, (record) => listed(record, missing.has(record)), signal);
}

/** Earlier versions didn't record how a file was downloaded; it took at least one request. */
function listed(record: DownloadedExport, missing: boolean): ListedFile {
  const { accountId, taskId, index, uri, name, bytes, sha256, verified, skipped = false, at } = record;
  const { requests = skipped ? 0 : 1, resumed = 0 } = record;
  const file = { index, uri, name, bytes, sha256, verified, requests, resumed };
  return { accountId, taskId, file: skipped ? { ...file, skipped } : file, downloadedAt: at, missing };
}
