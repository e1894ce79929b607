import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import * as vscode from "vscode";
import { activateApi, addSandboxAccount, removeAllAccounts, sha256OfUri, until } from "./support.ts";

describe("In Restricted Mode", () => {
  after(removeAllAccounts);

  it("the extension runs although the workspace is not trusted", async () => {
    assert.equal(vscode.workspace.isTrusted, false);
    assert.equal((await activateApi()).apiVersion, 1);
  });

  it("the workspace's settings can't change where exports are saved", async () => {
    const api = await activateApi();
    await addSandboxAccount("spaaza");
    const trap = await mkdtemp(path.join(os.tmpdir(), "task-exports-trap-"));
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    assert.ok(folder);
    const settings = path.join(folder.uri.fsPath, ".vscode");
    await mkdir(settings, { recursive: true });
    await writeFile(
      path.join(settings, "settings.json"),
      JSON.stringify({ "taskExports.downloadFolder": trap, "taskExports.pageSize": 7 }),
    );
    // Settings that are not restricted do come through, which shows that the file was read.
    await until(() => vscode.workspace.getConfiguration("taskExports").get("pageSize") === 7);
    const result = await api.download({ taskId: 12_346 });
    const [file] = result.files;
    assert.ok(file);
    assert.ok(!fileURLToPath(file.uri).startsWith(trap));
    assert.equal(await sha256OfUri(file.uri), file.sha256);
    await rm(trap, { recursive: true });
  });
});
