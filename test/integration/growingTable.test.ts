import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import * as vscode from "vscode";
import type { Account, TaskExportsApi } from "../../src/model/contract.ts";
import { activateApi, addSandboxAccount, closeAllEditors, codeOf, removeAllAccounts, until } from "./support.ts";

describe("An export that isn't complete yet", () => {
  let api: TaskExportsApi;
  let account: Account;
  let folder = "";

  before(async () => {
    api = await activateApi();
    account = await addSandboxAccount("spaaza");
  });

  after(removeAllAccounts);

  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), "task-exports-growing-"));
  });

  afterEach(async () => {
    await closeAllEditors();
    await rm(folder, { recursive: true, force: true });
  });

  function tables(): vscode.Uri[] {
    const inputs = vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ input }): unknown => input));
    return inputs.flatMap((input) => (input instanceof vscode.TabInputCustom ? [input.uri] : []));
  }

  /** Begins to download a task of 64 MiB and pauses it when some of it is there. */
  async function paused(changes: object = {}): Promise<{ accountId: string; taskId: string }> {
    const request = { accountId: account.id, taskId: "20064" };
    let received = 0;
    const onProgress = ({ receivedBytes }: { receivedBytes: number }): void => {
      received = receivedBytes;
    };
    const ended = codeOf(api.download({ ...request, folder, ...changes }, { onProgress }));
    await until(() => received > 1_000_000);
    await vscode.commands.executeCommand("taskExports.pauseDownload", request);
    assert.equal(await ended, "cancelled");
    return request;
  }

  it("opens as a table under its final name, and becomes the finished file in the same tab", async () => {
    const request = await paused();
    await vscode.commands.executeCommand("taskExports.openExport", request);
    await until(() => tables().length === 1);
    const [shown] = tables();
    assert.ok(shown !== undefined && !existsSync(shown.fsPath));
    const result = await api.download({ ...request, folder });
    assert.equal(vscode.Uri.parse(result.files[0]?.uri ?? "").toString(), shown.toString());
    await vscode.commands.executeCommand("taskExports.openExport", { uri: shown });
    assert.deepEqual(
      tables().map((uri) => uri.toString()),
      [shown.toString()],
    );
  });

  it("can't be queried yet, and says so instead of calling the file missing", async () => {
    const request = await paused();
    await vscode.commands.executeCommand("taskExports.openExport", request);
    await until(() => tables().length === 1);
    const [uri] = tables();
    assert.ok(uri !== undefined && !existsSync(uri.fsPath));
    const sql = "SELECT 1 FROM export";
    const said = async (work: PromiseLike<unknown>): Promise<void> => {
      await assert.rejects(Promise.resolve(work), /still being downloaded/);
    };
    await said(vscode.commands.executeCommand("taskExports.queryExport", { uri, sql }));
    await said(api.query(uri.toString(), sql));
    await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
    await api.download({ ...request, folder });
    assert.equal((await api.query(uri.toString(), "SELECT count(*) > 0 FROM export")).rows[0]?.[0], true);
  });

  it("continues in a tab with the new name if another file has its name", async () => {
    await api.download({ accountId: account.id, taskId: "20064", folder });
    const request = await paused({ fileExists: "keepBoth" });
    await vscode.commands.executeCommand("taskExports.openExport", request);
    await until(() => tables().length === 1);
    assert.match(tables()[0]?.path ?? "", /\.part$/);
    const result = await api.download({ ...request, folder, fileExists: "keepBoth" });
    const whole = vscode.Uri.parse(result.files[0]?.uri ?? "").toString();
    await until(() => tables().length === 1 && tables()[0]?.toString() === whole);
  });
});
