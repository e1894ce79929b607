import { randomBytes } from "node:crypto";
import type { FileHandle } from "node:fs/promises";
import { dirname, join } from "node:path";
import { t } from "@vscode/l10n";
import { openOwnFile, removeOwnFile } from "../disk/ordinaryFile.ts";
import { giveName } from "../disk/placeFile.ts";
import { ExportError, throwIfCancelled } from "../model/exportError.ts";
import { systemCode } from "../model/systemCode.ts";

const comparedBytes = 1024 * 1024;

/**
 * Writes a file that is made from an export, such as its unpacked content. The file appears when it is complete, and
 * only its owner can read it. It never replaces another file: if the name is taken, it gets a number (`orders (2).csv`).
 * A file with the same content, such as the one of an earlier call, is used as it is.
 *
 * @param write writes the content to the path that it is given, which does not exist yet
 * @returns the path used
 * @throws ExportError `diskFull`, `notWritable`, `fileExists` if no name is free, `cancelled`, and what `write` throws
 */
export async function writeDerived(
  wanted: string,
  write: (unfinished: string) => Promise<void>,
  signal: AbortSignal,
): Promise<string> {
  throwIfCancelled(signal);
  const unfinished = join(dirname(wanted), `task-exports-${randomBytes(6).toString("hex")}.tmp`);
  try {
    await write(unfinished);
    const isAsGood = (taken: string): Promise<boolean> => hasSameContent(unfinished, taken, signal);
    return await giveName(unfinished, wanted, { choice: "keepBoth", signal, isAsGood });
  } catch (error) {
    throwIfCancelled(signal);
    throw notWritten(error, wanted);
  } finally {
    // The first failure matters more than a failure to clean up.
    await removeOwnFile(unfinished).catch(() => undefined);
  }
}

async function hasSameContent(left: string, right: string, signal: AbortSignal): Promise<boolean> {
  const handles = await openBoth(left, right);
  if (handles === undefined) return false;
  try {
    const [one, other] = await Promise.all(handles.map((handle) => handle.stat()));
    return one?.size === other?.size && (await readSame(handles, signal));
  } finally {
    for (const handle of handles) await handle.close();
  }
}

/** Undefined if one of them can't be read, or is no ordinary file. */
async function openBoth(left: string, right: string): Promise<[FileHandle, FileHandle] | undefined> {
  const one = await openOwnFile(left, "read");
  try {
    return [one, await openOwnFile(right, "read")];
  } catch {
    await one.close();
    return undefined;
  }
}

async function readSame([one, other]: readonly [FileHandle, FileHandle], signal: AbortSignal): Promise<boolean> {
  const [left, right] = [Buffer.allocUnsafe(comparedBytes), Buffer.allocUnsafe(comparedBytes)];
  for (let position = 0; ;) {
    throwIfCancelled(signal);
    const { bytesRead } = await one.read(left, 0, comparedBytes, position);
    const { bytesRead: otherRead } = await other.read(right, 0, comparedBytes, position);
    if (bytesRead !== otherRead || !left.subarray(0, bytesRead).equals(right.subarray(0, otherRead))) return false;
    if (bytesRead === 0) return true;
    position += bytesRead;
  }
}

function notWritten(error: unknown, path: string): unknown {
  if (error instanceof ExportError) return error;
  const full = ["ENOSPC", "EDQUOT"].includes(systemCode(error) ?? "");
  const message = full
    ? t("Couldn't write {0} because the disk is full. Free up some space and try again.", path)
    : t(
        "Couldn't write {0} ({1}). Check the folder permissions, or select another folder.",
        path,
        systemCode(error) ?? "?",
      );
  return new ExportError(full ? "diskFull" : "notWritable", message, { details: { path }, cause: error });
}
