import { t } from "@vscode/l10n";
import { ExportError } from "./exportError.ts";

/** A file with this name exists, and there is no person to ask what to do. */
export function fileExists(path: string): ExportError {
  return new ExportError(
    "fileExists",
    t("A file named {0} already exists. Choose whether to replace it, keep both files, or skip the download.", path),
    { details: { path } },
  );
}

/** A folder, from a person or a program, that is not an absolute path on this machine. */
export function unusableFolder(folder: string): ExportError {
  return new ExportError(
    "notWritable",
    t("{0} is not the absolute path of a folder. Select another download folder.", folder),
    { details: { path: folder } },
  );
}

export function noDownloadedExport(): ExportError {
  return new ExportError("fileMissing", t("No exports downloaded yet. Download an export first."));
}

/** The extension deletes only files that it downloaded. */
export function notDownloadedHere(path: string): ExportError {
  return new ExportError("invalidRequest", t("{0} was not deleted because Task Exports didn't download it.", path), {
    details: { path },
  });
}

/** A downloaded file that was moved or deleted. */
export function exportGone(path: string): ExportError {
  return new ExportError("fileMissing", t("{0} was moved or deleted. Download the export again.", path), {
    details: { path },
  });
}
