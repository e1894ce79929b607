import { existsSync } from "node:fs";
import { stat } from "node:fs/promises";
import type { TableSpec } from "../../table/document/tableSpec.ts";
import type { TableNotice } from "../../webview/table/messages.ts";
import type { UnfinishedFile, UnfinishedFiles } from "../downloads/unfinishedFiles.ts";
import { defined } from "../../model/defined.ts";

/** The download that creates a file, if there is one. */
export function growingAt(path: string, unfinished: UnfinishedFiles): UnfinishedFile | undefined {
  const found = unfinished.find(path);
  return found !== undefined && comesFrom(path, found) ? found : undefined;
}

/** A path belongs to a download if it is the download's part, or if no other file has that name yet. */
export function comesFrom(path: string, download: UnfinishedFile): boolean {
  return download.part === path || (download.path === path && !existsSync(path));
}

/** Which bytes are read: what has arrived of a download, or the whole file. */
export function sourceOf(path: string, growing: UnfinishedFile | undefined): Omit<TableSpec, "readAs"> {
  if (growing === undefined) return { path, growing: false };
  return { path: growing.part, size: growing.bytes, growing: isGrowing(growing) };
}

/** A file with as many bytes as it has now. */
export async function wholeFile(path: string): Promise<Omit<TableSpec, "readAs">> {
  try {
    const { size } = await stat(path);
    return { path, size, growing: false };
  } catch {
    // The reader says why it can't be read.
    return { path, growing: false };
  }
}

/** Whether more bytes are expected. */
export const isGrowing = ({ state }: UnfinishedFile): boolean => state.kind === "growing";

/** The notice about a file that isn't complete. */
export function noticeOf({ bytes, total, state }: UnfinishedFile): TableNotice | undefined {
  const there = { receivedBytes: bytes, ...defined({ totalBytes: total }) };
  switch (state.kind) {
    case "growing":
      return { kind: "downloading", ...there, ...defined({ waiting: state.waiting }) };
    case "paused":
      return { kind: "paused", ...there };
    case "failed":
      return { kind: "failed", ...there, reason: state.reason };
    case "gone":
      return { kind: "discarded", ...defined({ reason: state.reason }) };
    case "placed":
      return undefined;
  }
}
