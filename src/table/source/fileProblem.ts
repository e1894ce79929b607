import { t } from "@vscode/l10n";
import { ExportError } from "../../model/exportError.ts";
import type { TableProblem } from "../tableTypes.ts";
import { saysMissing, systemCode } from "../../model/systemCode.ts";

/** The file doesn't exist, or no longer exists. */
export function fileMissing(path: string, cause?: unknown): ExportError {
  return new ExportError("fileMissing", t("{0} was moved or deleted.", path), { details: { path }, cause });
}

/** The file is not the one that was opened: it shrank, or another one has its name. */
export function fileChanged(path: string, cause?: unknown): ExportError {
  return new ExportError("fileChanged", t("{0} changed while it was open. Reload it.", path), {
    details: { path },
    cause,
  });
}

/** The path is not a regular file. `code` is the code of the system for it. */
export class NoFile extends Error {
  readonly code: "EISDIR" | "EINVAL";

  constructor(path: string, isFolder: boolean) {
    super(`${path} is not a file.`);
    this.code = isFolder ? "EISDIR" : "EINVAL";
  }
}

/**
 * The table's problem for an error from opening or reading a file.
 *
 * @param error what `openFileSource` or a `FileSource` threw
 */
export function problemOf(error: unknown): TableProblem {
  const code = systemCode(error);
  if (code === "fileMissing" || saysMissing(error)) return { kind: "missing" };
  return { kind: "unreadable", reason: code ?? (error instanceof Error ? error.message : String(error)) };
}
