import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { type Sandbox, startSandbox } from "../../../../sandbox/sandbox.ts";
import type { HttpClient } from "../../../../src/http/httpClient.ts";
import type { Account, Credentials, ExportTask } from "../../../../src/model/contract.ts";
import { adoptService } from "../../../../src/services/foreignService.ts";
import { ServiceRegistry } from "../../../../src/services/serviceRegistry.ts";
import { createSpaazaService } from "../../../../src/services/spaaza/spaazaService.ts";
import { createTextRevealService } from "../../../../src/services/textReveal/textRevealService.ts";
import { Accounts } from "../../../../src/vscode/accounts/accounts.ts";
import type { AccountStore } from "../../../../src/vscode/accounts/accountStore.ts";
import { TaskCreation } from "../../../../src/vscode/tasks/taskCreation.ts";
import { given } from "../../services/foreignFixture.ts";
import { call, failure, quickHttp } from "../../services/serviceFixture.ts";

const request = { index: "users", format: "csv", description: "All users" } as const;
const universe = "00000000-0000-4000-b000-000000000001";

describe("Creating tasks for an account", () => {
  let sandbox: Sandbox;
  let http: HttpClient;

  before(async () => {
    sandbox = await startSandbox();
    http = quickHttp();
  });
  after(async () => {
    await http.close();
    await sandbox.close();
  });

  /** For one account, and the tasks of it that are loaded. */
  function creationFor(
    service: string,
    credentials: Credentials,
    loaded: Partial<ExportTask>[] = [],
    foreign = given(),
  ) {
    const options = { retryBudgetMs: () => 2000 };
    const spaaza = createSpaazaService(http, options);
    const textReveal = createTextRevealService(http, options);
    const services = new ServiceRegistry();
    for (const each of [spaaza, textReveal]) services.register(each, "builtIn");
    services.register(adoptService(foreign));
    const endpoint = service === "textreveal" ? sandbox.textReveal.endpoint : sandbox.spaaza.endpoint;
    const account: Account = { id: "a1", service, label: "Shop", endpoint };
    const store = {
      list: () => [account],
      get: () => account,
      access: () => Promise.resolve({ account, credentials }),
    } as unknown as AccountStore;
    const known = loaded.map((task) => ({ id: "1", accountId: "a1", description: "", state: "done", ...task }));
    const state = { tasks: known as ExportTask[], hasMore: false, loading: false };
    const tasks = {
      known: () => state,
      find: (_account: string, id: string) => state.tasks.find((task) => task.id === id),
    };
    const creation = new TaskCreation({ accounts: new Accounts(store, services), tasks, spaaza, textReveal });
    return { creation, account };
  }

  it("takes the chain from the admin session, from loaded tasks, or from the list", async () => {
    const { admin, privileged, requests } = sandbox.spaaza;
    assert.equal(await creationFor("spaaza", { ...admin, chainId: "5" }).creation.chainOf("a1", call), "5");
    const before = requests.length;
    const loaded = creationFor("spaaza", privileged, [{}, { chain: "none" }, { chain: "6" }]).creation;
    assert.equal(await loaded.chainOf("a1", call), "6");
    assert.equal(requests.length, before, "loaded tasks are not requested again");
    assert.equal(await creationFor("spaaza", privileged).creation.chainOf("a1", call), "1743");
  });

  it("creates a task in that chain", async () => {
    const { creation } = creationFor("spaaza", sandbox.spaaza.privileged);
    const { accountId, taskId } = await creation.create({ ...request, accountId: "a1" }, call);
    assert.equal(accountId, "a1");
    assert.match(taskId, /^9\d{4}$/);
    const wrong = creation.create({ ...request, accountId: "a1", chainId: "9" }, call);
    assert.equal((await failure(wrong, [])).details.errors?.[0]?.field, "chain");
  });

  it("offers only what the account's service can do", async () => {
    const plain = creationFor("third", { kind: "custom", values: {} });
    assert.deepEqual([plain.creation.canCreate(plain.account), plain.creation.canRun(plain.account)], [false, false]);
    assert.equal((await failure(plain.creation.create({ accountId: "a1" }, call), [])).code, "invalidRequest");
    assert.equal(
      (await failure(plain.creation.run({ accountId: "a1", taskId: "1" }, call), [])).code,
      "invalidRequest",
    );
    const able = given({ createTask: () => Promise.resolve({ taskId: "T2" }), runTask: () => Promise.resolve() });
    const more = creationFor("third", { kind: "custom", values: {} }, [], able);
    assert.deepEqual([more.creation.canCreate(more.account), more.creation.canRun(more.account)], [true, true]);
    assert.equal((await more.creation.create({ accountId: "a1", values: {} }, call)).taskId, "T2");
    assert.equal(more.creation.preview(more.account, {}), undefined);
    assert.equal(more.creation.canCreate({ service: "gone" }), false, "its extension is not active");
    const reveal = creationFor("textreveal", sandbox.textReveal.accessToken);
    assert.deepEqual(
      [reveal.creation.canCreate(reveal.account), reveal.creation.canRun(reveal.account)],
      [true, false],
    );
  });

  it("begins a similar export with what a task says", async () => {
    const { creation } = creationFor("spaaza", sandbox.spaaza.privileged);
    const draft = await creation.draftOf({ accountId: "a1", taskId: "12345" }, call);
    assert.deepEqual([draft.index, draft.format, draft.chainId], ["transactions", "csv", "1743"]);
    const described = [{ id: "t", description: `Export of universe ${universe}` }, { id: "u" }];
    const reveal = creationFor("textreveal", sandbox.textReveal.accessToken, described).creation;
    assert.deepEqual(await reveal.draftOf({ accountId: "a1", taskId: "t" }, call), { universeId: universe });
    assert.deepEqual(await reveal.draftOf({ accountId: "a1", taskId: "u" }, call), {});
  });
});
