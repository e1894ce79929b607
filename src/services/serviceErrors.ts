import { t } from "@vscode/l10n";
import { type ErrorDetails, ExportError, type FieldProblem } from "../model/exportError.ts";

/** The service does not know who asks. */
export function unauthorized(service: string, details?: ErrorDetails): ExportError {
  const message = t("{0} did not accept the credentials. Enter valid ones with Replace Credentials.", service);
  return refused("unauthorized", message, details);
}

/** The service knows who asks and says no. */
export function forbidden(service: string, details?: ErrorDetails): ExportError {
  const message = t(
    "{0} does not let this account do that. Ask for access to export tasks, or use other credentials.",
    service,
  );
  return refused("forbidden", message, details);
}

export function taskNotFound(service: string, taskId: string, details?: ErrorDetails): ExportError {
  const message = t("{0} has no task {1} for this account. Check the id and the account.", service, taskId);
  return refused("taskNotFound", message, details);
}

export function notAnExportTask(taskId: string, details?: ErrorDetails): ExportError {
  const message = t("Task {0} is not an export task, so it has no file. Choose an export task.", taskId);
  return refused("notAnExportTask", message, details);
}

export function taskNotDone(taskId: string, details?: ErrorDetails): ExportError {
  return refused("taskNotDone", t("Task {0} is not done yet. Try again when it is.", taskId), details);
}

/** The task is through and left no file. */
export function noResultFile(taskId: string, details?: ErrorDetails): ExportError {
  return refused("noResultFile", t("Task {0} is done but has no result file. Run the export again.", taskId), details);
}

/** The task ended in failure, which is why there is no file. */
export function failedTask(taskId: string, details?: ErrorDetails): ExportError {
  const message = t("Task {0} failed, so it has no result file. Run the export again.", taskId);
  return refused("noResultFile", message, details);
}

/** Too many requests, or too many exports at once, and waiting did not help or would take too long. */
export function tooManyRequests(service: string, details: ErrorDetails = {}): ExportError {
  const message =
    details.retryAfterMs === undefined
      ? t("{0} has got too many requests. Try again in a few minutes.", service)
      : t("{0} has got too many requests. Try again in {1}.", service, spanInWords(details.retryAfterMs));
  return refused("tooManyRequests", message, details);
}

export function serviceUnavailable(service: string, details: ErrorDetails = {}): ExportError {
  const status = details.status ?? 0;
  const message =
    details.retryAfterMs === undefined
      ? t("{0} cannot answer at the moment (status {1}). Try again in a few minutes.", service, status)
      : t(
          "{0} cannot answer at the moment (status {1}). Try again in {2}.",
          service,
          status,
          spanInWords(details.retryAfterMs),
        );
  return refused("serviceUnavailable", message, details);
}

/** The service found fault with the request; what it says is part of the sentence. */
export function requestRefused(service: string, words: string | undefined, details: ErrorDetails): ExportError {
  const said = details.errors === undefined ? words : details.errors.map(problemInWords).join("; ");
  const message =
    said === undefined || said === ""
      ? t("{0} refused the request (status {1}). Check the base URL and the task.", service, details.status ?? 0)
      : t("{0} refused the request and said: {1}", service, said);
  return refused("invalidRequest", message, details);
}

/** Another host or a page answered, or data of another form. */
export function unexpectedAnswer(service: string, details: ErrorDetails): ExportError {
  const message = t(
    "The answer is not one that {0} is documented to give. Check the account's base URL, and whether a network's sign-in page is in between.",
    service,
  );
  return refused("unexpectedResponse", message, details);
}

/** Not followed: the credentials are for the base URL alone. */
export function redirected(service: string, details: ErrorDetails): ExportError {
  const message = t("{0} sent us to another address, which is not followed. Check the account's base URL.", service);
  return refused("unexpectedResponse", message, details);
}

/** Nothing is at the address that was asked for a list. */
export function wrongBaseUrl(service: string, details: ErrorDetails): ExportError {
  const message = t("{0} has nothing at this address. Check the addresses of the account.", service);
  return refused("unexpectedResponse", message, details);
}

/** A link that no export can be behind. */
export function unusableLink(service: string, details?: ErrorDetails): ExportError {
  const message = t(
    "{0} gave a download link that cannot be used. Try again, and tell the service if it stays so.",
    service,
  );
  return refused("unexpectedResponse", message, details);
}

/** A link into this machine or its network, from a service outside of it. */
export function privateLink(service: string, details?: ErrorDetails): ExportError {
  const message = t(
    "{0} gave a download link into a private network, which is not followed for a public service. Check the account's base URL.",
    service,
  );
  return refused("unexpectedResponse", message, details);
}

export function notATaskId(service: string): ExportError {
  return refused("invalidRequest", t("This is not the id of a {0} task. Check the id and the account.", service));
}

export function notACursor(): ExportError {
  return refused("invalidRequest", t("The place in the task list is not one that was given out. Load the list anew."));
}

export function wrongCredentialKind(service: string): ExportError {
  const message = t(
    "These credentials are not of a kind that {0} takes. Enter others with Replace Credentials.",
    service,
  );
  return refused("invalidRequest", message);
}

function refused(code: ExportError["code"], message: string, details?: ErrorDetails): ExportError {
  return new ExportError(code, message, details === undefined ? {} : { details });
}

function problemInWords({ field, reason, message }: FieldProblem): string {
  const what = [field, reason === undefined ? undefined : `(${reason})`].filter((part) => part !== undefined).join(" ");
  if (message === undefined) return what;
  return what === "" ? message : `${what}: ${message}`;
}

/** Rounded up, so that who comes back then does not come too early. */
function spanInWords(milliseconds: number): string {
  const seconds = Math.max(1, Math.ceil(milliseconds / 1000));
  if (seconds < 120) return t("{0} s", seconds);
  const minutes = Math.ceil(seconds / 60);
  return minutes < 120 ? t("{0} min", minutes) : t("{0} h", Math.ceil(minutes / 60));
}
