import type { Dirent } from "node:fs";
import { readdir, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { defined } from "../../model/defined.ts";
import { systemCode } from "../../model/systemCode.ts";
import { isSameTask, type TaskKey } from "../../model/taskKey.ts";
import { removePartFiles } from "./partFile.ts";
import { isHeld } from "./partLock.ts";
import { type PartPaths, pathsOfLeftover } from "./partPaths.ts";
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

/** A task's folder, and one that a name template may add above it. */
const deepest = 2;

/** Looks for interrupted downloads in a folder. A folder that does not exist contains none. */
export async function findParts(folder: string): Promise<PausedPart[]> {
  const parts: PausedPart[] = [];
  for (const leftover of await findLeftovers(folder)) {
    const part = await pausedPart(leftover);
    if (part !== undefined) parts.push(part);
  }
  return parts;
}

/** Everything that downloads left in a folder, including downloads that are running. */
export async function findLeftovers(folder: string): Promise<Leftover[]> {
  const leftovers: Leftover[] = [];
  for (const paths of await partsIn(folder, 0)) {
    leftovers.push({ paths, sidecar: await readSidecar(paths.sidecar) });
  }
  return leftovers;
}

/**
 * Removes what a download left behind.
 *
 * @returns false if a process is downloading it, so that nothing was removed.
 */
export async function removePart({ paths }: Pick<Leftover, "paths">): Promise<boolean> {
  if (await isHeld(paths.lock)) return false;
  await removePartFiles(paths);
  await rm(paths.lock, { force: true });
  return true;
}

/**
 * Removes everything that is left of a task: its parts, and the notes about placed files.
 *
 * @param files indexes of the files; default all.
 */
export async function removePartsOf(folder: string, task: TaskKey, files?: readonly number[]): Promise<void> {
  for (const leftover of await findLeftovers(folder)) {
    const { sidecar } = leftover;
    if (sidecar === undefined || !isSameTask(sidecar, task)) continue;
    if (files?.includes(sidecar.fileIndex) ?? true) await removePart(leftover);
  }
}

/**
 * Removes parts and notes that were last changed more than `olderThanMs` ago. Nobody is asked, so a file that only has
 * the name of a part stays.
 *
 * @returns how many were removed.
 */
export async function removeStaleParts(folder: string, olderThanMs: number): Promise<number> {
  let removed = 0;
  for (const { paths } of await findLeftovers(folder)) {
    const touched = Math.max(...(await Promise.all([paths.part, paths.sidecar, paths.lock].map(modifiedAt))));
    if (Date.now() - touched <= olderThanMs || !(await isProvenPart(paths))) continue;
    if (await removePart({ paths })) removed += 1;
  }
  return removed;
}

/** A download writes no byte to a part before its sidecar. */
async function isProvenPart(paths: PartPaths): Promise<boolean> {
  if ((await readSidecar(paths.sidecar)) !== undefined) return true;
  try {
    return (await stat(paths.part)).size === 0;
  } catch (error) {
    return systemCode(error) === "ENOENT";
  }
}

async function pausedPart({ paths, sidecar }: Leftover): Promise<PausedPart | undefined> {
  if (sidecar === undefined || sidecar.placed !== undefined) return undefined;
  const { accountId, taskId, fileIndex, name, startedAt, identity, finalPath } = sidecar;
  try {
    const { size, mtimeMs } = await stat(paths.part);
    return {
      accountId,
      taskId,
      fileIndex,
      name,
      startedAt,
      paths,
      folder: dirname(paths.part),
      bytes: size,
      updatedAt: mtimeMs,
      ...defined({ total: identity.total, finalPath }),
      ownerLives: await isHeld(paths.lock),
    };
  } catch {
    return undefined;
  }
}

async function partsIn(folder: string, depth: number): Promise<PartPaths[]> {
  const found = new Map<string, PartPaths>();
  for (const entry of await entriesOf(folder)) {
    const path = join(folder, entry.name);
    const paths = entry.isFile() ? pathsOfLeftover(path) : undefined;
    if (paths !== undefined) found.set(paths.part, paths);
    const isWorthALook = entry.isDirectory() && depth < deepest && !entry.name.startsWith(".");
    if (!isWorthALook || entry.name === "node_modules") continue;
    for (const below of await partsIn(path, depth + 1)) found.set(below.part, below);
  }
  return [...found.values()];
}

async function entriesOf(folder: string): Promise<Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

async function modifiedAt(path: string): Promise<number> {
  try {
    return (await stat(path)).mtimeMs;
  } catch {
    return 0;
  }
}
