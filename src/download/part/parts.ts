import { lstat } from "node:fs/promises";
import { dirname } from "node:path";
import { systemClock } from "../../http/clock.ts";
import { defined } from "../../model/defined.ts";
import { isSameTask } from "../../model/taskKey.ts";
import { filesBeginningWith } from "../../disk/folders.ts";
import { lengthOfFile, removeOwnFile } from "../../disk/ordinaryFile.ts";
import { CreatedFolders } from "./createdFolders.ts";
import { isOurs } from "./leftoverProof.ts";
import { searchLeftovers } from "./leftoverSearch.ts";
import { removePartFiles } from "./partFile.ts";
import { isHeld, tryLock } from "../../disk/fileLock.ts";
import { isLeftover, type PartPaths } from "./partPaths.ts";
import { readSidecar, type Sidecar } from "./sidecar.ts";

/** An interrupted download that can be resumed. */
export interface PausedPart {
  readonly accountId: string;
  readonly taskId: string;
  readonly fileIndex: number;
  readonly name: string;
  /** The folder of the part. */
  readonly folder: string;
  /** Bytes in the part. */
  readonly bytes: number;
  /** Size of the whole file, if the store sent it. */
  readonly total?: number;
  /** ISO 8601. */
  readonly startedAt: string;
  /** When bytes were last written, in milliseconds since 1970. */
  readonly updatedAt: number;
  /** Whether a process is downloading it now. */
  readonly ownerLives: boolean;
  readonly paths: PartPaths;
  /** The path that the file gets. Absent in parts of earlier versions. */
  readonly finalPath?: string;
}

/** What a download left behind: a part, or a note about a file that has its final name. */
export interface Leftover {
  readonly paths: PartPaths;
  /** Undefined if it can't be read, or if the download ended before there was one. */
  readonly sidecar: Sidecar | undefined;
}

/** Temporary files that are older were left behind by a process that was killed. */
const strayAfterMs = 3_600_000;

/** Looks for interrupted downloads in a folder and everything below. A folder that does not exist contains none. */
export async function findParts(folder: string): Promise<PausedPart[]> {
  return pausedParts(await findLeftovers(folder));
}

/** The leftovers that are interrupted downloads. */
export async function pausedParts(leftovers: readonly Leftover[]): Promise<PausedPart[]> {
  const parts: PausedPart[] = [];
  for (const leftover of leftovers) {
    const part = await pausedPart(leftover);
    if (part !== undefined) parts.push(part);
  }
  return parts;
}

/** Everything that downloads left in a folder and everything below, including downloads that are running. */
export async function findLeftovers(folder: string): Promise<Leftover[]> {
  const leftovers: Leftover[] = [];
  for (const paths of await searchLeftovers(folder)) {
    if (await isOurs(paths)) leftovers.push({ paths, sidecar: await readSidecar(paths) });
  }
  return leftovers;
}

/**
 * Removes what a download left behind.
 *
 * @returns false if a process is downloading it, so that nothing was removed.
 */
export async function removePart(
  { paths }: Pick<Leftover, "paths">,
  folders = new CreatedFolders(paths.folder),
): Promise<boolean> {
  const lock = await tryLock(paths.lock, systemClock, new AbortController().signal);
  if (lock === undefined) return false;
  try {
    folders.addKept((await readSidecar(paths))?.createdFolders, paths);
    await removePartFiles(paths);
    await removeStrays(paths.lock);
  } finally {
    await lock.release();
  }
  await folders.removeEmpty();
  return true;
}

/**
 * Removes everything that is left of a task: its parts, and the notes about placed files. What can't be removed doesn't
 * keep the others, and is found again at the next start.
 *
 * @param files indexes of the files; default all.
 */
export async function removePartsOf(
  folder: string,
  accountId: string,
  taskId: string,
  files?: readonly number[],
): Promise<void> {
  // Only the first of several files may have created the folder of all.
  const folders = new CreatedFolders(folder);
  for (const leftover of await findLeftovers(folder)) {
    const { sidecar } = leftover;
    if (sidecar === undefined || !isSameTask(sidecar, { accountId, taskId })) continue;
    if (files?.includes(sidecar.fileIndex) ?? true) await removePart(leftover, folders).catch(() => false);
  }
}

/**
 * Removes parts and notes that were last changed more than `olderThanMs` ago. Nobody is asked, so a file that only has
 * the name of a part stays. One that can't be removed doesn't keep the others.
 *
 * @returns how many were removed.
 */
export async function removeStaleParts(folder: string, olderThanMs: number): Promise<number> {
  let removed = 0;
  for (const paths of await searchLeftovers(folder)) {
    const touched = Math.max(...(await Promise.all([paths.part, paths.sidecar, paths.lock].map(changedAt))));
    if (Date.now() - touched <= olderThanMs || !(await isOurs(paths))) continue;
    if (await removePart({ paths }).catch(() => false)) removed += 1;
  }
  return removed;
}

async function pausedPart({ paths, sidecar }: Leftover): Promise<PausedPart | undefined> {
  if (sidecar === undefined || sidecar.placed !== undefined) return undefined;
  const bytes = await lengthOfFile(paths.part);
  if (bytes === undefined) return undefined;
  const { accountId, taskId, fileIndex, name, startedAt, identity, finalPath } = sidecar;
  return {
    accountId,
    taskId,
    fileIndex,
    name,
    startedAt,
    paths,
    folder: dirname(paths.part),
    bytes,
    updatedAt: await changedAt(paths.part),
    ...defined({ total: identity.total, finalPath }),
    ownerLives: await isHeld(paths.lock),
  };
}

/** Removes the temporary files of a lock that no process uses any more. */
async function removeStrays(lock: string): Promise<void> {
  for (const path of await filesBeginningWith(`${lock}.`)) {
    if (isLeftover(path) && Date.now() - (await changedAt(path)) > strayAfterMs) await removeOwnFile(path);
  }
}

/** Anyone can give a file a modification date in the future, but not a change date. */
async function changedAt(path: string): Promise<number> {
  try {
    const { mtimeMs, ctimeMs } = await lstat(path);
    return Math.min(mtimeMs, ctimeMs);
  } catch {
    return 0;
  }
}
