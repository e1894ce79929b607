import { t } from "@vscode/l10n";
import * as vscode from "vscode";
import { ExportError } from "../../model/exportError.ts";
import { callByPerson } from "../commandCall.ts";
import { withoutLinks } from "../wording.ts";
import { mendingsFor, type FailureSubject, type Mending } from "./mending.ts";

/** The sentence that a person reads about a failure. What is no `ExportError` is a mistake of ours; its text stays in the log. */
export function errorInWords(error: unknown): string {
  return error instanceof ExportError
    ? withoutLinks(error.message)
    : t("Something went wrong inside Task Exports. The log says more.");
}

/** A mending as VS Code runs it from a row or a button. */
export function commandOf({ command, label, argument }: Mending): vscode.Command & { arguments: unknown[] } {
  const wrapped = typeof argument === "object" ? callByPerson(argument) : argument;
  return { command, title: label, arguments: wrapped === undefined ? [] : [wrapped] };
}

/** Tells a failure once, with buttons that do something about it. Does not wait for the answer. */
export function showError(error: unknown, subject: FailureSubject): void {
  const mendings = mendingsFor(error, subject);
  const labels = mendings.map(({ label }) => label);
  void vscode.window.showErrorMessage(errorInWords(error), ...labels).then((chosen) => {
    const mending = mendings.find(({ label }) => label === chosen);
    if (mending === undefined) return;
    const { command, arguments: values } = commandOf(mending);
    void vscode.commands.executeCommand(command, ...values);
  });
}
