import * as vscode from "vscode";
import type { Accounts } from "../accounts/accounts.ts";
import type { Downloads } from "../downloads/downloads.ts";
import type { GitIgnoreHint } from "../downloads/gitIgnoreHint.ts";
import type { OwnFiles } from "../downloads/ownFiles.ts";
import { runForProgram } from "../downloads/runForProgram.ts";
import { buildType } from "./buildType.ts";
import { BuildTerminal } from "./buildTerminal.ts";
import { type ExportBuildParts, runExportBuild } from "./exportBuild.ts";

/** What builds are made of. */
export interface BuildParts {
  readonly accounts: Accounts;
  readonly downloads: Downloads;
  readonly ownFiles: OwnFiles;
  readonly gitIgnoreHint: GitIgnoreHint;
}

/** Makes a task of `tasks.json` runnable. */
export function resolveBuild(parts: BuildParts, { definition, name, scope }: vscode.Task): vscode.Task {
  const build = exportBuildParts(parts);
  const execution = new vscode.CustomExecution((resolved) => Promise.resolve(terminalFor(build, resolved, scope)));
  return new vscode.Task(definition, scope ?? vscode.TaskScope.Workspace, name, buildType, execution);
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
