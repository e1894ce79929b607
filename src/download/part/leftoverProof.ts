import { lstat } from "node:fs/promises";
import { readOwnText } from "../../disk/ordinaryFile.ts";
import { isOwnLock } from "../../disk/fileLock.ts";
import type { PartPaths } from "./partPaths.ts";
import { isSidecarText, mostSidecarBytes } from "./sidecar.ts";

/**
 * Whether a download left what has the names of a part, a sidecar and a lock. A name proves nothing: a person's own file
 * can be called `orders.20260131.part.json`. The content does, and an empty file is no loss.
 */
export async function isOurs(paths: PartPaths): Promise<boolean> {
  const hasSidecar = await holdsBytes(paths.sidecar);
  if (hasSidecar && !(await hasSidecarText(paths.sidecar))) return false;
  if ((await holdsBytes(paths.lock)) && !(await isOwnLock(paths.lock))) return false;
  // A download writes no byte to a part before its sidecar.
  return hasSidecar || !(await holdsBytes(paths.part));
}

/** False for an empty file, and if there is nothing. */
async function holdsBytes(path: string): Promise<boolean> {
  try {
    const { size } = await lstat(path);
    return size > 0;
  } catch {
    return false;
  }
}

/** Damaged notes, or those of another version, are ours as well. */
async function hasSidecarText(path: string): Promise<boolean> {
  try {
    return isSidecarText(await readOwnText(path, mostSidecarBytes));
  } catch {
    return false;
  }
}
