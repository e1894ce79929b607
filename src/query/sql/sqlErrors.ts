import { t } from "@vscode/l10n";
import { ExportError, type ErrorDetails } from "../../model/exportError.ts";

const longestReason = 300;

/** @param reason what the engine says about the statement */
export function badQuery(reason: string, details: ErrorDetails, cause?: unknown): ExportError {
  const line = reason.split("\n", 1)[0]?.slice(0, longestReason) ?? "";
  return new ExportError("badQuery", t("The query isn't valid: {0}", line), { details, cause });
}

export function queryRefused(cause?: unknown): ExportError {
  const message = t(
    "The query was not run because it isn't a single statement that only reads this data. Use one SELECT.",
  );
  return new ExportError("queryRefused", message, { cause });
}

export function emptyQuery(): ExportError {
  return new ExportError("badQuery", t("The query is empty. Enter a statement such as SELECT * FROM export."), {
    details: { position: 0 },
  });
}
