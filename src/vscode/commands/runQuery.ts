import { t } from "@vscode/l10n";
import * as vscode from "vscode";
import type { ExportError } from "../../model/exportError.ts";
import { isInteractive } from "../commandCall.ts";
import type { CommandDefinition } from "../commandRegistry.ts";
import { queryEditor, type Queries, statementToRun } from "../query/queries.ts";
import type { Statement } from "../query/statements.ts";
import { showWarning } from "../surfaces/surfaces.ts";
import { toUri } from "../uris.ts";
import { statementReference } from "./argumentShapes.ts";
import type { CommandParts } from "./commandParts.ts";

/** Runs the selected text of a query, or the statement at the cursor. */
export function runQuery({ queries }: Pick<CommandParts, "queries">): CommandDefinition<"taskExports.query.run"> {
  return {
    argument: statementReference,
    async run({ uri, offset }, { caller }) {
      const editor = queryEditor(uri === undefined ? undefined : toUri(uri));
      await runAndTell(await queries.load(), editor, statementToRun(editor, offset), isInteractive(caller));
      return undefined;
    },
  };
}

/** Opens the engine's plan for the selected text of a query, or the statement at the cursor. */
export function explainQuery({
  queries,
}: Pick<CommandParts, "queries">): CommandDefinition<"taskExports.query.explain"> {
  return {
    argument: statementReference,
    async run({ uri, offset }, { caller }) {
      const editor = queryEditor(uri === undefined ? undefined : toUri(uri));
      const failure = await (await queries.load()).explain(editor.document, statementToRun(editor, offset));
      throwToProgram(failure, isInteractive(caller));
      return undefined;
    },
  };
}

/** A failure that is marked in the text needs no other message. A program gets it thrown. */
function throwToProgram(failure: ExportError | undefined, isTold: boolean): void {
  if (failure !== undefined && !isTold) throw failure;
}

/** Runs a statement, and says if only the first rows of its result are shown. */
export async function runAndTell(
  queries: Queries,
  editor: vscode.TextEditor,
  statement: Statement,
  isTold: boolean,
): Promise<void> {
  throwToProgram(await queries.run(editor.document, statement), isTold);
  const last = queries.session(editor.document).at(-1);
  if (isTold && last?.isCut === true && last.sql === statement.text) void offerSetting(last.rows);
}

async function offerSetting(rows: number): Promise<void> {
  const change = t("Change Setting");
  const count = new Intl.NumberFormat(vscode.env.language).format(rows);
  const text = t("The result has more rows. Only the first {0} are shown.", count);
  if ((await showWarning(text, change)) !== change) return;
  await vscode.commands.executeCommand("workbench.action.openSettings", "taskExports.query.maxRows");
}
