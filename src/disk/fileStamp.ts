import type { Stats } from "node:fs";
import { lstat } from "node:fs/promises";
import { saysMissing } from "../model/systemCode.ts";

/** What has this path, also if it is a link; undefined if nothing has it. @throws errors of the file system */
export function statsOf(path: string): Promise<Stats | undefined> {
  return unlessMissing(lstat(path));
}

/** Changes with every change of a file, also if it is replaced and put back; undefined if there is none. @throws errors of the file system */
export async function stampOf(path: string): Promise<string | undefined> {
  const found = await unlessMissing(lstat(path, { bigint: true }));
  return found && [found.dev, found.ino, found.size, found.mtimeNs, found.ctimeNs].join();
}

/** A file that can't be looked at may well be there. */
async function unlessMissing<Found>(look: Promise<Found>): Promise<Found | undefined> {
  try {
    return await look;
  } catch (error) {
    if (saysMissing(error)) return undefined;
    throw error;
  }
}
