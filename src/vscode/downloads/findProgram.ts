import { constants } from "node:fs";
import { access, realpath, stat } from "node:fs/promises";
import { delimiter, isAbsolute, join, relative, sep } from "node:path";

/** Where a program is searched. */
export interface ProgramSearch {
  /** As in the environment variable `PATH`. */
  readonly searchPath: string;
  /** Absolute folders with files of others, such as the workspace. No program in them is found. */
  readonly untrusted: readonly string[];
}

/**
 * The absolute path of a program, or undefined if there is none. The system's own search also looks into relative
 * folders and, on Windows, first into the working directory, where a downloaded file or a file of the workspace may have
 * the name of a program.
 */
export async function findProgram(name: string, search: ProgramSearch): Promise<string | undefined> {
  // Batch files need a shell, so they are not considered on Windows.
  const file = process.platform === "win32" ? `${name}.exe` : name;
  for (const folder of await trustedFolders(search)) {
    const path = join(folder, file);
    if (await isTrustedProgram(path, search)) return path;
  }
  return undefined;
}

/** The folders of the search path that are absolute and not in an untrusted folder, also not by a link. */
export async function trustedFolders({ searchPath, untrusted }: ProgramSearch): Promise<string[]> {
  const trusted: string[] = [];
  for (const entry of searchPath.split(delimiter)) {
    const folder = entry.replace(/^"(.*)"$/, "$1");
    if (isFullPath(folder) && !(await isBelowAny(folder, untrusted))) trusted.push(folder);
  }
  return trusted;
}

async function isTrustedProgram(path: string, { untrusted }: ProgramSearch): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile() && !(await isBelowAny(path, untrusted));
  } catch {
    return false;
  }
}

/** On Windows, a path without a drive is relative to the current one. */
function isFullPath(folder: string): boolean {
  return isAbsolute(folder) && (process.platform !== "win32" || /^(?:[a-z]:[\\/]|\\\\)/i.test(folder));
}

async function isBelowAny(path: string, folders: readonly string[]): Promise<boolean> {
  for (const folder of folders) {
    if (isBelow(path, folder) || isBelow(await realPath(path), await realPath(folder))) return true;
  }
  return false;
}

/** Whether a path is a folder or anything in it. */
export function isBelow(path: string, folder: string): boolean {
  const way = relative(folder, path);
  return way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

async function realPath(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    return path;
  }
}
