import { lstat } from "node:fs/promises";
import { systemCode } from "../model/systemCode.ts";

/** Changes with every change of a file, also if it is replaced and put back; undefined if there is none. @throws errors of the file system */
export async function stampOf(path: string): Promise<string | undefined> {
  try {
    const { dev, ino, size, mtimeNs, ctimeNs } = await lstat(path, { bigint: true });
    return [dev, ino, size, mtimeNs, ctimeNs].join();
  } catch (error) {
    // A file that can't be looked at may well be there.
    if (["ENOENT", "ENOTDIR"].includes(systemCode(error) ?? "")) return undefined;
    throw error;
  }
}
