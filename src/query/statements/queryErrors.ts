import { t } from "@vscode/l10n";
import { ExportError } from "../../model/exportError.ts";
import type { ValueType } from "../columnTables.ts";

const longestShown = 60;

export function unknownColumn(name: string | number): ExportError {
  const message = t("There is no column {0} in this file. Check the names of the columns.", shown(name));
  return new ExportError("invalidRequest", message);
}

/** A filter compares a column with a value that its type doesn't have. */
export function valueOfOtherType(column: string, type: ValueType, value: string): ExportError {
  return new ExportError("invalidRequest", otherTypeMessage(type, shown(column), shown(value)));
}

function otherTypeMessage(type: ValueType, column: string, value: string): string {
  if (type === "TIMESTAMP") {
    return t("The column {0} contains dates, and {1} isn't one. Enter a date such as 2024-12-31.", column, value);
  }
  if (type === "BOOLEAN")
    return t("The column {0} contains true and false. Enter one of them instead of {1}.", column, value);
  return t("The column {0} contains numbers, and {1} isn't one. Enter a number.", column, value);
}

export function invalidExpression(column: string, cause: unknown): ExportError {
  const message = t(
    "The regular expression for the column {0} isn't valid. Check its brackets and special characters.",
    shown(column),
  );
  return new ExportError("badQuery", message, { cause });
}

/** @param part what the engine can't do, as it is written in the expression */
export function unsupportedExpression(column: string, part: string): ExportError {
  const message = t(
    "The regular expression for the column {0} contains {1}, which filters can't use. Write it without lookarounds, back references and special properties.",
    shown(column),
    shown(part),
  );
  return new ExportError("badQuery", message);
}

export function filterTooDeep(): ExportError {
  return new ExportError("invalidRequest", t("The filter has too many levels. Use fewer nested conditions."));
}

/** A text becomes an expression as well, because case doesn't matter. */
export function expressionTooLarge(cause?: unknown): ExportError {
  const message = t("A text or expression of the filter is too long, or repeats too much. Use a shorter one.");
  return new ExportError("badQuery", message, { cause });
}

/** On one line and shortened, so that a message stays readable. */
function shown(value: string | number): string {
  const line = String(value).replace(/\s+/g, " ");
  const characters = Array.from(line);
  return characters.length > longestShown ? `${characters.slice(0, longestShown).join("")}…` : line;
}
