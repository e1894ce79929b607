import { t } from "@vscode/l10n";
import * as vscode from "vscode";
import { callByPerson } from "../commandCall.ts";
import type { CommandId } from "../ids.ts";
import { plainRow } from "../surfaces/plainText.ts";
import { offsetRange } from "./queryTables.ts";
import type { LastRun } from "./queryRuns.ts";
import { resultInWords } from "./sessionMarkdown.ts";
import { statementsIn } from "./statements.ts";

/** Above each statement: **Run**, **Explain**, and what became of it if it ran last. */
export function queryLenses(document: vscode.TextDocument, last: LastRun | undefined): vscode.CodeLens[] {
  return statementsIn(document.getText()).flatMap((statement) => {
    const range = offsetRange(document, { start: statement.start, end: statement.start });
    const button = (title: string, command: CommandId): vscode.CodeLens => {
      const argument = callByPerson({ uri: document.uri, offset: statement.start });
      return new vscode.CodeLens(range, { title, command, arguments: [argument] });
    };
    const lenses = [
      button(`$(play) ${t("Run")}`, "taskExports.query.run"),
      button(t("Explain"), "taskExports.query.explain"),
    ];
    // Without a command, a lens is only text.
    if (last?.sql === statement.text) lenses.push(new vscode.CodeLens(range, { title: outcome(last), command: "" }));
    return lenses;
  });
}

function outcome(last: LastRun): string {
  switch (last.kind) {
    case "running":
      return t("running");
    case "done":
      return resultInWords(last.entry, vscode.env.language);
    case "failed":
      return `$(error) ${plainRow(t("Failed: {0}", last.message))}`;
  }
}
