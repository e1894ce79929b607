import { t } from "@vscode/l10n";
import { defined } from "../../model/defined.ts";
import { ExportError } from "../../model/exportError.ts";

/** New URLs expired again and again. */
export function linkExpired(host: string): ExportError {
  const message = t(
    "The download URL had already expired when it was used with {0}, although it was new. Try again later.",
    host,
  );
  return new ExportError("linkExpired", message, { details: { host } });
}

/** The store refused the request, even with a new URL. */
export function storageRefused(host: string, status: number): ExportError {
  const message = t(
    "{0} refused to send the file, even with a new download URL (status {1}). Check whether the export still exists and whether your network is allowed to access it.",
    host,
    status,
  );
  return new ExportError("storageRefused", message, { details: { host, status } });
}

/** The store no longer has the file (404, 410), or the service no longer lists it. */
export function fileMissing(host: string | undefined, status?: number): ExportError {
  const message = t("The file of this export no longer exists. Run the export again.");
  return new ExportError("fileMissing", message, { details: defined({ host, status }) });
}

/** The file changed during the download, more than once. */
export function fileChanged(host: string): ExportError {
  const message = t("The file of this export changed more than once during the download. Try again later.");
  return new ExportError("fileChanged", message, { details: { host } });
}

/** The service now lists other files than those that are being downloaded. */
export function fileListChanged(): ExportError {
  const message = t(
    "The service now lists other files for this export than at the start of the download. Start the download again to get the current files.",
  );
  return new ExportError("fileChanged", message);
}

/** The response is shorter than the file, even after a retry. */
export function truncated(host: string): ExportError {
  const message = t("{0} sent only part of the file. Try again. If it keeps happening, run the export again.", host);
  return new ExportError("truncated", message, { details: { host } });
}

/** The checksum that the store announced doesn't match, even after a second download. */
export function checksumMismatch(host: string): ExportError {
  const message = t(
    "The downloaded file doesn't match the checksum from {0}, even after a second try. The file was removed. Try again later.",
    host,
  );
  return new ExportError("checksumMismatch", message, { details: { host } });
}

/** The response is a web page, such as the sign-in page of a network or an error page. */
export function notAnExportFile(host: string): ExportError {
  const message = t(
    "Received a web page instead of the file. If your network requires you to sign in, open a browser, sign in, and try again.",
  );
  return new ExportError("notAnExportFile", message, { details: { host } });
}

/** A response that can't be used for a download. */
export function unexpectedAnswer(host: string, status: number): ExportError {
  const message = t("Unexpected response from {0} instead of the file (status {1}). Try again later.", host, status);
  return new ExportError("unexpectedResponse", message, { details: { host, status } });
}

/** The body has a content coding that was not requested and can't be decoded. */
export function unreadableCoding(host: string): ExportError {
  const message = t("{0} sent the file with an encoding that can't be decoded. Try again later.", host);
  return new ExportError("unexpectedResponse", message, { details: { host } });
}

/** The download URL is not an http(s) URL, or it is not allowed for this account. */
export function linkNotAllowed(host: string | undefined): ExportError {
  const message =
    host === undefined
      ? t("The service returned a download URL that is not a web address. Try again later.")
      : t("The download URL leads to {0}, which is not allowed for this account. Nothing was downloaded.", host);
  return new ExportError("unexpectedResponse", message, { details: defined({ host }) });
}

/** A redirect from an encrypted address to an unencrypted one. */
export function insecureRedirect(host: string): ExportError {
  const message = t("The download URL redirects to an unencrypted address at {0}. Nothing was downloaded.", host);
  return new ExportError("unexpectedResponse", message, { details: { host } });
}

/** Too many redirects, or one without an address. */
export function redirectsNowhere(host: string): ExportError {
  const message = t("The download URL redirects too often and doesn't lead to a file. Try again later.");
  return new ExportError("unexpectedResponse", message, { details: { host } });
}

/** The retry budget is used up, and the store is still busy or failing. */
export function hostBusy(host: string, status: number, retryAfterMs: number | undefined): ExportError {
  const code = status === 429 ? "tooManyRequests" : "serviceUnavailable";
  const details = defined({ host, status, retryAfterMs });
  if (retryAfterMs === undefined) {
    const message = t("{0} is not available right now (status {1}). Try again later.", host, status);
    return new ExportError(code, message, { details });
  }
  const seconds = Math.ceil(retryAfterMs / 1000);
  const message = t("{0} is busy (status {2}). Try again in {1} seconds.", host, seconds, status);
  return new ExportError(code, message, { details });
}

/** The download was slower than the slowest acceptable speed for a whole window. */
export function tooSlow(host: string): ExportError {
  const message = t(
    "The download from {0} is too slow. Try again, or decrease taskExports.network.slowestKibPerSecond.",
    host,
  );
  return new ExportError("timeout", message, { details: { host } });
}

/** Another window or program is downloading the same file. */
export function busyElsewhere(path: string): ExportError {
  const message = t("Another window is downloading the same file. Wait until it is done, or cancel it there.");
  return new ExportError("busyElsewhere", message, { details: { path } });
}

/** A requested file that the task does not have. */
export function noSuchFile(index: number, count: number): ExportError {
  const message = t("There is no file {1} because the task has only {0}. Select another file.", count, index + 1);
  return new ExportError("invalidRequest", message);
}

/** A finished task without any file. */
export function noResultFile(): ExportError {
  return new ExportError("noResultFile", t("The task finished without a file to download. Run the export again."));
}
