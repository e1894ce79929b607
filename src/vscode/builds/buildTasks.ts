import * as vscode from "vscode";
import type { Accounts } from "../accounts/accounts.ts";
import type { Downloads } from "../downloads/downloads.ts";
import type { GitIgnoreHint } from "../downloads/gitIgnoreHint.ts";
import type { OwnFiles } from "../downloads/ownFiles.ts";
import { runForProgram } from "../downloads/runForProgram.ts";
import { BuildTerminal } from "./buildTerminal.ts";
import { type ExportBuildParts, runExportBuild } from "./exportBuild.ts";

/** The type of our tasks in `tasks.json`. */
export const buildType = "taskExports";

/** What builds are made of. */
export interface BuildParts {
  readonly accounts: Accounts;
  readonly downloads: Downloads;
  readonly ownFiles: OwnFiles;
  readonly gitIgnoreHint: GitIgnoreHint;
}

/** Lets `tasks.json` download exports, so that other tasks can depend on them. */
export function registerBuilds(parts: BuildParts): vscode.Disposable {
  const build = exportBuildParts(parts);
  return vscode.tasks.registerTaskProvider(buildType, {
    // Which exports belong to a workspace is for its tasks.json to say. To guess it from the service would take requests.
    provideTasks: () => [],
    resolveTask: ({ definition, name, scope }) => {
      const execution = new vscode.CustomExecution((resolved) => Promise.resolve(terminalFor(build, resolved, scope)));
      return new vscode.Task(definition, scope ?? vscode.TaskScope.Workspace, name, buildType, execution);
    },
  });
}

function terminalFor(
  build: ExportBuildParts,
  definition: vscode.TaskDefinition,
  scope: vscode.Task["scope"],
): BuildTerminal {
  return new BuildTerminal((tell, onProgress, signal) =>
    runExportBuild(build, definition, { workspace: workspaceOf(scope), signal, tell, onProgress }),
  );
}

function exportBuildParts({ accounts, downloads, ownFiles, gitIgnoreHint }: BuildParts): ExportBuildParts {
  return {
    accounts,
    isTrusted: () => vscode.workspace.isTrusted,
    download: async (request, run) => {
      const download = downloads.create(request);
      const result = await runForProgram(download, ownFiles, { fileExists: request.fileExists ?? "ask", ...run });
      void gitIgnoreHint.afterDownload(result, download.request.folder, new AbortController().signal);
      return result;
    },
  };
}

/** The folder of the task, or the first one of the workspace. */
function workspaceOf(scope: vscode.Task["scope"]): string | undefined {
  const folder = typeof scope === "object" ? scope : vscode.workspace.workspaceFolders?.[0];
  return folder?.uri.scheme === "file" ? folder.uri.fsPath : undefined;
}
