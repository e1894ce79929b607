import { lstat, mkdir, readdir, stat } from "node:fs/promises";
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { saysMissing, systemCode } from "../model/systemCode.ts";
import { folderInTheWay } from "./diskErrors.ts";
import { lengthOfFile } from "./ordinaryFile.ts";

/** Whether a path is inside a folder, without `..` and without regard to links. Both are absolute. */
export function isBelow(folder: string, path: string): boolean {
  if (!isAbsolute(path) || resolve(path) !== path) return false;
  const way = relative(folder, path);
  // On Windows, the way to another drive or share is an absolute path.
  return way !== "" && way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/**
 * Creates a folder inside the download folder, and all between them, for their owner alone. The download folder itself
 * may be a link, because a person chose it. Links inside of it could have been put there by anyone, so they are not
 * followed.
 *
 * @returns the folders that were created inside the download folder
 * @throws ExportError `notWritable` if a link or a file is in the way; errors of the file system.
 */
export async function makeFolder(downloadFolder: string, folder: string): Promise<string[]> {
  await createWithParents(downloadFolder);
  const created: string[] = [];
  for (const each of foldersBetween(downloadFolder, folder)) {
    if (!(await isThere(each)) && (await createFolder(each))) created.push(each);
    if (!(await lstat(each)).isDirectory()) throw folderInTheWay(each);
  }
  return created;
}

/** The length of an ordinary file inside the download folder that can be reached without a link; otherwise undefined. */
export async function lengthOfFileBelow(downloadFolder: string, path: string): Promise<number | undefined> {
  if (!isBelow(downloadFolder, path)) return undefined;
  try {
    for (const folder of foldersBetween(downloadFolder, dirname(path))) {
      if (!(await lstat(folder)).isDirectory()) return undefined;
    }
  } catch {
    return undefined;
  }
  return lengthOfFile(path);
}

/** Everything in the folder of a path whose name begins like the path. Nothing if the folder can't be read. */
export function filesBeginningWith(path: string): Promise<string[]> {
  const beginning = basename(path).normalize("NFC");
  return filesNamed(dirname(path), (name) => name.normalize("NFC").startsWith(beginning));
}

/** The names in a folder, with `recursive` also those below its folders. Nothing if there is no such folder. */
export async function namesIn(folder: string, recursive = false): Promise<string[]> {
  try {
    return await readdir(folder, { recursive });
  } catch (error) {
    if (saysMissing(error)) return [];
    throw error;
  }
}

/** The files in a folder with certain names. There can be very many others. Nothing if the folder can't be read. */
export async function filesNamed(folder: string, isWanted: (name: string) => boolean): Promise<string[]> {
  try {
    return (await readdir(folder)).filter(isWanted).map((name) => join(folder, name));
  } catch {
    return [];
  }
}

/** The folders on the way from one folder to another inside of it, including the latter. */
function foldersBetween(outer: string, inner: string): string[] {
  const names = relative(outer, inner).split(sep);
  return names.flatMap((name, index) => (name === "" ? [] : [join(outer, ...names.slice(0, index + 1))]));
}

/**
 * Tries each folder once. Node's own option `recursive` goes on forever if the system says that the folder above is
 * missing although it exists, as in `/proc`.
 */
async function createWithParents(path: string): Promise<void> {
  const missing: string[] = [];
  for (let each = path; !(await isFolder(each)); each = dirname(each)) {
    missing.unshift(each);
    if (dirname(each) === each) break;
  }
  for (const each of missing) await createFolder(each);
}

/** Returns false if the folder was there already. */
async function createFolder(path: string): Promise<boolean> {
  try {
    await mkdir(path, { mode: 0o700 });
    return true;
  } catch (error) {
    // Another file of the task may have created it meanwhile.
    if (systemCode(error) !== "EEXIST" || !(await isFolder(path))) throw error;
    return false;
  }
}

/** Whether there is a folder, or a link to one. */
async function isFolder(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch (error) {
    if (saysMissing(error)) return false;
    throw error;
  }
}

async function isThere(path: string): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    if (systemCode(error) === "ENOENT") return false;
    throw error;
  }
}
