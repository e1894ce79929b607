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
  it("doesn't change the global HTTP dispatcher of the host", async () => {
    const before = Object.getOwnPropertyDescriptor(globalThis, dispatcherKey);
    await activateApi();
    const after = Object.getOwnPropertyDescriptor(globalThis, dispatcherKey);
    assert.equal(after?.value, before?.value);
    assert.equal(after === undefined, before === undefined);
  });

  it("offers version 1 of the API", async () => {
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
    // VS Code's own, such as the one that gives a view the focus.
    const ofViews = /^taskExports\.(tasks|downloads)\./;
    const own = [...registered].filter((id) => id.startsWith("taskExports.") && !ofViews.test(id));
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

  it("rejects a command's argument of the wrong form with an error that has a code and names the field", async () => {
    const call = vscode.commands.executeCommand("taskExports.downloadTaskExport", { taskId: { nested: true } });
    await assert.rejects(Promise.resolve(call), /taskId/);
  });

  it("rejects a download when there is no account", async () => {
    const api = await activateApi();
    assert.deepEqual(await api.listAccounts(), []);
    assert.equal(await codeOf(api.download({ taskId: 12_345 })), "noAccount");
  });

  it("rejects each wrong argument of the API with invalidRequest and a message", async () => {
    // Other extensions are often plain JavaScript, so a call may pass anything.
    const api = (await activateApi()) as unknown as Record<string, (...args: unknown[]) => unknown>;
    const credentials = { kind: "privileged", tokenId: "id", tokenSecret: "secret" };
    const account = { service: "spaaza", label: "Shop", endpoint: "https://services.example.com", credentials };
    const calls: [method: string, ...args: unknown[]][] = [
      ["addAccount"],
      ["addAccount", null],
      ["addAccount", { ...account, label: 5 }],
      ["addAccount", { ...account, label: "x".repeat(201), verify: false }],
      ["addAccount", { ...account, endpoint: "nowhere" }],
      ["addAccount", { ...account, service: "missing" }],
      ["addAccount", { ...account, credentials: { kind: "none" } }],
      ["verifyAccount"],
      ["verifyAccount", "id", { signal: {} }],
      ["removeAccount", {}],
      ["listTasks", 5],
      ["listTasks", "id", { pageSize: -1 }],
      ["listTasks", "id", null],
      ["resolveDownload", "id"],
      ["resolveDownload", "id", 1.5],
      ["resolveDownload", "id", "1", "options"],
      ["download"],
      ["download", { taskId: 2 ** 53 }],
      ["download", { taskId: NaN }],
      ["download", { taskId: "1" }, { signal: "no signal" }],
      ["download", { taskId: "1" }, { onProgress: 5 }],
      ["createTask", { accountId: 5 }],
      ["createTask", { accountId: "id", index: "orders" }],
      ["createTask", { accountId: "id", segment: { entity: "companies" } }],
      ["createTask", { accountId: "id", filters: { sector: ["x"] } }],
      ["createTask", { accountId: "id", fields: ["revenue"] }],
      ["createTask", { accountId: "id", runAt: "soon" }],
      ["createTask", { accountId: "id" }, { signal: {} }],
      ["runTask", "id"],
      ["runTask", "id", 1.5],
      ["onDidDownload"],
      ["onDidDownload", "listener"],
      ["registerService"],
      ["registerService", { id: "x" }],
      ["readRows"],
      ["readRows", "relative.csv"],
      ["readRows", "https://example.com/a.csv"],
      ["readRows", "/a\0b"],
      ["readRows", "/a.csv", null],
      ["readRows", "/a.csv", { count: "all" }],
      ["findRows", "/a.csv"],
      ["profile"],
      ["profile", "relative.csv"],
      ["profile", "/a.csv", { columns: "amount" }],
      ["profile", "/a.csv", { filter: { column: "amount", is: "large" } }],
      ["saveView", "/a.csv"],
      ["saveView", "/a.csv", "relative.csv", { format: "csv" }],
      ["saveView", "/a.csv", "https://example.com/b.csv", { format: "csv" }],
      ["saveView", "/a.csv", "/b.csv"],
      ["saveView", "/a.csv", "/b.csv", { format: "xlsx" }],
      ["saveView", "/a.csv", "/b.csv", { format: "csv", sql: "FROM export", columns: ["a"] }],
      ["saveView", "/a.csv", "/b.csv", { format: "csv", sql: "FROM a", others: { export: "/c.csv" } }],
      ["saveView", "/a.csv", "/b.csv", { format: "csv", sql: "FROM a", others: { a: "/c.csv", A: "/d.csv" } }],
      ["saveView", "/a.csv", "/b.csv", { format: "csv", signal: {} }],
      ["findRows", "/a.csv", { text: "a" }, { signal: 5 }],
    ];
    for (const [method, ...args] of calls) {
      const error = await failureOf(() => api[method]?.(...args));
      const what = `${method}(${args.map((arg) => JSON.stringify(arg)).join(", ")})`;
      assert.equal((error as { code?: unknown }).code, "invalidRequest", `${what}: ${String(error)}`);
      assert.match((error as Error).message, /\.$/, what);
    }
    assert.deepEqual(await (await activateApi()).listAccounts(), []);
  });

  it("can't be changed by other extensions", async () => {
    const api = await activateApi();
    assert.throws(() => Object.assign(api, { addAccount: () => undefined }), TypeError);
  });
});

/** What a call throws or rejects with. An async iterable is asked for its first batch. */
async function failureOf(call: () => unknown): Promise<unknown> {
  try {
    const answer = await call();
    for await (const batch of answer as AsyncIterable<unknown>) return batch;
  } catch (error) {
    return error;
  }
  return undefined;
}
