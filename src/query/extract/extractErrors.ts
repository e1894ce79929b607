import { t } from "@vscode/l10n";
import { ExportError } from "../../model/exportError.ts";
import { systemCode } from "../../model/systemCode.ts";

const fullCodes: ReadonlySet<string> = new Set(["ENOSPC", "EDQUOT"]);

/** There is no space for the files from which the engine loads columns. */
export function noSpaceForColumns(cause?: unknown): ExportError {
  const message = t("The disk is full, so this export can't be sorted or queried. Free up some space and try again.");
  return new ExportError("diskFull", message, { cause });
}

/** An error from writing such a file. */
export function writeFailure(error: unknown): unknown {
  return fullCodes.has(systemCode(error) ?? "") ? noSpaceForColumns(error) : error;
}
