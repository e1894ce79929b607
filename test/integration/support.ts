import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import process from "node:process";
import { fileURLToPath } from "node:url";
import * as vscode from "vscode";
import { controlVariable } from "../../sandbox/control.ts";
import type { ExpectedFile, RecordedRequest } from "../../sandbox/sandbox.ts";
import type { Account, AddAccountRequest, Credentials, TaskExportsApi } from "../../src/model/contract.ts";

export const extensionId = "task-exports.task-exports";

/** The extension's API, as another extension gets it. */
export async function activateApi(): Promise<TaskExportsApi> {
  const extension = vscode.extensions.getExtension<TaskExportsApi>(extensionId);
  assert.ok(extension, "the extension is installed");
  return extension.activate();
}

async function ask<Answer>(question: string): Promise<Answer> {
  const control = process.env[controlVariable];
  assert.ok(control, `${controlVariable} is set`);
  const response = await fetch(new URL(question, control));
  assert.equal(response.status, 200, `the sandbox's control answers ${question}`);
  return (await response.json()) as Answer;
}

/** The sandbox, which runs in another process. */
export const sandbox = {
  session: () => ask<{ accounts: AddAccountRequest[] }>("session"),
  admin: () => ask<Credentials>("admin"),
  accessToken: () => ask<Credentials>("accessToken"),
  expectedFiles: (taskId: string) => ask<ExpectedFile[]>(`expectedFiles/${taskId}`),
  storeLog: () => ask<string>("storeLog"),
  spaazaRequests: () => ask<RecordedRequest[]>("spaazaRequests"),
  textRevealRequests: () => ask<RecordedRequest[]>("textRevealRequests"),
  revokeTokens: () => ask<null>("revokeTokens"),
};

/** How the sandbox's account of a service is added. */
export async function requestFor(service: "spaaza" | "textreveal"): Promise<AddAccountRequest> {
  const { accounts } = await sandbox.session();
  const request = accounts.find((account) => account.service === service);
  assert.ok(request, `the sandbox has an account of ${service}`);
  return request;
}

export async function addSandboxAccount(service: "spaaza" | "textreveal"): Promise<Account> {
  const api = await activateApi();
  return api.addAccount(await requestFor(service));
}

export async function removeAllAccounts(): Promise<void> {
  const api = await activateApi();
  for (const { id } of await api.listAccounts()) await api.removeAccount(id);
}

export async function closeAllEditors(): Promise<void> {
  await vscode.commands.executeCommand("workbench.action.closeAllEditors");
}

export function textrevealTask(lastDigits: string): string {
  return `00000000-0000-4000-8000-${lastDigits.padStart(12, "0")}`;
}

/** The code of the error that a call rejects with; fails when it does not reject. */
export async function codeOf(work: Promise<unknown>): Promise<unknown> {
  const error: unknown = await work.then(
    () => assert.fail("the call should have been rejected"),
    (reason: unknown) => reason,
  );
  assert.ok(error instanceof Error, "what a call rejects with is an Error");
  return "code" in error ? error.code : undefined;
}

export async function sha256OfUri(uri: string): Promise<string> {
  return createHash("sha256")
    .update(await readFile(fileURLToPath(uri)))
    .digest("hex");
}

/** Every file below a folder, as paths relative to it; a folder that is not there holds none. */
export async function filesBelow(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  } catch {
    return [];
  }
}

/** Waits until something holds; the time limit is the test's own. */
export async function until(what: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await what())) await new Promise((resolve) => setTimeout(resolve, 25));
}
