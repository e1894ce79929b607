import { t } from "@vscode/l10n";
import type { DownloadGroup, DownloadGrouping } from "../../downloads/list/arrangeDownloads.ts";
import type { ListedDownload } from "../../downloads/list/listedDownload.ts";
import { bytesInWords } from "../../wording.ts";
import { dayInWords } from "../arrangementWording.ts";

export function downloadGroupingInWords(grouping: DownloadGrouping): string {
  switch (grouping) {
    case "none":
      return t("None");
    case "kind":
      return t("Exported data");
    case "day":
      return t("Day downloaded");
  }
}

/** What a file contains: what its task exports, or else what its task is called. */
export function contentInWords({ record, origin }: ListedDownload): string {
  const { subject, format, description = "" } = origin;
  if (subject !== undefined && subject !== "") return [subject, format?.toUpperCase()].filter(isThere).join(" ");
  return description === "" ? t("Task {0}", record.taskId) : description;
}

/** The name of a group of downloaded files. Files of two accounts are never in one group of a kind. */
export function downloadGroupInWords(grouping: DownloadGrouping, { key, downloads }: DownloadGroup): string {
  if (grouping === "day") return key === "" ? t("No date") : dayInWords(key);
  const [first] = downloads;
  return key === "" || first === undefined ? t("Other") : contentInWords(first);
}

export function filesInWords(count: number): string {
  return count === 1 ? t("1 file") : t("{0} files", count);
}

/** "12 files · 34 MB" */
export function amountInWords(count: number, bytes: number): string {
  return `${filesInWords(count)} · ${bytesInWords(bytes)}`;
}

function isThere(part: string | undefined): part is string {
  return part !== undefined;
}
