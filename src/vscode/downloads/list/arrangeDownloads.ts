import { filterInSlices, mapInSlices, Slices } from "../../../model/slices.ts";
import { taskKeyText } from "../../../model/taskKey.ts";
import { dayOf } from "../../tasks/arrangeTasks.ts";
import type { DownloadedExport } from "../downloadHistory.ts";
import type { TaskOrigin } from "../taskOrigins.ts";
import { type DownloadFilter, isNarrowed, matching } from "./downloadFilter.ts";
import { kindKey, type ListedDownload } from "./listedDownload.ts";

/** What downloaded files can be grouped by. The kind is what their tasks export. */
export const downloadGroupings = ["none", "kind", "day"] as const;
export type DownloadGrouping = (typeof downloadGroupings)[number];

/** Files that belong together. */
export interface DownloadGroup {
  /** The kind's or the day's key. Empty for files that have none. */
  readonly key: string;
  readonly downloads: readonly ListedDownload[];
  readonly bytes: number;
}

/** Everything that was downloaded and passes the filter, in groups. */
export interface ArrangedDownloads {
  readonly groups: readonly DownloadGroup[];
  readonly count: number;
  readonly bytes: number;
  /** How many there are without the filter. */
  readonly all: number;
}

export interface DownloadArrangement {
  readonly filter: DownloadFilter;
  readonly grouping: DownloadGrouping;
}

/**
 * Filters and groups downloaded files, in slices. Groups are in the order of their newest files; the one without a key
 * is the last. Without a grouping there is one group.
 *
 * @param records newest first
 * @throws ExportError `cancelled`
 */
export async function arrangeDownloads(
  records: readonly DownloadedExport[],
  originOf: (record: DownloadedExport) => TaskOrigin,
  { filter, grouping }: DownloadArrangement,
  signal: AbortSignal,
): Promise<ArrangedDownloads> {
  const newer = new Set<string>();
  const several = new Set(records.filter(({ index }) => index > 0).map(taskKeyText));
  const list = (record: DownloadedExport): ListedDownload => ({
    ...listedAs(record, originOf(record), newer),
    isOneOfSeveral: several.has(taskKeyText(record)),
  });
  const listed = await mapInSlices(records, list, signal);
  const shown = isNarrowed(filter) ? await filterInSlices(listed, matching(filter), signal) : listed;
  const groups = await grouped(shown, grouping, signal);
  const bytes = groups.reduce((sum, group) => sum + group.bytes, 0);
  return { groups, count: shown.length, bytes, all: listed.length };
}

/** @param newer the files of which a newer copy was seen */
function listedAs(
  record: DownloadedExport,
  origin: TaskOrigin,
  newer: Set<string>,
): Omit<ListedDownload, "isOneOfSeveral"> {
  const file = `${record.index} ${taskKeyText(record)}`;
  const isOlderCopy = newer.has(file);
  newer.add(file);
  return { record, origin, isOlderCopy };
}

async function grouped(
  listed: readonly ListedDownload[],
  grouping: DownloadGrouping,
  signal: AbortSignal,
): Promise<DownloadGroup[]> {
  const groups = new Map<string, { downloads: ListedDownload[]; bytes: number }>();
  const slices = new Slices(signal);
  for (const download of listed) {
    if (slices.isOver) await slices.next();
    const key = keyOf(download, grouping);
    const group = groups.get(key) ?? { downloads: [], bytes: 0 };
    group.downloads.push(download);
    group.bytes += download.record.bytes;
    groups.set(key, group);
  }
  const named = Array.from(groups, ([key, group]) => ({ key, ...group }));
  return [...named.filter(({ key }) => key !== ""), ...named.filter(({ key }) => key === "")];
}

function keyOf(download: ListedDownload, grouping: DownloadGrouping): string {
  switch (grouping) {
    case "none":
      return "";
    case "kind":
      return kindKey(download);
    case "day":
      return dayOf(download.record.at);
  }
}
