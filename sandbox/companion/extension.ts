/** Prepares Task Exports for a person by adding the sandbox's accounts, or runs the main job without one. */
import { readFile, rename, writeFile } from "node:fs/promises";
import process from "node:process";
import * as vscode from "vscode";
import type { DownloadRequest, DownloadResult, TaskExportsApi } from "../../src/model/contract.ts";
import { openedTab } from "./openedTab.ts";
import { type CompanionSession, type OnceResult, sessionVariable } from "./session.ts";

export async function activate(): Promise<void> {
  const sessionFile = process.env[sessionVariable];
  if (!sessionFile) return;
  const session = JSON.parse(await readFile(sessionFile, "utf8")) as CompanionSession;
  await vscode.commands.executeCommand("taskExports.tasks.focus");
  if (!session.once) return addAccounts(session);

  const { taskId, resultFile } = session.once;
  const outcome = await addAccounts(session)
    .then(() => downloadOnce(taskId))
    .catch(failure);
  // A reader of the result must never read an incomplete file.
  await writeFile(`${resultFile}.new`, JSON.stringify(outcome));
  await rename(`${resultFile}.new`, resultFile);
}

async function addAccounts({ accounts }: CompanionSession): Promise<void> {
  const extension = vscode.extensions.getExtension<TaskExportsApi>("task-exports.task-exports");
  if (!extension) throw new Error("Task Exports is not installed in this VS Code.");
  const api = await extension.activate();
  const present = await api.listAccounts();
  for (const request of accounts) {
    const sameLabel = present.find(({ label }) => label === request.label);
    if (sameLabel?.endpoint === request.endpoint) continue;
    // An account of an earlier sandbox with another port.
    if (sameLabel) await api.removeAccount(sameLabel.id);
    await api.addAccount(request);
  }
}

async function downloadOnce(taskId: string): Promise<OnceResult> {
  const request: DownloadRequest = { taskId, fileExists: "overwrite" };
  const result = await vscode.commands.executeCommand<DownloadResult | undefined>(
    "taskExports.downloadTaskExport",
    request,
  );
  if (!result) return { ok: false, message: "The download was cancelled." };
  return { ok: true, result, openedUri: await openedTab(result.files.map(({ uri }) => uri)) };
}

function failure(error: unknown): OnceResult {
  if (!(error instanceof Error)) return { ok: false, message: String(error) };
  const code = "code" in error && typeof error.code === "string" ? { code: error.code } : {};
  return { ok: false, ...code, message: error.message };
}
