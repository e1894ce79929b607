import type { Dirent } from "node:fs";
import { readdir, rm, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { removePartFiles } from "./partFile.ts";
import { isHeld } from "./partLock.ts";
import { type PartPaths, pathsOfSidecar } from "./partPaths.ts";
import { readSidecar } from "./sidecar.ts";
import { defined } from "../../model/defined.ts";

/** A download that was interrupted and can be carried on. */
export interface PausedPart {
  readonly accountId: string;
  readonly taskId: string;
  readonly fileIndex: number;
  readonly name: string;
  /** Folder that the part lies in. */
  readonly folder: string;
  /** Bytes that are there. */
  readonly bytes: number;
  /** Bytes of the whole file, where the store told. */
  readonly total?: number;
  /** ISO 8601. */
  readonly startedAt: string;
  /** When bytes were last written, in milliseconds since 1970. */
  readonly updatedAt: number;
  /** Some process is downloading it at this moment. */
  readonly ownerLives: boolean;
  readonly paths: PartPaths;
  /** Where the file is to lie; a part that an earlier version began does not tell. */
  readonly finalPath?: string;
}

/** A task's folder, and one that a name template may add above it. */
const deepest = 2;

/** Looks through a download folder for what was interrupted. A folder that is not there holds nothing. */
export async function findParts(folder: string): Promise<PausedPart[]> {
  const parts: PausedPart[] = [];
  for (const paths of await sidecarsIn(folder, 0)) {
    const part = await pausedPart(paths);
    if (part !== undefined) parts.push(part);
  }
  return parts;
}

/**
 * Removes an interrupted download.
 *
 * @returns false where a process is just carrying it on, so that nothing was removed.
 */
export async function removePart(part: Pick<PausedPart, "paths">): Promise<boolean> {
  const { paths } = part;
  if (await isHeld(paths.lock)) return false;
  await removePartFiles(paths);
  await rm(paths.lock, { force: true });
  return true;
}

/** Removes all that is left of a task: its parts, and the notes about those of its files that were fetched already. */
export async function removePartsOf(folder: string, accountId: string, taskId: string): Promise<void> {
  for (const paths of await sidecarsIn(folder, 0)) {
    const sidecar = await readSidecar(paths.sidecar);
    if (sidecar?.accountId === accountId && sidecar.taskId === taskId) await removePart({ paths });
  }
}

/**
 * Removes what was interrupted, or left of unfinished tasks, more than `olderThanMs` ago.
 *
 * @returns how many were removed.
 */
export async function removeStaleParts(folder: string, olderThanMs: number): Promise<number> {
  let removed = 0;
  for (const paths of await sidecarsIn(folder, 0)) {
    const touched = Math.max(await modifiedAt(paths.sidecar), await modifiedAt(paths.part));
    if (Date.now() - touched > olderThanMs && (await removePart({ paths }))) removed += 1;
  }
  return removed;
}

async function pausedPart(paths: PartPaths): Promise<PausedPart | undefined> {
  const sidecar = await readSidecar(paths.sidecar);
  if (sidecar === undefined || sidecar.placed !== undefined) return undefined;
  const { accountId, taskId, fileIndex, name, startedAt, identity, finalPath } = sidecar;
  try {
    const { size, mtimeMs } = await stat(paths.part);
    return {
      ...{ accountId, taskId, fileIndex, name, startedAt, paths },
      folder: dirname(paths.part),
      bytes: size,
      updatedAt: mtimeMs,
      ...defined({ total: identity.total }),
      ...defined({ finalPath }),
      ownerLives: await isHeld(paths.lock),
    };
  } catch {
    return undefined;
  }
}

async function sidecarsIn(folder: string, depth: number): Promise<PartPaths[]> {
  const found: PartPaths[] = [];
  for (const entry of await entriesOf(folder)) {
    const path = join(folder, entry.name);
    const paths = entry.isFile() ? pathsOfSidecar(path) : undefined;
    if (paths !== undefined) found.push(paths);
    const worthALook = entry.isDirectory() && depth < deepest && !entry.name.startsWith(".");
    if (worthALook && entry.name !== "node_modules") found.push(...(await sidecarsIn(path, depth + 1)));
  }
  return found;
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
