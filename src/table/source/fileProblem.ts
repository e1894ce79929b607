import { t } from "@vscode/l10n";
import { ExportError } from "../../model/exportError.ts";
import type { TableProblem } from "../tableTypes.ts";
import { systemCode } from "../../model/systemCode.ts";

const missingCodes = new Set(["ENOENT", "ENOTDIR"]);

/** The file is not there (any more). */
export function fileMissing(path: string, cause?: unknown): ExportError {
  return new ExportError("fileMissing", t("{0} is not there any more.", path), { details: { path }, cause });
}

/** The file is another than the one that was opened: it shrank, or one of the same name took its place. */
export function fileChanged(path: string, cause?: unknown): ExportError {
  return new ExportError("fileChanged", t("{0} changed while it was open. Load it again.", path), {
    details: { path },
    cause,
  });
}

/** What stands at the path cannot be read as a file; `code` is the system's word for it. */
export class NoFile extends Error {
  readonly code: "EISDIR" | "EINVAL";

  constructor(path: string, isFolder: boolean) {
    super(`${path} is not a file.`);
    this.code = isFolder ? "EISDIR" : "EINVAL";
  }
}

/** Whether the system says that nothing is there. */
export function saysMissing(error: unknown): boolean {
  return missingCodes.has(systemCode(error) ?? "");
}

/**
 * The state that a failure to open or read a file puts the table into.
 *
 * @param error what `openFileSource` or a `FileSource` threw
 */
export function problemOf(error: unknown): TableProblem {
  const code = systemCode(error);
  if (code === "fileMissing" || saysMissing(error)) return { kind: "missing" };
  return { kind: "unreadable", reason: code ?? (error instanceof Error ? error.message : String(error)) };
}
