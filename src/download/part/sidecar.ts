import { readFile, rename, writeFile } from "node:fs/promises";
import * as v from "valibot";

const checksum = v.object({
  algorithm: v.picklist(["md5", "sha1", "sha256", "crc32", "crc32c", "crc64nvme"]),
  value: v.string(),
});
const count = v.pipe(v.number(), v.integer(), v.minValue(0));

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
    etag: v.exactOptional(v.string()),
    lastModified: v.exactOptional(v.string()),
    lastModifiedIsStrong: v.exactOptional(v.boolean()),
    total: v.exactOptional(count),
  }),
  /** The part contains decoded bytes, so it can't be resumed with a range. */
  decoded: v.boolean(),
  checksums: v.array(checksum),
  /** The path that the file gets, if it was known when the part was started. */
  finalPath: v.exactOptional(v.string()),
  /** How many bytes were flushed to the disk, not only to the cache of the operating system. */
  flushedBytes: count,
  /** When the computer was started, in milliseconds since 1970. */
  bootedAt: v.number(),
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

/** Reads a sidecar. Returns undefined if it is missing, damaged or of another version; the file then starts over. */
export async function readSidecar(path: string): Promise<Sidecar | undefined> {
  let content: unknown;
  try {
    content = JSON.parse(await readFile(path, "utf8"));
  } catch {
    return undefined;
  }
  const parsed = v.safeParse(sidecar, content);
  return parsed.success ? parsed.output : undefined;
}

/** Replaces a sidecar in one step, so that a reader gets either the old or the new one, even after a crash. */
export async function writeSidecar(path: string, content: Sidecar): Promise<void> {
  const fresh = `${path}.new`;
  await writeFile(fresh, JSON.stringify(content, undefined, 1), { mode: 0o600 });
  await rename(fresh, path);
}
