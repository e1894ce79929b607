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

/** Only of a downloaded file is it known what it was, and which task has it. */
export function unknownExport(path: string): ExportError {
  const message = t("{0} was not downloaded by Task Exports. Select a file in the Downloads view.", path);
  return new ExportError("invalidRequest", message, { details: { path } });
}

/** A file that existed before its download and was kept. */
export function notOurFile(path: string): ExportError {
  const message = t(
    "{0} was not deleted because it existed before the download and was kept. Delete it yourself if you don't need it.",
    path,
  );
  return new ExportError("invalidRequest", message, { details: { path } });
}

/** Another file now has the path of a downloaded one, or its content was changed. */
export function exportChanged(path: string): ExportError {
  const message = t(
    "{0} was not deleted because it is not the downloaded file: it was changed or replaced. Delete it yourself if you don't need it.",
    path,
  );
  return new ExportError("fileChanged", message, { details: { path } });
}

/** A downloaded file that was moved or deleted. */
export function exportGone(path: string): ExportError {
  return new ExportError("fileMissing", t("{0} was moved or deleted. Download the export again.", path), {
    details: { path },
  });
}
