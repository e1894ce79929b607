import { t } from "@vscode/l10n";
import { ExportError } from "./exportError.ts";

/** A file of the wanted name is there and nobody can be asked what to do with it. */
export function fileExists(path: string): ExportError {
  return new ExportError(
    "fileExists",
    t("A file called {0} is there already. Choose whether to replace it, keep both, or skip it.", path),
    { details: { path } },
  );
}

/** A folder that the person or another program named, and that is no absolute path on this machine. */
export function unusableFolder(folder: string): ExportError {
  return new ExportError(
    "notWritable",
    t("{0} is not an absolute path of a folder. Choose another download folder.", folder),
    { details: { path: folder } },
  );
}

export function noDownloadedExport(): ExportError {
  return new ExportError("fileMissing", t("Nothing was downloaded yet. Download a task's export first."));
}

/** Only files that this extension wrote are its to delete. */
export function notDownloadedHere(path: string): ExportError {
  return new ExportError("invalidRequest", t("{0} was not downloaded by Task Exports, so it is left alone.", path), {
    details: { path },
  });
}

/** A file that was downloaded once and is gone since. */
export function exportGone(path: string): ExportError {
  return new ExportError("fileMissing", t("{0} is no longer there. Download the export again.", path), {
    details: { path },
  });
}
