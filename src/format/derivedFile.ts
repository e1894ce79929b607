import { randomBytes } from "node:crypto";
import { type FileHandle, link, lstat, open, rename, rm } from "node:fs/promises";
import { dirname, format, join, parse } from "node:path";
import { t } from "@vscode/l10n";
import { ExportError, throwIfCancelled } from "../model/exportError.ts";
import { systemCode } from "../model/systemCode.ts";

const mostCopies = 9_999;
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
    return await placeBeside(unfinished, wanted, signal);
  } catch (error) {
    throwIfCancelled(signal);
    throw notWritten(error, wanted);
  } finally {
    // The first failure matters more than a failure to clean up.
    await rm(unfinished, { force: true }).catch(() => undefined);
  }
}

async function placeBeside(unfinished: string, wanted: string, signal: AbortSignal): Promise<string> {
  for (let copy = 1; copy <= mostCopies; copy++) {
    throwIfCancelled(signal);
    const candidate = copy === 1 ? wanted : numbered(wanted, copy);
    if (await claim(unfinished, candidate)) return candidate;
    if (await hasSameContent(unfinished, candidate, signal)) return candidate;
  }
  throw new ExportError("fileExists", t("Too many files named {0} exist. Delete some of them.", wanted), {
    details: { path: wanted },
  });
}

function numbered(path: string, copy: number): string {
  const { dir, name, ext } = parse(path);
  return format({ dir, name: `${name} (${copy})`, ext });
}

/** Gives a complete file a name, unless anything has that name already. */
async function claim(unfinished: string, candidate: string): Promise<boolean> {
  try {
    await link(unfinished, candidate);
    return true;
  } catch (error) {
    if (systemCode(error) === "EEXIST") return false;
  }
  // The file system may not support hard links. Other errors also occur with a reserved name.
  try {
    await (await open(candidate, "wx", 0o600)).close();
  } catch (error) {
    if (systemCode(error) === "EEXIST") return false;
    throw error;
  }
  try {
    await rename(unfinished, candidate);
  } catch (error) {
    await rm(candidate, { force: true });
    throw error;
  }
  return true;
}

async function hasSameContent(left: string, right: string, signal: AbortSignal): Promise<boolean> {
  const [one, other] = await Promise.all([lstat(left), lstat(right)]);
  if (!other.isFile() || one.size !== other.size) return false;
  const handles = await openBoth(left, right);
  if (handles === undefined) return false;
  try {
    return await readSame(handles, signal);
  } finally {
    for (const handle of handles) await handle.close();
  }
}

/** Undefined if one of them can't be read. */
async function openBoth(left: string, right: string): Promise<[FileHandle, FileHandle] | undefined> {
  const one = await open(left, "r");
  try {
    return [one, await open(right, "r")];
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
