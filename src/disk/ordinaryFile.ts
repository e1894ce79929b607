import { constants } from "node:fs";
import { type FileHandle, lstat, open, stat, unlink } from "node:fs/promises";
import { systemCode } from "../model/systemCode.ts";
import { inTheWay } from "./diskErrors.ts";

/**
 * A link is not followed, and opening a pipe returns at once instead of waiting for its other end. Windows has neither
 * flag, so the type is checked before and after opening.
 */
const carefully = constants.O_NOFOLLOW | constants.O_NONBLOCK;

/**
 * Opens an existing file with one of the extension's own names. Anyone who can write to the folder may have put
 * something else there, so links, pipes, sockets, devices and folders are never opened.
 *
 * @throws ExportError `notWritable` if it is not an ordinary file; errors of the file system.
 */
export async function openOwnFile(path: string, access: "read" | "write"): Promise<FileHandle> {
  if (!(await lstat(path)).isFile()) throw inTheWay(path);
  return checked(await open(path, carefully | (access === "read" ? constants.O_RDONLY : constants.O_RDWR)), path);
}

/**
 * Opens a file with one of the extension's own names for reading and writing, or creates it for its owner alone. A link,
 * pipe or socket in its place is removed first, which doesn't affect what it leads to.
 *
 * @throws ExportError `notWritable` if there is a folder with this name; errors of the file system.
 */
export async function openOrCreateOwnFile(path: string): Promise<FileHandle> {
  const kind = await kindOf(path);
  if (kind === "folder" || kind === "other") await removeOwnFile(path);
  return checked(await open(path, carefully | constants.O_RDWR | constants.O_CREAT, 0o600), path);
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
  const file = await openOwnFile(path, "read");
  try {
    return (await file.stat()).size;
  } finally {
    await file.close();
  }
}

/**
 * Removes a file with one of the extension's own names, or the link, pipe or socket in its place. Does nothing if there
 * is none.
 *
 * @throws ExportError `notWritable` if it is a folder; errors of the file system.
 */
export async function removeOwnFile(path: string): Promise<void> {
  await refuseFolder(path);
  try {
    await unlink(path);
  } catch (error) {
    if (systemCode(error) !== "ENOENT") throw error;
  }
}

/** @throws ExportError `notWritable` if there is a folder with this name; errors of the file system. */
export async function refuseFolder(path: string): Promise<void> {
  if ((await kindOf(path)) === "folder") throw inTheWay(path);
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

/** It may have been replaced since its type was checked. */
async function checked(file: FileHandle, path: string): Promise<FileHandle> {
  if ((await file.stat()).isFile()) return file;
  await file.close();
  throw inTheWay(path);
}
