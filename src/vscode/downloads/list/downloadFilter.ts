import type { ListedDownload } from "./listedDownload.ts";

/** The filter for downloaded files. An empty text matches everything. */
export interface DownloadFilter {
  readonly text?: string;
}

export const noDownloadFilter: DownloadFilter = {};

export function isNarrowed({ text = "" }: DownloadFilter): boolean {
  return text.trim() !== "";
}

/** A test for downloaded files. Every word must occur in the file's name or in what is known of its task and account. */
export function matching({ text = "" }: DownloadFilter): (download: ListedDownload) => boolean {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "");
  return (download) => {
    if (words.length === 0) return true;
    const searched = searchedText(download);
    return words.every((word) => searched.includes(word));
  };
}

function searchedText({ record, origin }: ListedDownload): string {
  const { account, description, subject, format } = origin;
  return [record.name, record.taskId, account, description, subject, format]
    .filter((part) => part !== undefined)
    .join("\n")
    .toLowerCase();
}
