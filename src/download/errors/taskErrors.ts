import { t } from "@vscode/l10n";
import { ExportError } from "../../model/exportError.ts";
import type { DownloadedFile } from "../../model/contract.ts";

/** A file of a task that could not be downloaded. */
export interface FailedFile {
  readonly name: string;
  readonly error: unknown;
}

/** Which of the wanted files were downloaded, and which failed. */
export interface PartialResult {
  readonly completed: readonly DownloadedFile[];
  /** In the order of the task's files; at least one. */
  readonly failed: readonly FailedFile[];
}

/** Adds the task to an error's message, unless the message already names it. Everything else stays the same. */
export function withTask(error: unknown, taskId: string): unknown {
  if (!(error instanceof ExportError) || error.code === "cancelled" || names(error.message, taskId)) return error;
  return reworded(error, t("Task {0}: {1}", taskId, error.message));
}

/** The first failure, with a message that names the file and says how many files were downloaded. */
export function filesFailed(taskId: string, { completed, failed }: PartialResult): unknown {
  const [first, ...others] = failed;
  const error = first?.error;
  if (first === undefined || !(error instanceof ExportError) || error.code === "cancelled") return error;
  const [downloaded, count] = [completed.length, completed.length + failed.length];
  const what =
    others.length === 0
      ? t("Task {0}: {1} of {2} files downloaded. {3}: {4}", taskId, downloaded, count, first.name, error.message)
      : t(
          "Task {0}: {1} of {2} files downloaded. {3}: {4} Other files that failed: {5}.",
          taskId,
          downloaded,
          count,
          first.name,
          error.message,
          others.map(({ name }) => name).join(", "),
        );
  return reworded(error, what, completed);
}

function reworded(error: ExportError, message: string, completed: readonly DownloadedFile[] = []): ExportError {
  const completedFiles = completed.map(({ uri, name }) => ({ uri, name }));
  const details = completed.length === 0 ? error.details : { ...error.details, completedFiles };
  return new ExportError(error.code, message, { details, cause: error });
}

/** Whether a text contains an ID as a separate word: "12345" does not name task 12. */
function names(text: string, id: string): boolean {
  const at = text.indexOf(id);
  const [before = "", after = ""] = [text[at - 1], text[at + id.length]];
  return at >= 0 && !/[\w-]/.test(before) && !/[\w-]/.test(after);
}
