import { randomUUID } from "node:crypto";
import { readdir, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { removePartFiles } from "./partFile.ts";
import type { FileKey, PartPaths } from "./partPaths.ts";
import { type PlacedFile, readSidecar, writeSidecar } from "./sidecar.ts";

/**
 * What stays of a sidecar once its file has its final name: a word about that file, for those who still need it. That
 * is the rest of a task that was not fetched whole, which must not be fetched again, and another window that waits for
 * this very file.
 */
export async function leavePlaced(
  paths: PartPaths,
  key: FileKey & { name: string },
  placed: PlacedFile,
): Promise<void> {
  const wanted = placed.taskUnfinished || (await waiters(paths)).length > 0;
  if (!wanted) {
    await removePartFiles(paths);
    return;
  }
  const now = new Date().toISOString();
  await writeSidecar(paths.sidecar, {
    version: 1,
    accountId: key.accountId,
    taskId: key.taskId,
    fileIndex: key.fileIndex,
    name: key.name,
    identity: {},
    decoded: false,
    checksums: [],
    flushedBytes: 0,
    bootedAt: 0,
    startedAt: now,
    updatedAt: now,
    placed,
  });
}

/** The file that an earlier call placed, if it is still there with as many bytes. */
export async function findPlaced(paths: PartPaths): Promise<PlacedFile | undefined> {
  const placed = (await readSidecar(paths.sidecar))?.placed;
  if (placed === undefined) return undefined;
  try {
    const { size } = await stat(placed.path);
    return size === placed.bytes ? placed : undefined;
  } catch {
    return undefined;
  }
}

/** Forgets what was left, unless another window still waits for it. */
export async function forgetPlaced(paths: PartPaths): Promise<void> {
  const placed = (await readSidecar(paths.sidecar))?.placed;
  if (placed === undefined) return;
  if ((await waiters(paths)).length === 0) await rm(paths.sidecar, { force: true });
  else if (placed.taskUnfinished) await forWaiters(paths, placed);
}

/** Says beside a part that somebody waits for its file. Answers how to take that back. */
export async function announceWaiter(paths: PartPaths): Promise<() => Promise<void>> {
  const mark = `${paths.lock}.waiting-${randomUUID().slice(0, 8)}`;
  await writeFile(mark, "", { mode: 0o600 });
  return () => rm(mark, { force: true });
}

async function forWaiters(paths: PartPaths, placed: PlacedFile): Promise<void> {
  const sidecar = await readSidecar(paths.sidecar);
  if (sidecar !== undefined)
    await writeSidecar(paths.sidecar, { ...sidecar, placed: { ...placed, taskUnfinished: false } });
}

/** Marks of those who wait, as paths. */
async function waiters(paths: PartPaths): Promise<string[]> {
  const prefix = `${basename(paths.lock)}.waiting-`;
  const folder = dirname(paths.lock);
  try {
    const names = await readdir(folder);
    return names.filter((name) => name.startsWith(prefix)).map((name) => join(folder, name));
  } catch {
    return [];
  }
}
