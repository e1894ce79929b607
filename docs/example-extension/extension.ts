import * as vscode from "vscode";
import { reportShelf } from "./reportService.ts";
import type { DownloadRequest, TaskExportsApi } from "./task-exports.d.ts";

/** What the command returns to its caller. */
export interface Summary {
  readonly file: string;
  readonly columns: readonly string[];
  readonly rows: number | undefined;
  readonly firstRow: readonly string[] | undefined;
  /** The phases of the download, in order. */
  readonly phases: readonly string[];
}

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const extension = vscode.extensions.getExtension<TaskExportsApi>("task-exports.task-exports");
  if (extension === undefined) throw new Error("Install Task Exports first.");
  const api = await extension.activate();
  const output = vscode.window.createOutputChannel("Report Shelf");
  context.subscriptions.push(
    output,
    api.registerService(reportShelf()),
    vscode.commands.registerCommand("reportShelf.summarize", async (request?: DownloadRequest) => {
      const wanted = request ?? (await askTask());
      return wanted === undefined ? undefined : summarize(api, wanted, output);
    }),
  );
}

async function askTask(): Promise<DownloadRequest | undefined> {
  const taskId = await vscode.window.showInputBox({ prompt: "ID of the task" });
  return taskId === undefined ? undefined : { taskId };
}

/** Downloads a task of any service, and writes what its first file contains to the output. */
async function summarize(
  api: TaskExportsApi,
  request: DownloadRequest,
  output: vscode.OutputChannel,
): Promise<Summary | undefined> {
  const phases: string[] = [];
  const result = await api.download(
    { fileExists: "keepBoth", ...request },
    { onProgress: ({ phase }) => phases.at(-1) === phase || phases.push(phase) },
  );
  const [file] = result.files;
  if (file === undefined) return undefined;
  const { columns, rows, total } = await api.readRows(file.uri, { count: 1 });
  output.appendLine(`${file.name}: ${columns.join(", ")}`);
  output.show(true);
  return { file: file.name, columns, rows: total, firstRow: rows[0], phases };
}
