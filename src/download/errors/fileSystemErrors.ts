import { statfs } from "node:fs/promises";
import { dirname } from "node:path";
import { ExportError } from "../../model/exportError.ts";
import { diskFull, notWritable } from "./downloadErrors.ts";

const fullCodes = new Set(["ENOSPC", "EDQUOT"]);
const unwritableCodes = new Set([
  ..."EACCES EPERM EROFS ENOTDIR EISDIR EEXIST ENOENT ELOOP ENAMETOOLONG EFBIG ENODEV ENXIO ESTALE".split(" "),
]);

/** Turns what the file system refused into the error a person can act on; anything else is handed back as it is. */
export async function fromFileSystem(error: unknown, path: string, bytesToCome: number): Promise<Error> {
  if (!(error instanceof Error)) return new Error(String(error));
  if (error instanceof ExportError) return error;
  const code = "code" in error && typeof error.code === "string" ? error.code : "";
  if (fullCodes.has(code)) {
    const free = await freeBytes(path);
    return diskFull(dirname(path), Math.max(bytesToCome - (free ?? 0), 1), error);
  }
  return unwritableCodes.has(code) ? notWritable(dirname(path), error) : error;
}

/**
 * Looks ahead whether `bytes` more fit beside `path`.
 *
 * @throws ExportError `diskFull` with the bytes that are missing.
 */
export async function ensureRoom(path: string, bytes: number): Promise<void> {
  const free = await freeBytes(path);
  if (free !== undefined && free < bytes) throw diskFull(dirname(path), bytes - free);
}

/** Undefined where the file system does not tell. */
async function freeBytes(path: string): Promise<number | undefined> {
  try {
    const { bavail, bsize, blocks } = await statfs(dirname(path));
    return blocks === 0 ? undefined : bavail * bsize;
  } catch {
    return undefined;
  }
}
