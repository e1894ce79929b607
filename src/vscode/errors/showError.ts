import { t } from "@vscode/l10n";
import * as vscode from "vscode";
import { ExportError } from "../../model/exportError.ts";
import { callByPerson } from "../commandCall.ts";
import { showFailure } from "../surfaces/surfaces.ts";
import { mendingsFor, type FailureSubject, type Mending } from "./mending.ts";

/** The sentence to show for a failure. Any other error is a bug of ours, and its text is only for the log. */
export function errorInWords(error: unknown): string {
  return error instanceof ExportError
    ? error.message
    : t("An internal error occurred in Task Exports. See the log for details.");
}

/** A remedy as a command for a row or a button. */
export function commandOf({ command, label, argument }: Mending): vscode.Command & { arguments: unknown[] } {
  const wrapped = typeof argument === "object" ? callByPerson(argument) : argument;
  return { command, title: label, arguments: wrapped === undefined ? [] : [wrapped] };
}

/** A notification is not next to the row or command that it is about, so it names the task. */
function namingTask(sentence: string, { taskId }: FailureSubject): string {
  return taskId === undefined || sentence.includes(taskId) ? sentence : t("Task {0}: {1}", taskId, sentence);
}

/** Shows a failure once, with buttons for its remedies. Doesn't wait for the answer. */
export function showError(error: unknown, subject: FailureSubject): void {
  const mendings = mendingsFor(error, subject);
  const labels = mendings.map(({ label }) => label);
  void showFailure(namingTask(errorInWords(error), subject), ...labels).then((chosen) => {
    const mending = mendings.find(({ label }) => label === chosen);
    if (mending === undefined) return;
    const { command, arguments: values } = commandOf(mending);
    void vscode.commands.executeCommand(command, ...values);
  });
}
