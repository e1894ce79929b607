import { readFile, rename, writeFile } from "node:fs/promises";
import * as v from "valibot";

const checksum = v.object({
  algorithm: v.picklist(["md5", "sha1", "sha256", "crc32", "crc32c", "crc64nvme"]),
  value: v.string(),
});
const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** A file of the task that has its final name already. */
const placedFile = v.object({
  path: v.string(),
  bytes: count,
  sha256: v.string(),
  verified: v.picklist(["checksum", "length", "unverified"]),
  placedAt: v.string(),
  /** Other files of the same task were still to come, so a later call must not fetch this one again. */
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
  /** The part holds decoded bytes, so it can't be carried on by range. */
  decoded: v.boolean(),
  checksums: v.array(checksum),
  /** Where the file is to lie, as far as that was known when its first bytes came. */
  finalPath: v.exactOptional(v.string()),
  /** Bytes that are known to be on the disk itself, not only in the system's memory. */
  flushedBytes: count,
  /** When the computer that wrote this had started, in milliseconds since 1970. */
  bootedAt: v.number(),
  startedAt: v.string(),
  updatedAt: v.string(),
  placed: v.exactOptional(placedFile),
});

/** What is kept beside a part, to carry it on later. Holds no URL: a signed link is a secret, and ends anyway. */
export type Sidecar = v.InferOutput<typeof sidecar>;
export type PlacedFile = v.InferOutput<typeof placedFile>;

/** Reads a sidecar. One that is missing, torn or of another version is undefined: the file then starts anew. */
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

/** Replaces a sidecar in one step, so that whoever reads it, also after a crash, finds the old or the new one whole. */
export async function writeSidecar(path: string, content: Sidecar): Promise<void> {
  const fresh = `${path}.new`;
  await writeFile(fresh, JSON.stringify(content, undefined, 1), { mode: 0o600 });
  await rename(fresh, path);
}
