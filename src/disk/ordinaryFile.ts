import { constants } from "node:fs";
import { type FileHandle, lstat, open, rename, stat, unlink } from "node:fs/promises";
import { ExportError } from "../model/exportError.ts";
import { systemCode } from "../model/systemCode.ts";
import { inTheWay } from "./diskErrors.ts";

/** A link is not followed, and opening a pipe returns at once instead of waiting for its other end. */
const carefully = constants.O_NOFOLLOW | constants.O_NONBLOCK;
/** Windows has neither flag, so there the type is checked before opening as well. */
const isCareful = carefully !== 0;
/** How systems refuse to open a link, a socket, or a folder for writing. */
const refusals = new Set(["ELOOP", "EMLINK", "EFTYPE", "ENXIO", "EOPNOTSUPP", "EISDIR"]);
/** How systems refuse to remove a folder like a file, or to replace it by a file. */
const folderRefusals = new Set(["EISDIR", "EPERM", "EACCES", "ENOTEMPTY", "EEXIST"]);

/**
 * Opens an existing file with one of the extension's own names. Anyone who can write to the folder may have put
 * something else there, so links, pipes, sockets, devices and folders are never opened.
 *
 * @throws ExportError `notWritable` if it is not an ordinary file; errors of the file system.
 */
export async function openOwnFile(path: string, access: "read" | "write"): Promise<FileHandle> {
  if (!isCareful && !(await lstat(path)).isFile()) throw inTheWay(path);
  return openChecked(path, access === "read" ? constants.O_RDONLY : constants.O_RDWR);
}

/**
 * Opens a file with one of the extension's own names for reading and writing, or creates it for its owner alone. A link,
 * pipe or socket in its place is removed first, which doesn't affect what it leads to.
 *
 * @throws ExportError `notWritable` if there is a folder with this name; errors of the file system.
 */
export async function openOrCreateOwnFile(path: string): Promise<FileHandle> {
  const flags = constants.O_RDWR | constants.O_CREAT;
  try {
    if (!isCareful && !["none", "file"].includes(await kindOf(path))) throw inTheWay(path);
    return await openChecked(path, flags);
  } catch (error) {
    if (!(error instanceof ExportError)) throw error;
    await removeOwnFile(path);
    return openChecked(path, flags);
  }
}

/**
 * Opens a file that a person or another program chose. Links are followed, but nothing that could block is opened.
 *
 * @throws ExportError `notWritable` if it is not an ordinary file; errors of the file system.
 */
export async function openChosenFile(path: string): Promise<FileHandle> {
  if (!(await stat(path)).isFile()) throw inTheWay(path);
  return checked(await open(path, constants.O_RDONLY | constants.O_NONBLOCK), path);
}

/**
 * Reads a small text file with one of the extension's own names.
 *
 * @throws ExportError `notWritable` if it is not an ordinary file or larger than `mostBytes`; errors of the file system.
 */
export async function readOwnText(path: string, mostBytes: number): Promise<string> {
  const file = await openOwnFile(path, "read");
  try {
    const { size } = await file.stat();
    if (size > mostBytes) throw inTheWay(path);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(size), 0, size, 0);
    return buffer.toString("utf8", 0, bytesRead);
  } finally {
    await file.close();
  }
}

/**
 * The size of a file with one of the extension's own names, in bytes.
 *
 * @throws ExportError `notWritable` if it is not an ordinary file; errors of the file system.
 */
export async function sizeOfOwnFile(path: string): Promise<number> {
  const found = await lstat(path);
  if (!found.isFile()) throw inTheWay(path);
  return found.size;
}

/**
 * Removes a file with one of the extension's own names, or the link, pipe or socket in its place. Does nothing if there
 * is none.
 *
 * @throws ExportError `notWritable` if it is a folder; errors of the file system.
 */
export async function removeOwnFile(path: string): Promise<void> {
  try {
    await unlink(path);
  } catch (error) {
    if (systemCode(error) !== "ENOENT") throw await folderOr(error, path);
  }
}

/** Gives a path to another file. @throws ExportError `notWritable` if it is a folder's; errors of the file system. */
export async function renameOver(from: string, path: string): Promise<void> {
  try {
    await rename(from, path);
  } catch (error) {
    throw await folderOr(error, path);
  }
}

/** Why a path can't be removed or replaced: there is a folder, or the system's own reason. */
async function folderOr(error: unknown, path: string): Promise<unknown> {
  const mayBeFolder = folderRefusals.has(systemCode(error) ?? "");
  return mayBeFolder && (await kindOf(path)) === "folder" ? inTheWay(path) : error;
}

/** The length of an ordinary file. Undefined if there is none, or if it is something else. */
export async function lengthOfFile(path: string): Promise<number | undefined> {
  try {
    const found = await lstat(path);
    return found.isFile() ? found.size : undefined;
  } catch {
    return undefined;
  }
}

async function kindOf(path: string): Promise<"none" | "file" | "folder" | "other"> {
  try {
    const found = await lstat(path);
    if (found.isFile()) return "file";
    return found.isDirectory() ? "folder" : "other";
  } catch (error) {
    if (systemCode(error) === "ENOENT") return "none";
    throw error;
  }
}

async function openChecked(path: string, flags: number): Promise<FileHandle> {
  try {
    return await checked(await open(path, carefully | flags, 0o600), path);
  } catch (error) {
    throw refusals.has(systemCode(error) ?? "") ? inTheWay(path) : error;
  }
}

/** A pipe or a device can be opened, and the file may have been replaced since its type was checked. */
async function checked(file: FileHandle, path: string): Promise<FileHandle> {
  if ((await file.stat()).isFile()) return file;
  await file.close();
  throw inTheWay(path);
}
