import { t } from "@vscode/l10n";
import { ExportError } from "./exportError.ts";

/** There is no account at all. */
export function noAccount(): ExportError {
  return new ExportError("noAccount", t("There are no accounts yet. Add an account first."));
}

export function unknownAccount(): ExportError {
  return new ExportError(
    "noAccount",
    t("There is no account with this ID. It may have been removed. Select another account."),
  );
}

/** The form of the id shows which service it belongs to, and that service has no account. */
export function noAccountOf(service: string): ExportError {
  return new ExportError(
    "noAccount",
    t("This ID belongs to {0}, and there is no {0} account yet. Add an account first.", service),
  );
}

/** A text that does not look like a task id of any service. */
export function notATaskId(text: string): ExportError {
  return new ExportError(
    "invalidRequest",
    t("“{0}” is not a task ID. Spaaza IDs are whole numbers, TextReveal IDs are UUIDs.", text.slice(0, 60)),
  );
}

/** Several accounts could be meant, and there is no person to ask. */
export function ambiguousAccount(): ExportError {
  return new ExportError("noAccount", t("Several accounts could have this task. Specify the account."));
}

export function unknownService(service: string): ExportError {
  return new ExportError(
    "invalidRequest",
    t("Unknown service {0}. Check the name, or enable the extension that provides the service.", service),
  );
}

/** The secret storage works, but has nothing for this account. */
export function noCredentials(label: string): ExportError {
  return new ExportError(
    "noCredentials",
    t("The credentials of {0} are not stored on this computer. Enter them with Replace Credentials.", label),
  );
}

/** The secret storage failed, or its content can't be read. That is different from having nothing stored. */
export function secretStorageFailed(label: string, cause: unknown): ExportError {
  return new ExportError(
    "noCredentials",
    t(
      "Couldn't read the credentials of {0} from secret storage. Unlock the keychain and try again, or enter the credentials with Replace Credentials.",
      label,
    ),
    { cause },
  );
}

export function secretStorageRefused(label: string, cause: unknown): ExportError {
  return new ExportError(
    "noCredentials",
    t("Couldn't update the credentials of {0} in secret storage. Unlock the keychain and try again.", label),
    { cause },
  );
}

/** A request by a person or another program that can't be fulfilled. @param message a complete sentence */
export function invalidArgument(message: string): ExportError {
  return new ExportError("invalidRequest", message);
}
