import { t } from "@vscode/l10n";
import type * as vscode from "vscode";
import { invalidArgument } from "../../model/accountErrors.ts";
import { isInteractive } from "../commandCall.ts";
import type { CommandDefinition } from "../commandRegistry.ts";
import type { ExportReference } from "../ids.ts";
import { askExports, type ExportQuestionParts } from "../prompts/askExport.ts";
import { statementToRun } from "../query/queries.ts";
import { activeTable } from "../tableEditor/openTable.ts";
import { queryRequest } from "./argumentShapes.ts";
import type { CommandParts } from "./commandParts.ts";
import { runAndTell } from "./runQuery.ts";

/** Opens an editor for SQL about an export. A statement that is passed runs at once. */
export function queryExport(
  parts: ExportQuestionParts & Pick<CommandParts, "queries">,
): CommandDefinition<"taskExports.queryExport"> {
  return {
    argument: queryRequest,
    async run({ sql, ...reference }, { caller }) {
      const queries = await parts.queries.load();
      const file = await exportToQuery(parts, reference);
      if (file.scheme !== "file") {
        throw invalidArgument(t("Only one file can be queried. Open one of the files of the task as a table first."));
      }
      const editor = await queries.open(file.fsPath, sql);
      if (sql === undefined) return undefined;
      await runAndTell(queries, editor, statementToRun(editor, undefined), isInteractive(caller));
      return undefined;
    },
  };
}

/** The named file, the one in the active table, or the one that the person selects. */
async function exportToQuery(parts: ExportQuestionParts, reference: ExportReference): Promise<vscode.Uri> {
  const isNamed = reference.uri !== undefined || reference.uris !== undefined || reference.taskId !== undefined;
  const active = isNamed ? undefined : activeTable();
  if (active !== undefined) return active;
  const [file] = await askExports(parts, reference);
  return file;
}
