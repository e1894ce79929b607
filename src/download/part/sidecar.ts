import * as v from "valibot";
import { isBelow } from "../../disk/folders.ts";
import { replaceWithText } from "../../disk/newFile.ts";
import { readOwnText } from "../../disk/ordinaryFile.ts";
import { canBelongTo, earlierPartPaths, type FileKey, partPaths, type PartPaths } from "./partPaths.ts";

/** No sidecar is larger. Anyone who can write to the folder can write one, and parsing a large one would take long. */
export const mostSidecarBytes = 64 * 1024;
/** Service names can be of any length. They are only shown. */
const longestName = 2000;

const checksum = v.object({
  algorithm: v.picklist(["md5", "sha1", "sha256", "crc32", "crc32c", "crc64nvme"]),
  value: v.string(),
});
const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
/** Is sent in a request, so it must not end one header and begin another. */
const headerValue = v.pipe(v.string(), v.maxLength(8192), v.regex(/^[\t\x20-\x7e\x80-\xff]*$/));

/** A file of the task that already has its final name. */
const placedFile = v.object({
  path: v.string(),
  bytes: count,
  sha256: v.string(),
  verified: v.picklist(["checksum", "length", "unverified"]),
  placedAt: v.string(),
  /** Other files of the same task were still missing, so a later call must not fetch this one again. */
  taskUnfinished: v.boolean(),
});

const sidecar = v.object({
  version: v.literal(1),
  accountId: v.string(),
  taskId: v.string(),
  fileIndex: count,
  name: v.string(),
  identity: v.object({
    etag: v.exactOptional(headerValue),
    lastModified: v.exactOptional(headerValue),
    lastModifiedIsStrong: v.exactOptional(v.boolean()),
    total: v.exactOptional(count),
  }),
  /** The part contains decoded bytes, so it can't be resumed with a range. */
  decoded: v.boolean(),
  checksums: v.array(checksum),
  /** The path that the file gets, if it was known when the part was started. */
  finalPath: v.exactOptional(v.string()),
  /** Folders that the download created for the part, relative to the download folder. */
  createdFolders: v.exactOptional(v.array(v.string())),
  /** How many bytes were flushed to the disk, not only to the cache of the operating system. */
  flushedBytes: count,
  /** When the computer was started, in milliseconds since 1970. */
  bootedAt: v.pipe(v.number(), v.finite()),
  startedAt: v.string(),
  updatedAt: v.string(),
  placed: v.exactOptional(placedFile),
});

/**
 * What is stored next to a part so that it can be resumed. Never contains a URL: signed URLs are secrets, and they
 * expire.
 */
export type Sidecar = v.InferOutput<typeof sidecar>;
export type PlacedFile = v.InferOutput<typeof placedFile>;

/**
 * Reads the sidecar of a part. Returns undefined if it is missing, damaged or of another version, or if it belongs to
 * another file or leads out of the download folder; the file then starts over.
 */
export async function readSidecar(paths: PartPaths): Promise<Sidecar | undefined> {
  let content: unknown;
  try {
    content = JSON.parse(await readOwnText(paths.sidecar, mostSidecarBytes));
  } catch {
    return undefined;
  }
  const parsed = v.safeParse(sidecar, content);
  return parsed.success ? believable(parsed.output, paths) : undefined;
}

/**
 * The paths of a file's part. A part of an earlier version, whose names are shorter, keeps them until its file is
 * complete.
 */
export async function usedPartPaths(finalPath: string, key: FileKey, folder: string): Promise<PartPaths> {
  const earlier = earlierPartPaths(finalPath, key, folder);
  return (await readSidecar(earlier)) === undefined ? partPaths(finalPath, key, folder) : earlier;
}

/** Replaces a sidecar in one step, so that a reader gets either the old or the new one, even after a crash. */
export async function writeSidecar(paths: PartPaths, content: Sidecar): Promise<void> {
  const name = content.name.slice(0, longestName);
  await replaceWithText(paths.sidecar, JSON.stringify({ ...content, name }, undefined, 1));
}

/** Whether a text begins like a sidecar, whatever its version and even if it is damaged after that. */
export function isSidecarText(text: string): boolean {
  return /^\{\s*"version":\s*\d+,\s*"accountId":/.test(text);
}

/** Anyone who can write to the folder can write a sidecar. */
function believable(content: Sidecar, paths: PartPaths): Sidecar | undefined {
  const { folder } = paths;
  const { finalPath, placed, ...rest } = content;
  if (!canBelongTo(paths, content)) return undefined;
  if (placed !== undefined) return isBelow(folder, placed.path) ? content : undefined;
  // The download folder may have been moved. The bytes are still good.
  return finalPath !== undefined && isBelow(folder, finalPath) ? content : rest;
}
