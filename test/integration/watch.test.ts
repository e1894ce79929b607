import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as vscode from "vscode";
import type { Account, TaskExportsApi } from "../../src/model/contract.ts";
import { activateApi, addSandboxAccount, codeOf, filesBelow, removeAllAccounts, until } from "./support.ts";

/** Moves from READY to DONE, beginning with the first question for it. */
const timed = "40910";
const runsForEver = "40900";

describe("Watching tasks", () => {
  let api: TaskExportsApi;
  let account: Account;
  let folder: string;

  before(async () => {
    api = await activateApi();
  });

  beforeEach(async () => {
    account = await addSandboxAccount("spaaza");
    folder = await mkdtemp(join(tmpdir(), "task-exports-watched-"));
  });

  afterEach(async () => {
    await removeAllAccounts();
    await rm(folder, { recursive: true, force: true });
    await vscode.commands.executeCommand("notifications.clearAll");
  });

  it("downloads a task when it is done, and opens nothing", async () => {
    await api.watchTask(account.id, timed, { folder });
    assert.deepEqual(await filesBelow(folder), [], "it takes seconds until it is done");
    await until(async () => (await filesBelow(folder)).includes(`Transaction_Export-${timed}.csv`));
    const tabs = vscode.window.tabGroups.all.flatMap(({ tabs: all }) => all.map(({ label }) => label));
    assert.deepEqual(
      tabs.filter((label) => label.includes(timed)),
      [],
    );
  });

  it("downloads a task that is done already at once, and keeps an existing file", async () => {
    await api.download({ accountId: account.id, taskId: "12346", folder });
    await api.watchTask(account.id, "12346", { folder });
    await until(async () => (await filesBelow(folder)).length === 2);
  });

  it("rejects an unknown task and an unknown account, and arguments of the wrong form", async () => {
    assert.equal(await codeOf(api.watchTask(account.id, "40400")), "taskNotFound");
    assert.equal(await codeOf(api.watchTask("nobody", "12345")), "noAccount");
    assert.equal(await codeOf(api.watchTask(account.id, "abc")), "invalidRequest");
    const untyped = api as unknown as Record<"watchTask" | "unwatchTask", (...args: unknown[]) => Promise<void>>;
    assert.equal(await codeOf(untyped.watchTask(account.id, {})), "invalidRequest");
    assert.equal(await codeOf(untyped.watchTask(account.id, "12345", { files: "all" })), "invalidRequest");
    assert.equal(await codeOf(untyped.unwatchTask(7, "12345")), "invalidRequest");
  });

  it("ends with unwatchTask, and with the command", async () => {
    await api.watchTask(account.id, runsForEver, { folder });
    await api.unwatchTask(account.id, runsForEver);
    await api.unwatchTask(account.id, runsForEver);
    const watched = { accountId: account.id, taskId: runsForEver };
    await vscode.commands.executeCommand("taskExports.watchTask", { ...watched, folder });
    await vscode.commands.executeCommand("taskExports.unwatchTask", watched);
    const again = vscode.commands.executeCommand("taskExports.unwatchTask", watched);
    assert.equal(await codeOf(Promise.resolve(again)), "invalidRequest");
    await vscode.commands.executeCommand("taskExports.watchKind", { accountId: account.id, taskId: "12345" });
    await vscode.commands.executeCommand("taskExports.unwatchTask", { accountId: account.id });
  });
});
