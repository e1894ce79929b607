import { t } from "@vscode/l10n";
import type { RequestErrors } from "../../channel/requester.ts";
import type { Refusal } from "../../channel/requestMap.ts";
import { cancelled, ExportError, isErrorCode } from "../../model/exportError.ts";

/** The errors that requests to the table's threads are rejected with. */
export const threadErrors: RequestErrors = {
  refused: ({ code, message }) => new ExportError(isErrorCode(code) ? code : "unexpectedResponse", message),
  cancelled: () => cancelled(),
  ended: (cause) =>
    new ExportError("unexpectedResponse", t("The table's reader stopped working. Reload the table."), { cause }),
  unreadable: () => new ExportError("unexpectedResponse", t("The table's reader stopped working. Reload the table.")),
};

/** An error of a thread as a refusal that can be copied to another thread. */
export function threadRefusal(error: unknown): Refusal {
  if (error instanceof ExportError) return { code: error.code, message: error.message };
  const reason = error instanceof Error ? error.message : String(error);
  return { code: "unexpectedResponse", message: t("Couldn't read the table: {0}", reason) };
}
