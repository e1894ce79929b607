import { t } from "@vscode/l10n";
import type * as vscode from "vscode";
import { invalidArgument } from "../../model/accountErrors.ts";
import { isInteractive } from "../commandCall.ts";
import type { CommandDefinition } from "../commandRegistry.ts";
import type { ExportReference } from "../ids.ts";
import { askExports, type ExportQuestionParts } from "../prompts/askExport.ts";
import { partsScheme, taskOfParts } from "../parts/partsUri.ts";
import { statementToRun } from "../query/queries.ts";
import { activeTable } from "../tableEditor/openTable.ts";
import { growingAt } from "../tableEditor/unfinishedSource.ts";
import { toUri } from "../uris.ts";
import { queryRequest } from "./argumentShapes.ts";
import type { CommandParts } from "./commandParts.ts";
import { runAndTell } from "./runQuery.ts";

type QueryParts = ExportQuestionParts & Pick<CommandParts, "queries" | "unfinished">;

/** Opens an editor for SQL about an export. A statement that is passed runs at once. */
export function queryExport(parts: QueryParts): CommandDefinition<"taskExports.queryExport"> {
  return {
    argument: queryRequest,
    async run({ sql, ...reference }, { caller }) {
      const queries = await parts.queries.load();
      const file = await exportToQuery(parts, reference);
      const editor = await queries.open(queriedPath(file), sql);
      if (sql === undefined) return undefined;
      await runAndTell(queries, editor, statementToRun(editor, undefined), isInteractive(caller));
      return undefined;
    },
  };
}

/** @throws ExportError `invalidRequest` for a file that isn't on this computer */
function queriedPath(file: vscode.Uri): string {
  if (file.scheme === "file") return file.fsPath;
  if (file.scheme === partsScheme) return file.toString();
  throw invalidArgument(t("The file isn't on this computer. Specify it by a file URI or its absolute path."));
}

/** The named file, the one in the active table, or the one that the person selects. */
async function exportToQuery(parts: QueryParts, reference: ExportReference): Promise<vscode.Uri> {
  const isNamed = reference.uri !== undefined || reference.uris !== undefined || reference.taskId !== undefined;
  const active = isNamed ? undefined : activeTable();
  if (active !== undefined) return active;
  const named = reference.uri === undefined ? undefined : toUri(reference.uri);
  // The text can be written while the file is being downloaded. Running it says why it has to wait.
  if (named?.scheme === "file" && growingAt(named.fsPath, parts.unfinished) !== undefined) return named;
  if (named !== undefined && taskOfParts(named) !== undefined) return named;
  const [file] = await askExports(parts, reference);
  return file;
}
