import { dirname } from "node:path";
import { ExportError } from "../model/exportError.ts";
import { systemCode } from "../model/systemCode.ts";
import { diskFull, fileTooLarge, notWritable } from "./diskErrors.ts";
import { freeBytes } from "./freeSpace.ts";

const fullCodes = new Set(["ENOSPC", "EDQUOT"]);
const unwritableCodes = new Set(
  (
    "EACCES EPERM EROFS ENOTDIR EISDIR EEXIST ENOTEMPTY ENOENT ELOOP ENAMETOOLONG EINVAL EILSEQ ENODEV ENXIO EBUSY EIO " +
    "EMFILE ENFILE EMLINK ETXTBSY EXDEV ENOTSUP EOPNOTSUPP ENOSYS ENOMEDIUM " +
    // Network drives that are gone, and errors for which Node has no code.
    "ESTALE ENOTCONN EHOSTDOWN EREMOTEIO UNKNOWN"
  ).split(" "),
);

/** Turns an error of the file system into one that a person can act on. Returns any other error unchanged. */
export async function fromFileSystem(error: unknown, path: string, bytesToCome: number): Promise<Error> {
  if (!(error instanceof Error)) return new Error(String(error));
  if (error instanceof ExportError) return error;
  const code = systemCode(error) ?? "";
  if (fullCodes.has(code)) {
    const free = await freeBytes(path);
    return diskFull(dirname(path), Math.max(bytesToCome - (free ?? 0), 1), error);
  }
  if (code === "EFBIG") return fileTooLarge(dirname(path), error);
  return unwritableCodes.has(code) ? notWritable(dirname(path), error) : error;
}
