import { t } from "@vscode/l10n";
import { ExportError } from "./exportError.ts";

/** No account fits what was asked for. */
export function noAccount(): ExportError {
  return new ExportError("noAccount", t("There is no account yet. Add one first."));
}

export function unknownAccount(): ExportError {
  return new ExportError(
    "noAccount",
    t("There is no account with this id. It may have been removed; choose another one."),
  );
}

/** The id's form tells the service, and there is no account of it. */
export function noAccountOf(service: string): ExportError {
  return new ExportError(
    "noAccount",
    t("This is a task of {0}, and there is no account of it yet. Add one first.", service),
  );
}

/** A text that no service has ids of the form of. */
export function notATaskId(text: string): ExportError {
  return new ExportError(
    "invalidRequest",
    t("“{0}” is no task id. Spaaza's are whole numbers, TextReveal's are UUIDs.", text.slice(0, 60)),
  );
}

/** Several accounts could be meant and nobody is there to be asked. */
export function ambiguousAccount(): ExportError {
  return new ExportError("noAccount", t("Several accounts could hold this task. Name the account."));
}

export function unknownService(service: string): ExportError {
  return new ExportError(
    "invalidRequest",
    t("No service called {0} is known. Check the name, or turn on the extension that brings it.", service),
  );
}

/** The secret storage answered, and holds nothing for the account. */
export function noCredentials(label: string): ExportError {
  return new ExportError(
    "noCredentials",
    t("The credentials of {0} are not on this machine. Enter them again with Replace Credentials.", label),
  );
}

/** The secret storage did not answer, or what it holds can't be read: not the same as holding nothing. */
export function secretStorageFailed(label: string, cause: unknown): ExportError {
  return new ExportError(
    "noCredentials",
    t(
      "VS Code's secret storage did not give the credentials of {0}. Unlock the keychain and try again, or enter them again with Replace Credentials.",
      label,
    ),
    { cause },
  );
}

export function secretStorageRefused(label: string, cause: unknown): ExportError {
  return new ExportError(
    "noCredentials",
    t("VS Code's secret storage did not take the credentials of {0}. Unlock the keychain and try again.", label),
    { cause },
  );
}

/** What another program gave does not have the shape that was agreed. */
export function invalidArgument(problem: string): ExportError {
  return new ExportError("invalidRequest", t("The request can't be used: {0}.", problem));
}
