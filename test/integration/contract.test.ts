import assert from "node:assert/strict";
import * as vscode from "vscode";
import { activateApi, codeOf, extensionId } from "./support.ts";

const dispatcherKey = Symbol.for("undici.globalDispatcher.1");

interface Manifest {
  contributes: {
    commands: { command: string; title: string; category: string }[];
    configuration: { properties: Record<string, unknown> };
  };
}

function manifest(): Manifest {
  const extension = vscode.extensions.getExtension(extensionId);
  assert.ok(extension);
  return extension.packageJSON as Manifest;
}

describe("The contract, in the extension host", () => {
  it("leaves the host's own HTTP dispatcher as it found it", async () => {
    const before = Object.getOwnPropertyDescriptor(globalThis, dispatcherKey);
    await activateApi();
    const after = Object.getOwnPropertyDescriptor(globalThis, dispatcherKey);
    assert.equal(after?.value, before?.value);
    assert.equal(after === undefined, before === undefined);
  });

  it("answers version 1 of the API", async () => {
    assert.equal((await activateApi()).apiVersion, 1);
  });

  it("registers each contributed command", async () => {
    await activateApi();
    const registered = new Set(await vscode.commands.getCommands(true));
    const contributed = manifest().contributes.commands.map(({ command }) => command);
    assert.deepEqual(
      contributed.filter((id) => !registered.has(id)),
      [],
    );
    const own = [...registered].filter((id) => id.startsWith("taskExports.") && !id.startsWith("taskExports.tasks."));
    assert.deepEqual(
      own.filter((id) => !contributed.includes(id)),
      [],
    );
  });

  it("calls the main command Download Task Export", () => {
    const main = manifest().contributes.commands.find(({ command }) => command === "taskExports.downloadTaskExport");
    assert.equal(main?.title, "Download Task Export");
    assert.equal(main.category, "Task Exports");
  });

  it("rejects a command's object of the wrong shape with a coded error that names the field", async () => {
    const call = vscode.commands.executeCommand("taskExports.downloadTaskExport", { taskId: { nested: true } });
    await assert.rejects(Promise.resolve(call), /taskId/);
  });

  it("rejects a download when there is no account", async () => {
    const api = await activateApi();
    assert.deepEqual(await api.listAccounts(), []);
    assert.equal(await codeOf(api.download({ taskId: 12_345 })), "noAccount");
  });
});
