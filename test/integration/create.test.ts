import assert from "node:assert/strict";
import * as vscode from "vscode";
import type { Account, CreateExportRequest, SpaazaExportRequest, TaskExportsApi } from "../../src/model/contract.ts";
import { plainService, plainServiceAccount } from "./plainService.ts";
import { activateApi, addSandboxAccount, codeOf, removeAllAccounts, requestFor, sandbox, until } from "./support.ts";

const universe = "00000000-0000-4000-b000-000000000001";

describe("Export tasks that are created", () => {
  let api: TaskExportsApi;

  before(async () => {
    api = await activateApi();
  });

  afterEach(removeAllAccounts);

  const spaazaRequest = (account: Account): SpaazaExportRequest => ({
    accountId: account.id,
    service: "spaaza",
    index: "users",
    format: "csv",
    description: "Made through the API",
  });

  async function posts(): Promise<string[]> {
    const requests = [...(await sandbox.spaazaRequests()), ...(await sandbox.textRevealRequests())];
    return requests.filter(({ method, path }) => method === "POST" && path !== "/oauth/token").map(({ path }) => path);
  }

  it("through the API in Spaaza are in the chain of the account's tasks, and finish", async () => {
    const account = await addSandboxAccount("spaaza");
    const { accountId, taskId } = await api.createTask(spaazaRequest(account));
    assert.equal(accountId, account.id);
    const find = async () => (await api.listTasks(account.id)).tasks.find(({ id }) => id === taskId);
    assert.deepEqual(
      [(await find())?.description, (await find())?.chain, (await find())?.subject],
      ["Made through the API", "1743", "users"],
    );
    await until(async () => (await find())?.state === "done");
    assert.equal((await api.resolveDownload(account.id, taskId)).length, 1);
  });

  it("in Spaaza are in the chain of an admin session", async () => {
    const account = await api.addAccount({ ...(await requestFor("spaaza")), credentials: await sandbox.admin() });
    const { taskId } = await api.createTask({ ...spaazaRequest(account), segmentId: "501" });
    assert.match(taskId, /^\d+$/);
  });

  it("through the API in TextReveal finish with a file", async () => {
    const account = await addSandboxAccount("textreveal");
    const request: CreateExportRequest = {
      accountId: account.id,
      service: "textreveal",
      universeId: universe,
      filters: { name: ["Acme & Sons"] },
      fields: ["id", "name"],
      order: "name:asc",
    };
    const { taskId } = await api.createTask(request);
    const asked = (await sandbox.textRevealRequests()).findLast(
      ({ method, path }) => method === "POST" && path.includes(universe),
    );
    assert.deepEqual(asked?.query, { "name[]": "Acme & Sons", "fields[]": "id,name", order: "name:asc" });
    const find = async () => (await api.listTasks(account.id)).tasks.find(({ id }) => id === taskId);
    await until(async () => (await find())?.state === "done");
  });

  it("are refused with the field, and wrong requests are not sent at all", async () => {
    const account = await addSandboxAccount("spaaza");
    const request = spaazaRequest(account);
    const refusal: unknown = await api.createTask({ ...request, segmentId: "999" }).catch((error: unknown) => error);
    assert.ok(refusal instanceof Error && "details" in refusal);
    assert.match(JSON.stringify(refusal.details), /"field":"trigger\.segment_id"/);
    const before = (await posts()).length;
    for (const wrong of [
      { ...request, index: "orders" },
      { ...request, description: "" },
      { ...request, segment: { entity: "people" } },
      { ...request, service: "textreveal", universeId: universe },
      { accountId: account.id, service: "spaaza" },
    ]) {
      assert.equal(await codeOf(api.createTask(wrong as unknown as CreateExportRequest)), "invalidRequest");
    }
    assert.equal((await posts()).length, before);
  });

  it("by the command with a whole request ask nothing, and appear in the list", async () => {
    const account = await addSandboxAccount("spaaza");
    const created = await vscode.commands.executeCommand<{ accountId: string; taskId: string }>(
      "taskExports.createExport",
      { ...spaazaRequest(account), description: "Made by a program" },
    );
    const { tasks } = await api.listTasks(account.id);
    assert.equal(tasks.find(({ id }) => id === created.taskId)?.description, "Made by a program");
  });

  it("run again through the API and by the command, once for each call", async () => {
    const account = await addSandboxAccount("spaaza");
    const runs = async () => (await posts()).filter((path) => path.endsWith("/execute")).length;
    const before = await runs();
    await api.runTask(account.id, "40911");
    await vscode.commands.executeCommand("taskExports.runTask", { accountId: account.id, taskId: 40911 });
    assert.equal(await runs(), before + 2);
    assert.equal(await codeOf(api.runTask(account.id, "40404")), "taskNotFound");
    const other = await addSandboxAccount("textreveal");
    assert.equal(await codeOf(api.runTask(other.id, universe)), "invalidRequest", "TextReveal documents no such call");
  });

  it("of a service that another extension registers get its own values", async () => {
    const given: unknown[] = [];
    const registration = api.registerService({
      ...plainService,
      exportFields: [{ name: "report", label: "Report" }],
      createTask: (_access, request) => {
        given.push(request);
        return Promise.resolve({ taskId: "t-2" });
      },
      runTask: () => Promise.resolve(),
    });
    try {
      const account = await api.addAccount(plainServiceAccount);
      const request = { accountId: account.id, service: "third", values: { report: "sales" } };
      assert.deepEqual(await api.createTask(request), { accountId: account.id, taskId: "t-2" });
      assert.deepEqual(given, [request]);
      await api.runTask(account.id, "t-1");
    } finally {
      registration.dispose();
    }
  });
});
