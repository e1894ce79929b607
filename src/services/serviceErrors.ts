import { t } from "@vscode/l10n";
import { defined } from "../model/defined.ts";
import { asSentence } from "./serviceWords.ts";
import { type ErrorDetails, ExportError, type FieldProblem } from "../model/exportError.ts";

/** The service does not accept the credentials. */
export function unauthorized(service: string, details?: ErrorDetails): ExportError {
  const message = t("{0} rejected the credentials. Enter valid ones with Replace Credentials.", service);
  return refused("unauthorized", message, details);
}

/** The service accepts the credentials, but they do not permit this. */
export function forbidden(service: string, details?: ErrorDetails): ExportError {
  const message = t(
    "This account doesn't have permission to do that in {0}. Request access to export tasks, or use other credentials.",
    service,
  );
  return refused("forbidden", message, details);
}

export function taskNotFound(service: string, taskId: string, details?: ErrorDetails): ExportError {
  const message = t("Task {1} was not found in {0} for this account. Check the ID and the account.", service, taskId);
  return refused("taskNotFound", message, details);
}

export function notAnExportTask(taskId: string, details?: ErrorDetails): ExportError {
  const message = t("Task {0} is not an export task, so there is no file to download. Select an export task.", taskId);
  return refused("notAnExportTask", message, details);
}

export function taskNotDone(taskId: string, details?: ErrorDetails): ExportError {
  return refused("taskNotDone", t("Task {0} hasn't finished yet. Try again when it is done.", taskId), details);
}

/** The task finished without a file. */
export function noResultFile(taskId: string, details?: ErrorDetails): ExportError {
  return refused(
    "noResultFile",
    t("Task {0} finished without a file to download. Run the export again.", taskId),
    details,
  );
}

/** The task failed, so there is no file. */
export function failedTask(taskId: string, details?: ErrorDetails): ExportError {
  const message = t("Task {0} failed, so there is no file to download. Run the export again.", taskId);
  return refused("noResultFile", message, details);
}

/** Too many requests or running exports, and waiting did not help or would take too long. */
export function tooManyRequests(service: string, details: ErrorDetails = {}): ExportError {
  const message =
    details.retryAfterMs === undefined
      ? t("Too many requests to {0}. Try again in a few minutes.", service)
      : t("Too many requests to {0}. Try again in {1}.", service, spanInWords(details.retryAfterMs));
  return refused("tooManyRequests", message, details);
}

export function serviceUnavailable(service: string, details: ErrorDetails = {}): ExportError {
  const status = details.status ?? 0;
  const message =
    details.retryAfterMs === undefined
      ? t("{0} is not available right now (status {1}). Try again in a few minutes.", service, status)
      : t(
          "{0} is not available right now (status {1}). Try again in {2}.",
          service,
          status,
          spanInWords(details.retryAfterMs),
        );
  return refused("serviceUnavailable", message, details);
}

/** The service rejected the request. Its own text is part of the sentence. */
export function requestRefused(service: string, words: string | undefined, details: ErrorDetails): ExportError {
  const problems = details.errors?.map((problem) => problemInWords(problem).replace(/[\s.]+$/, ""));
  const said = asSentence(problems?.join("; ") ?? words ?? "");
  const message =
    said === ""
      ? t("{0} rejected the request (status {1}). Check the base URL and the task.", service, details.status ?? 0)
      : t("{0} rejected the request: {1}", service, said);
  return refused("invalidRequest", message, details);
}

/** A page, another host's response, or data in another format. */
export function unexpectedAnswer(service: string, details: ErrorDetails): ExportError {
  const message = t(
    "Unexpected response from {0}. Check the base URL of the account, and whether your network requires you to sign in.",
    service,
  );
  return refused("unexpectedResponse", message, details);
}

/** Not followed, because the credentials are only for the base URL. */
export function redirected(service: string, details: ErrorDetails): ExportError {
  const message = t(
    "{0} redirected to another address. For security, redirects aren't followed with credentials. Check the base URL of the account.",
    service,
  );
  return refused("unexpectedResponse", message, details);
}

