import { t } from "@vscode/l10n";
import { type ErrorDetails, ExportError } from "../../model/exportError.ts";

/** The link ended again and again although the service gave fresh ones. */
export function linkExpired(host: string): ExportError {
  const message = t(
    "The download link had already expired when {0} was asked, although the service had just made it. Try again in a while.",
    host,
  );
  return new ExportError("linkExpired", message, { details: { host } });
}

/** The file's host refused, also with a fresh link. */
export function storageRefused(host: string, status: number): ExportError {
  const message = t(
    "{0} refused to hand out the file, also with a fresh link (status {1}). Check whether the export still exists and whether this network may reach it.",
    host,
    status,
  );
  return new ExportError("storageRefused", message, { details: { host, status } });
}

/** The file is no longer at its host (404, 410), or the service does not name it any more. */
export function fileMissing(host: string | undefined, status?: number): ExportError {
  const message = t("The export's file is no longer there. Run the export again.");
  return new ExportError("fileMissing", message, { details: withKnown({ host, status }) });
}

/** The file was replaced while it was being fetched, and then once more. */
export function fileChanged(host: string): ExportError {
  const message = t("The export's file changed while it was being downloaded, more than once. Try again later.");
  return new ExportError("fileChanged", message, { details: { host } });
}

/** What came is shorter than a whole file, and another try did not help. */
export function truncated(host: string): ExportError {
  const message = t("{0} sent only a part of the file. Try again, or run the export again if this goes on.", host);
  return new ExportError("truncated", message, { details: { host } });
}

/** The file's bytes differ from the checksum that its host announced, twice. */
export function checksumMismatch(host: string): ExportError {
  const message = t(
    "The downloaded file differs from the checksum that {0} announced, also at a second try. It was removed. Try again later.",
    host,
  );
  return new ExportError("checksumMismatch", message, { details: { host } });
}

/** A web page came where a file was due: a captive portal's or an error's. */
export function notAnExportFile(host: string): ExportError {
  const message = t(
    "A web page came instead of the export's file. If this network asks for a sign-in in the browser, sign in and try again.",
  );
  return new ExportError("notAnExportFile", message, { details: { host } });
}

/** The file's host answered something that a download has no use for. */
export function unexpectedAnswer(host: string, status: number): ExportError {
  const message = t("{0} gave an unexpected answer (status {1}) instead of the file. Try again later.", host, status);
  return new ExportError("unexpectedResponse", message, { details: { host, status } });
}

/** The body is in a coding that was not asked for and can't be read. */
export function unreadableCoding(host: string): ExportError {
  const message = t("{0} sent the file in a coding that can't be read. Try again later.", host);
  return new ExportError("unexpectedResponse", message, { details: { host } });
}

/** The service's link is no http(s) address, or one that a file of this account may not come from. */
export function linkNotAllowed(host: string | undefined): ExportError {
  const message =
    host === undefined
      ? t("The service gave a download link that is not a web address. Try again later.")
      : t("The download link leads to {0}, where a file of this account may not come from. Nothing was fetched.", host);
  return new ExportError("unexpectedResponse", message, { details: withKnown({ host }) });
}

/** An encrypted link leads on to one that is not. */
export function insecureRedirect(host: string): ExportError {
  const message = t("The download link leads on to an unencrypted address at {0}. Nothing was fetched.", host);
  return new ExportError("unexpectedResponse", message, { details: { host } });
}

/** More redirects than a download follows, or one without an address. */
export function redirectsNowhere(host: string): ExportError {
  const message = t("The download link leads from one address to the next and never to a file. Try again later.");
  return new ExportError("unexpectedResponse", message, { details: { host } });
}

/** Retries are used up while the host says that it is busy or broken. */
export function hostBusy(host: string, status: number, retryAfterMs: number | undefined): ExportError {
  const code = status === 429 ? "tooManyRequests" : "serviceUnavailable";
  const details = withKnown({ host, status, retryAfterMs });
  if (retryAfterMs === undefined) {
    const message = t("{0} has been failing for a while (status {1}). Try again later.", host, status);
    return new ExportError(code, message, { details });
  }
  const seconds = Math.ceil(retryAfterMs / 1000);
  const message = t("{0} asks to come back in {1} seconds (status {2}). Try again then.", host, seconds, status);
  return new ExportError(code, message, { details });
}

/** Bytes came, but fewer than the slowest acceptable speed for a whole window. */
export function tooSlow(host: string): ExportError {
  const message = t(
    "{0} sends the file too slowly. Try again, or lower the setting taskExports.network.slowestKibPerSecond.",
    host,
  );
  return new ExportError("timeout", message, { details: { host } });
}

/** Another window or program downloads the same file just now. */
export function busyElsewhere(path: string): ExportError {
  const message = t("Another window is downloading the same file. Wait until it is done, or cancel it there.");
  return new ExportError("busyElsewhere", message, { details: { path } });
}

/** The disk has not enough room; `missingBytes` more are needed. */
export function diskFull(path: string, missingBytes: number, cause?: unknown): ExportError {
  const mebibytes = Math.max(1, Math.ceil(missingBytes / (1024 * 1024)));
  const message = t(
    "The disk is full: {0} MiB more are needed in {1}. Free some space and resume; what was downloaded is kept.",
    mebibytes,
    path,
  );
  return new ExportError("diskFull", message, { details: { path, missingBytes }, cause });
}

/** The folder can't be written to: no permission, gone, or not a folder. */
export function notWritable(path: string, cause?: unknown): ExportError {
  const message = t("Nothing can be written to {0}. Choose another download folder.", path);
  return new ExportError("notWritable", message, { details: { path }, cause });
}

/** Files were asked for that the task does not have. */
export function noSuchFile(index: number, count: number): ExportError {
  const message = t("The task has {0} files, so there is no file number {1}. Choose another one.", count, index + 1);
  return new ExportError("invalidRequest", message);
}

/** A finished task without a single file. */
export function noResultFile(): ExportError {
  return new ExportError("noResultFile", t("The task has no result file. Run the export again."));
}

type Known<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

function withKnown<T extends { [K in keyof ErrorDetails]: ErrorDetails[K] | undefined }>(details: T): Known<T> {
  const known: Known<T> = {};
  for (const key in details) {
    const value = details[key];
    if (value !== undefined) known[key] = value as Exclude<T[typeof key], undefined>;
  }
  return known;
}
