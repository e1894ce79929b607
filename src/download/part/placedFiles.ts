import { randomUUID } from "node:crypto";
import { dirname } from "node:path";
import { filesBeginningWith, filesNamed, lengthOfFileBelow } from "../../disk/folders.ts";
import { createWithText } from "../../disk/newFile.ts";
import { removeOwnFile } from "../../disk/ordinaryFile.ts";
import { removePartFiles } from "./partFile.ts";
import type { FileKey, PartPaths } from "./partPaths.ts";
import { type PlacedFile, readSidecar, writeSidecar } from "./sidecar.ts";

/**
 * Replaces the sidecar of a placed file with a note that says where the file is. It is needed as long as other files of
 * the task are missing, so that a later call doesn't fetch this one again, or while another window waits for this file.
 * Otherwise removes the sidecar.
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
  await writeSidecar(paths, {
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

/**
 * The file that an earlier call placed, if it still exists in the download folder with the same size. Whether it has the
 * same bytes is left to the caller.
 */
export async function findPlaced(paths: PartPaths): Promise<PlacedFile | undefined> {
  const placed = (await readSidecar(paths))?.placed;
  if (placed === undefined) return undefined;
  return (await lengthOfFileBelow(paths.folder, placed.path)) === placed.bytes ? placed : undefined;
}

/** Removes the notes about the placed files of a task, unless another window still waits for one of them. */
export async function forgetPlaced(files: readonly PartPaths[]): Promise<void> {
  const folders = new Map<string, Promise<string[]>>();
  for (const folder of new Set(files.map(({ lock }) => dirname(lock)))) folders.set(folder, waitersIn(folder));
  await Promise.all(
    files.map(async (paths) => {
      const marks = (await folders.get(dirname(paths.lock))) ?? [];
      const beginning = waiterBeginning(paths).normalize("NFC");
      await forget(
        paths,
        marks.some((mark) => mark.normalize("NFC").startsWith(beginning)),
      );
    }),
  );
}

async function forget(paths: PartPaths, isAwaited: boolean): Promise<void> {
  const placed = (await readSidecar(paths))?.placed;
  if (placed === undefined) return;
  if (!isAwaited) await removeOwnFile(paths.sidecar);
  else if (placed.taskUnfinished) await forWaiters(paths, placed);
}

/** Creates a file next to a part that says that a process waits for it. The returned function removes it. */
export async function announceWaiter(paths: PartPaths): Promise<() => Promise<void>> {
  const mark = `${waiterBeginning(paths)}${randomUUID().slice(0, 8)}`;
  await createWithText(mark, "");
  return () => removeOwnFile(mark);
}

async function forWaiters(paths: PartPaths, placed: PlacedFile): Promise<void> {
  const sidecar = await readSidecar(paths);
  if (sidecar !== undefined) await writeSidecar(paths, { ...sidecar, placed: { ...placed, taskUnfinished: false } });
}

/** Paths of the files that `announceWaiter` created. */
function waiters(paths: PartPaths): Promise<string[]> {
  return filesBeginningWith(waiterBeginning(paths));
}

/** The same for all parts of a folder, which may have thousands. */
function waitersIn(folder: string): Promise<string[]> {
  return filesNamed(folder, (name) => name.includes(waiting));
}

const waiting = ".waiting-";

function waiterBeginning({ lock }: PartPaths): string {
  return `${lock}${waiting}`;
}
