import assert from "node:assert/strict";
import type { Account, ExportService, ExportTask, TaskExportsApi } from "../../src/model/contract.ts";
import { plainService, plainServiceAccount } from "./plainService.ts";
import { activateApi, addSandboxAccount, codeOf, removeAllAccounts, sandbox } from "./support.ts";
import { defined } from "../../src/model/defined.ts";

describe("Tasks", () => {
  let api: TaskExportsApi;

  before(async () => {
    api = await activateApi();
  });

  afterEach(removeAllAccounts);

  async function allTasks(account: Account, pageSize: number): Promise<ExportTask[]> {
    const tasks: ExportTask[] = [];
    let cursor: string | undefined;
    do {
      const page = await api.listTasks(account.id, { pageSize, ...defined({ cursor }) });
      assert.ok(page.tasks.length <= pageSize, "a page is no longer than asked for");
      tasks.push(...page.tasks);
      cursor = page.next;
    } while (cursor !== undefined);
    return tasks;
  }

  for (const service of ["spaaza", "textreveal"] as const) {
    it(`of ${service} are listed page by page, each once, with their account`, async () => {
      const account = await addSandboxAccount(service);
      const tasks = await allTasks(account, 40);
      assert.ok(tasks.length > 100, `${tasks.length} tasks`);
      assert.equal(new Set(tasks.map(({ id }) => id)).size, tasks.length);
      assert.ok(tasks.every(({ accountId }) => accountId === account.id));
      assert.deepEqual(new Set(tasks.map(({ state }) => state)).has("done"), true);
    });
  }

  it("of Spaaza include only export tasks, and say what they export", async () => {
    const account = await addSandboxAccount("spaaza");
    const tasks = await allTasks(account, 100);
    const main = tasks.find(({ id }) => id === "12345");
    assert.equal(main?.subject, "transactions");
    assert.equal(main.format, "csv");
    assert.equal(main.state, "done");
    assert.equal(main.serviceState, "DONE");
    const lists = (await sandbox.spaazaRequests()).filter(({ path }) => path === "/tasks");
    assert.ok(lists.length > 0);
    assert.ok(lists.every(({ query }) => JSON.stringify(query).includes("export")));
  });

  it("can still be listed after the service revoked the granted token", async () => {
    const account = await addSandboxAccount("textreveal");
    await api.listTasks(account.id);
    await sandbox.revokeTokens();
    assert.ok((await api.listTasks(account.id)).tasks.length > 0);
  });

  it("have different errors for an ID of unknown form and for a service without an account", async () => {
    await addSandboxAccount("spaaza");
    assert.equal(await codeOf(api.download({ taskId: "abc" })), "invalidRequest");
    assert.equal(await codeOf(api.download({ taskId: "00000000-0000-4000-8000-000000000001" })), "noAccount");
  });

  it("are no longer requested when the caller's signal is aborted", async () => {
    const account = await addSandboxAccount("spaaza");
    assert.equal(await codeOf(api.listTasks(account.id, { signal: AbortSignal.abort() })), "cancelled");
  });

  it("of a service that another extension registers are listed and downloaded through that service", async () => {
    const registration = api.registerService(thirdService);
    try {
      const account = await api.addAccount(plainServiceAccount);
      assert.deepEqual(
        (await api.listTasks(account.id)).tasks.map(({ id }) => id),
        ["t-1"],
      );
      assert.equal((await api.resolveDownload(account.id, "t-1"))[0]?.name, "third.csv");
    } finally {
      registration.dispose();
    }
  });
});

const thirdService: ExportService = {
  ...plainService,
  listTasks: ({ account }) => Promise.resolve({ tasks: [taskOf(account.id)] }),
  getTask: ({ account }) => Promise.resolve(taskOf(account.id)),
  resolveDownload: () =>
    Promise.resolve([{ index: 0, name: "third.csv", url: "https://files.third.example/third.csv" }]),
};

function taskOf(accountId: string): ExportTask {
  return { id: "t-1", accountId, description: "A task", state: "done", serviceState: "ready" };
}