/** A request for the task list got "not found". */
export function wrongBaseUrl(service: string, details: ErrorDetails): ExportError {
  const message = t("There is no {0} service at this address. Check the base URL of the account.", service);
  return refused("unexpectedResponse", message, details);
}

/** A link that can't lead to an export. */
export function unusableLink(service: string, details?: ErrorDetails): ExportError {
  const message = t(
    "{0} returned a download URL that can't be used. Try again. If it keeps happening, contact the service.",
    service,
  );
  return refused("unexpectedResponse", message, details);
}

/** A link to this machine or its network, from a public service. */
export function privateLink(service: string, details?: ErrorDetails): ExportError {
  const message = t(
    "{0} returned a download URL in a private network. For security, such a URL isn't used with a public service. Check the base URL of the account.",
    service,
  );
  return refused("unexpectedResponse", message, details);
}

/** More entries than were asked for, and more than can be checked. */
export function tooManyTasks(service: string, count: number, most: number, details?: ErrorDetails): ExportError {
  const message = t(
    "{0} returned {1} tasks at once. At most {2} are accepted. Check the base URL of the account.",
    service,
    count,
    most,
  );
  return refused("unexpectedResponse", message, details);
}

export function tooManyFiles(service: string, count: number, most: number, details?: ErrorDetails): ExportError {
  const message = t(
    "{0} returned {1} files for one task. At most {2} are accepted. Export less data at a time.",
    service,
    count,
    most,
  );
  return refused("unexpectedResponse", message, details);
}

export function notATaskId(service: string): ExportError {
  return refused("invalidRequest", t("This is not a {0} task ID. Check the ID and the account.", service));
}

/** Something that a request can't do without. @param message a complete sentence */
export function invalidField(field: string, message: string): ExportError {
  return refused("invalidRequest", message, { errors: [{ field, message }] });
}

/** The universe of a request doesn't exist, or isn't visible for this account. */
export function universeNotFound(details: ErrorDetails): ExportError {
  const message = t("This universe was not found for this account. Check its ID.");
  return refused("invalidRequest", message, { ...details, errors: [{ field: "universe_id", message }] });
}

/**
 * The error of a request that must not be sent twice. If the service may have received it, trying again could do the same
 * thing twice, so the message says what to look at first.
 */
export function onceOnly(error: unknown, service: string): unknown {
  if (!(error instanceof ExportError) || !mayHaveHadEffect(error)) return error;
  const hint = t("{0} may have received the request. Refresh the tasks before you try again.", service);
  return new ExportError(error.code, `${error.message} ${hint}`, { details: error.details, cause: error.cause });
}

function mayHaveHadEffect({ code, details: { status = 0, maybeReceived } }: ExportError): boolean {
  if (maybeReceived === true) return true;
  // A redirect was not followed.
  return code === "serviceUnavailable" || (code === "unexpectedResponse" && !(status >= 300 && status < 500));
}

export function notACursor(): ExportError {
  return refused("invalidRequest", t("The cursor is not valid for this task list. Load the list again."));
}

export function wrongCredentialKind(service: string): ExportError {
  const message = t("{0} doesn't support this type of credentials. Enter others with Replace Credentials.", service);
  return refused("invalidRequest", message);
}

/** A request with the fields of another service. */
export function wrongRequestKind(service: string): ExportError {
  return refused("invalidRequest", t("The request is not for {0}. Check its fields and the account.", service));
}

function refused(code: ExportError["code"], message: string, details?: ErrorDetails): ExportError {
  return new ExportError(code, message, defined({ details }));
}

function problemInWords({ field, reason, message }: FieldProblem): string {
  const what = [field, reason === undefined ? undefined : `(${reason})`].filter((part) => part !== undefined).join(" ");
  if (message === undefined) return what;
  return what === "" ? message : `${what}: ${message}`;
}

/** Rounded up, so that trying again after this time is not too early. */
function spanInWords(milliseconds: number): string {
  const seconds = Math.max(1, Math.ceil(milliseconds / 1000));
  if (seconds < 120) return t("{0} s", seconds);
  const minutes = Math.ceil(seconds / 60);
  return minutes < 120 ? t("{0} min", minutes) : t("{0} h", Math.ceil(minutes / 60));
}
