import { t } from "@vscode/l10n";
import { ExportError } from "../model/exportError.ts";

/** There is not enough space: `missingBytes` more are needed. */
export function diskFull(path: string, missingBytes: number, cause?: unknown): ExportError {
  const mebibytes = Math.max(1, Math.ceil(missingBytes / (1024 * 1024)));
  const message = t(
    "The disk is full. {0} MiB more are needed in {1}. Free up some space and resume the download.",
    mebibytes,
    path,
  );
  return new ExportError("diskFull", message, { details: { path, missingBytes }, cause });
}

/** A file of unknown size would take the last of the disk, which is kept free. */
export function reserveReached(path: string, reservedBytes: number): ExportError {
  const mebibytes = Math.max(1, Math.round(reservedBytes / (1024 * 1024)));
  const message = t(
    "The content is too large for the disk of {0}, where {1} MiB are kept free for other programs. Free up some space and try again.",
    path,
    mebibytes,
  );
  return new ExportError("diskFull", message, { details: { path } });
}

/** The folder can't be written to: it doesn't exist, is not a folder, or the permissions are missing. */
export function notWritable(path: string, cause?: unknown): ExportError {
  const message = t("Couldn't write to {0}. Check the folder permissions, or select another download folder.", path);
  return new ExportError("notWritable", message, { details: { path }, cause });
}

/** Something that is not a file has one of our names: a folder, a link, a pipe, a device, or a file that can't be ours. */
export function inTheWay(path: string): ExportError {
  const message = t(
    "{0} is not a file that Task Exports could have created, so it wasn't used. Delete it, or select another download folder.",
    path,
  );
  return new ExportError("notWritable", message, { details: { path } });
}

/** A link or a file has the name of a folder that is needed inside the download folder. */
export function folderInTheWay(path: string): ExportError {
  const message = t(
    "{0} is not a folder. Links inside the download folder are not followed. Delete or rename it, or select another download folder.",
    path,
  );
  return new ExportError("notWritable", message, { details: { path } });
}

/** The file system can't store files of this size, for example FAT with its limit of 4 GiB. */
export function fileTooLarge(path: string, cause?: unknown): ExportError {
  const message = t("The disk of {0} can't store a file of this size. Select a download folder on another disk.", path);
  return new ExportError("notWritable", message, { details: { path }, cause });
}

/** Another file has the name, and it isn't to be replaced. */
export function nameTaken(path: string): ExportError {
  return new ExportError(
    "fileExists",
    t("A file named {0} already exists. Choose another name, or replace it.", path),
    {
      details: { path },
    },
  );
}
