import * as vscode from "vscode";
import { isCancelled } from "../../model/exportError.ts";
import type { Redactor } from "../../model/redact.ts";
import type { Accounts } from "../accounts/accounts.ts";
import { withSignal } from "../cancellation.ts";
import { downloadFolder } from "../downloads/downloadFolder.ts";
import type { DownloadHistory } from "../downloads/downloadHistory.ts";
import type { Downloads } from "../downloads/downloads.ts";
import type { OwnFiles } from "../downloads/ownFiles.ts";
import { runForProgram } from "../downloads/runForProgram.ts";
import type { TaskKey } from "../../model/taskKey.ts";
import type { Watching } from "../watching/watching.ts";
import type { Log } from "../log.ts";
import { readSetting } from "../settings.ts";
import { toolConfirmation, toolProgress } from "../surfaces/surfaces.ts";
import type { LazyTables } from "../tables/lazyTables.ts";
import { downloadTool } from "./downloadTool.ts";
import type { ExportTool } from "./exportTool.ts";
import { type FindRows, findRowsTool } from "./findRowsTool.ts";
import { listTasksTool } from "./listTasksTool.ts";
import { type ProfileColumns, profileExportTool } from "./profileExportTool.ts";
import { type QueryRows, queryExportTool } from "./queryExportTool.ts";
import { type ReadRows, readRowsTool } from "./readRowsTool.ts";
import type { ToolName } from "./toolNames.ts";
import { answerOf, questionOf } from "./runTool.ts";
import { watchTool } from "./watchTool.ts";
import type { InputFields } from "./toolInput.ts";

/** What tools are made of. They use the parts, not the commands, because nobody is there to answer a command. */
export interface ToolParts {
  readonly accounts: Accounts;
  readonly downloads: Downloads;
  readonly history: DownloadHistory;
  readonly ownFiles: OwnFiles;
  readonly tables: LazyTables;
  readonly watching: Watching;
  readonly redactor: Redactor;
  readonly log: Log;
  /** The extension's own storage, which has the default download folder. */
  readonly ownStorage: string;
}

/** All tools, by the names under which they are registered. */
export function createTools(parts: ToolParts): Record<ToolName, vscode.LanguageModelTool<unknown>> {
  const { accounts, tables, ownStorage } = parts;
  const folder = (): string => downloadFolder(undefined, ownStorage);
  const watch = (task: TaskKey, signal: AbortSignal): Promise<void> => parts.watching.watchTask(task, {}, signal);
  const download = downloadTool({
    accounts,
    folder,
    download: (request, signal) => {
      const setting = readSetting("fileExists");
      // Nobody can be asked here, so nothing is replaced.
      const fileExists = setting === "ask" ? "keepBoth" : setting;
      return runForProgram(parts.downloads.create({ ...request, fileExists }), parts.ownFiles, { fileExists, signal });
    },
  });
  const readRows: ReadRows = async (uri, options) => (await tables.load()).queries.readRows(uri, options);
  const findRows: FindRows = async function* (uri, pattern, options) {
    yield* (await tables.load()).queries.findRows(uri, pattern, options);
  };
  const queryRows: QueryRows = async (uri, sql, options) => (await tables.load()).sql.query(uri, sql, options);
  const profile: ProfileColumns = async (uri, options) => (await tables.load()).profiles.profile(uri, options);
  return {
    taskExports_listTasks: toolOf(listTasksTool(accounts), parts),
    taskExports_download: toolOf(download, parts),
    taskExports_watch: toolOf(watchTool({ accounts, folder, watch }), parts),
    taskExports_readRows: toolOf(readRowsTool(parts, readRows), parts),
    taskExports_findRows: toolOf(findRowsTool(parts, { readRows, findRows }), parts),
    taskExports_queryExport: toolOf(queryExportTool(parts, queryRows), parts),
    taskExports_profileExport: toolOf(profileExportTool(parts, profile), parts),
  };
}

function toolOf<Fields extends InputFields>(
  tool: ExportTool<Fields>,
  { redactor, log }: ToolParts,
): vscode.LanguageModelTool<unknown> {
  return {
    prepareInvocation: ({ input }) => {
      const { running, ...question } = questionOf(tool, input, redactor);
      return { invocationMessage: toolProgress(running), confirmationMessages: toolConfirmation(question) };
    },
    invoke: async ({ input }, token) => {
      log.info(`A language model uses the tool ${tool.name}`);
      try {
        const answer = await withSignal({ token }, (signal) => answerOf(tool, input, redactor, signal));
        return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(answer)]);
      } catch (error) {
        if (isCancelled(error)) throw new vscode.CancellationError();
        throw error;
      }
    },
  };
}
