import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { type Sandbox, startSandbox } from "../../../../sandbox/sandbox.ts";
import type { HttpClient } from "../../../../src/http/httpClient.ts";
import type { AccountAccess, Credentials, ExportService, Waiting } from "../../../../src/model/contract.ts";
import type { ErrorCode } from "../../../../src/model/exportError.ts";
import { createSpaazaService } from "../../../../src/services/spaaza/spaazaService.ts";
import { startAnsweringServer } from "../../http/answeringServer.ts";
import { createFakeClock } from "../../http/fakeClock.ts";
import { accessTo, call, failure, plantedIn, quickHttp } from "../serviceFixture.ts";
import { defined } from "../../../../src/model/defined.ts";

const credentials: Credentials = { kind: "privileged", tokenId: "id-planted", tokenSecret: "secret-planted" };

describe("the Spaaza service against the sandbox", () => {
  let sandbox: Sandbox;
  let http: HttpClient;
  let service: ExportService;
  let access: AccountAccess;

  before(async () => {
    sandbox = await startSandbox();
    http = quickHttp();
    service = createSpaazaService(http, { retryBudgetMs: () => 2500 });
    access = accessTo("spaaza", sandbox.spaaza.endpoint, sandbox.spaaza.privileged);
  });
  after(async () => {
    await http.close();
    await sandbox.close();
  });

  it("accepts a privileged token and an admin session", async () => {
    await service.verify(access, call);
    await service.verify(accessTo("spaaza", sandbox.spaaza.endpoint, sandbox.spaaza.admin), call);
  });

  it("reports that wrong credentials are refused", async () => {
    const { privileged, admin, endpoint } = sandbox.spaaza;
    for (const wrong of [
      { ...privileged, tokenSecret: "wrong-secret" },
      { ...admin, sessionKey: "wrong-session-key" },
      { ...admin, chainId: "999999" },
    ]) {
      const error = await failure(service.verify(accessTo("spaaza", endpoint, wrong), call), plantedIn(wrong));
      assert.equal(error.code, "unauthorized");
    }
  });

  it("lists export tasks page by page without losing or repeating one", async () => {
    const ids: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await service.listTasks(access, { pageSize: 20, ...defined({ cursor }) }, call);
      ids.push(...page.tasks.map(({ id }) => id));
      cursor = page.next;
    } while (cursor !== undefined);
    assert.equal(new Set(ids).size, ids.length);
    assert.ok(ids.length > 20);
    assert.ok(ids.includes("12345"));
    const asked = sandbox.spaaza.requests.filter(({ path, query }) => path === "/tasks" && query["limit"] === "20");
    assert.ok(asked.every(({ query }) => query["action"] === "export"));
    assert.equal(Number(asked.at(-1)?.query["offset"]), (asked.length - 1) * 20);
  });

  it("returns one task in its current state", async () => {
    const task = await service.getTask(access, "12345", call);
    assert.deepEqual(
      { id: task.id, accountId: task.accountId, state: task.state, serviceState: task.serviceState },
      { id: "12345", accountId: "account-1", state: "done", serviceState: "DONE" },
    );
    assert.deepEqual([task.subject, task.format], ["transactions", "csv"]);
    assert.ok(Date.parse(task.createdAt ?? "") <= Date.parse(task.completedAt ?? ""));
  });

  it("returns the signed URL of a finished task", async () => {
    const [file, ...others] = await service.resolveDownload(access, "12345", call);
    assert.equal(others.length, 0);
    assert.match(file?.name ?? "", /_Export-12345\.csv$/);
    assert.equal(new URL(file?.url ?? "").origin, sandbox.store.origin);
    const lifetime = Date.parse(file?.expiresAt ?? "") - Date.now();
    assert.ok(lifetime > 3_500_000 && lifetime < 3_700_000, `${lifetime} ms`);
  });

  const families: [firstId: number, code: ErrorCode][] = [
    [40000, "notAnExportTask"],
    [40100, "unauthorized"],
    [40300, "forbidden"],
    [40400, "taskNotFound"],
    [40900, "taskNotDone"],
    [42200, "noResultFile"],
  ];
  for (const [firstId, code] of families) {
    it(`recognizes ${code} in each form that the sandbox sends`, async () => {
      for (let shape = 0; shape < 6; shape++) {
        const id = String(firstId + shape);
        const error = await failure(service.resolveDownload(access, id, call), plantedIn(access.credentials));
        // Under status 200 a missing permission cannot be told from a missing authentication.
        assert.equal(error.code, code === "forbidden" && error.details.status === 200 ? "unauthorized" : code, id);
      }
    });
  }

  const others: [id: string, code: ErrorCode][] = [
    ["40106", "unauthorized"],
    ["40911", "taskNotDone"],
    ["40912", "noResultFile"],
    ["42903", "tooManyRequests"],
    ["50200", "unexpectedResponse"],
    ["50210", "unexpectedResponse"],
    ["50211", "unexpectedResponse"],
    ["50220", "unexpectedResponse"],
    ["50221", "unexpectedResponse"],
    ["50222", "unexpectedResponse"],
    ["50223", "unexpectedResponse"],
    ["50224", "unexpectedResponse"],
    ["999999999", "taskNotFound"],
  ];
  for (const [id, code] of others) {
    it(`fails with ${code} for the reserved task ${id}`, async () => {
      assert.equal(
        (await failure(service.resolveDownload(access, id, call), plantedIn(access.credentials))).code,
        code,
      );
    });
  }

  it("waits if the service asks for it, reports the wait, and continues", async () => {
    const waits: Waiting[] = [];
    const patient = { ...call, onWaiting: (waiting: Waiting) => waits.push(waiting) };
    const [file] = await service.resolveDownload(access, "42900", patient);
    assert.match(file?.name ?? "", /42900/);
    assert.deepEqual(
      waits.map(({ retryInMs }) => retryInMs),
      [1000],
    );
    assert.match(waits[0]?.reason ?? "", /^Too many requests to /);
  });

  it("ends a wait when it is canceled", async () => {
    const controller = new AbortController();
    const signal = controller.signal;
    const waiting = service.resolveDownload(access, "50000", {
      signal,
      onWaiting: () => controller.abort(),
    });
    assert.equal((await failure(waiting, [])).code, "cancelled");
  });
});

describe("the Spaaza service", () => {
  it("reads tasks of every state, and passes on unknown values", async () => {
    const state = {
      created_date: "2026-01-01T10:00:00Z",
      last_run_date: "2026-01-02T10:00:00Z",
      last_modified: "2026-01-02T11:00:00Z",
    };
    const target = { action: "export", export_index: "users", export_format: "json", more: [1] };
    await using server = await startAnsweringServer(() => ({
      body: [
        { id: 1, desc: "First", chain: 1743, state: { ...state, code: "READY" }, target, logs: [], surprise: {} },
        { id: 2, state: { ...state, code: "INPROGRESS" }, target: { ...target, export_format: "xlsx" } },
        { id: 3, state: { ...state, code: "DONE" }, target },
        { id: "4", state: { code: "ERROR", created_date: "soon" }, target: { action: "export" } },
        { id: 5, state: { code: "PAUSED" }, target: "none" },
        { id: 6, state: "DONE", desc: 7 },
        { id: 7, target: { action: "import" } },
        { noId: true },
        null,
      ],
    }));
    const http = quickHttp();
    const service = createSpaazaService(http, { retryBudgetMs: () => 0 });
    const page = await service.listTasks(accessTo("spaaza", server.origin, credentials), { pageSize: 9 }, call);
    await http.close();
    const createdAt = "2026-01-01T10:00:00Z";
    const none = { accountId: "account-1", description: "" };
    assert.deepEqual(page.tasks, [
      {
        id: "1",
        accountId: "account-1",
        description: "First",
        state: "waiting",
        serviceState: "READY",
        subject: "users",
        format: "json",
        createdAt,
        chain: "1743",
      },
      { ...none, id: "2", state: "running", serviceState: "INPROGRESS", subject: "users", createdAt },
      {
        ...none,
        id: "3",
        state: "done",
        serviceState: "DONE",
        subject: "users",
        format: "json",
        createdAt,
        completedAt: "2026-01-02T11:00:00Z",
      },
      { ...none, id: "4", state: "failed", serviceState: "ERROR" },
      { ...none, id: "5", state: "unknown", serviceState: "PAUSED" },
      { ...none, id: "6", state: "unknown", serviceState: "" },
    ]);
    assert.equal(page.next, "9");
  });

  it("continues to the end of the list even if a page is shorter than requested", async () => {
    const ids = [1, 2, 3, 4, 5];
    await using server = await startAnsweringServer(({ path }) => {
      const query = new URL(path, "http://service").searchParams;
      const offset = Number(query.get("offset"));
      return { body: ids.slice(offset, offset + Math.min(2, Number(query.get("limit")))).map((id) => ({ id })) };
    });
    const http = quickHttp();
    const service = createSpaazaService(http, { retryBudgetMs: () => 0 });
    const access = accessTo("spaaza", server.origin, credentials);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await service.listTasks(access, { pageSize: 50, ...defined({ cursor }) }, call);
      seen.push(...page.tasks.map(({ id }) => id));
      cursor = page.next;
    } while (cursor !== undefined);
    await http.close();
    assert.deepEqual(seen, ["1", "2", "3", "4", "5"]);
  });

  it("offers no further page at the end of the list, and refuses the cursor of another service", async () => {
    await using server = await startAnsweringServer(({ path }) => ({
      body: path.endsWith("offset=1") ? [] : [{ id: 1 }],
    }));
    const http = quickHttp();
    const service = createSpaazaService(http, { retryBudgetMs: () => 0 });
    const access = accessTo("spaaza", `${server.origin}/base/`, credentials);
    assert.equal((await service.listTasks(access, { pageSize: 2 }, call)).next, undefined);
    assert.equal((await service.listTasks(access, { pageSize: 1, cursor: "30" }, call)).next, "31");
    assert.equal(server.requests.at(-1)?.path, "/base/tasks?action=export&limit=1&offset=30");
    const error = await failure(service.listTasks(access, { pageSize: 1, cursor: "../x" }, call), []);
    await http.close();
    assert.equal(error.code, "invalidRequest");
  });

  it("sends each kind of credentials as documented, and never to the target of a redirect", async () => {
    await using elsewhere = await startAnsweringServer(() => ({ body: [] }));
    await using server = await startAnsweringServer(() => ({
      status: 307,
      headers: { location: `${elsewhere.origin}/tasks` },
    }));
    const http = quickHttp();
    const service = createSpaazaService(http, { retryBudgetMs: () => 0 });
    const admin: Credentials = { kind: "admin", userId: "42", sessionKey: "key-planted", chainId: "1743" };
    for (const each of [credentials, admin]) {
      const error = await failure(service.verify(accessTo("spaaza", server.origin, each), call), plantedIn(each));
      assert.equal(error.code, "unexpectedResponse");
    }
    await http.close();
    assert.equal(elsewhere.requests.length, 0);
    assert.equal(server.requests[0]?.headers.authorization, "Bearer id-planted:secret-planted");
    const sent = server.requests[1]?.headers;
    assert.deepEqual(
      [sent?.["x-spaaza-session-user-id"], sent?.["x-spaaza-session-key"], sent?.["x-spaaza-session-chain-id"]],
      ["42", "key-planted", "1743"],
    );
    assert.equal(sent?.authorization, undefined);
  });

  it("sends nothing to an unencrypted address, or if credentials can't be in a header", async () => {
    const http = quickHttp();
    const service = createSpaazaService(http, { retryBudgetMs: () => 0 });
    const open = accessTo("spaaza", "http://services.example.test", credentials);
    const broken = accessTo("spaaza", "https://127.0.0.1:1", { ...credentials, tokenSecret: "a\r\nb-planted" });
    const foreign = accessTo("spaaza", "https://127.0.0.1:1", { kind: "accessToken", token: "token-planted" });
    for (const access of [open, broken, foreign]) {
      const error = await failure(service.verify(access, call), plantedIn(access.credentials));
      assert.equal(error.code, "invalidRequest");
    }
    await http.close();
  });

  it("refuses an ID that is not a Spaaza ID", async () => {
    const service = createSpaazaService(quickHttp(), { retryBudgetMs: () => 0 });
    const access = accessTo("spaaza", "https://127.0.0.1:1", credentials);
    for (const id of ["", "abc", "1/../2", "-1", "1".repeat(19)]) {
      assert.equal((await failure(service.resolveDownload(access, id, call), [])).code, "invalidRequest");
    }
  });

  it("computes the expiry of a URL from the date of the response if the URL doesn't contain it", async () => {
    const date = "Sat, 31 Jan 2026 12:00:00 GMT";
    await using server = await startAnsweringServer(() => ({
      headers: { date },
      body: { url: "https://127.0.0.1:1/x/Voucher_Export-7.json?token=1" },
    }));
    const http = quickHttp();
    const service = createSpaazaService(http, { retryBudgetMs: () => 0, clock: createFakeClock(0) });
    const files = await service.resolveDownload(accessTo("spaaza", server.origin, credentials), "7", call);
    await http.close();
    assert.deepEqual(files, [
      {
        index: 0,
        name: "Voucher_Export-7.json",
        url: "https://127.0.0.1:1/x/Voucher_Export-7.json?token=1",
        expiresAt: "2026-01-31T13:00:00.000Z",
      },
    ]);
  });
});

describe("a Spaaza task's ID", () => {
  const service = createSpaazaService(quickHttp(), { retryBudgetMs: () => 0 });
  const found: [text: string, id: string][] = [
    ["12345", "12345"],
    [" 12345\n", "12345"],
    ["1".repeat(18), "1".repeat(18)],
    ["https://services-prod.spaaza.com/tasks/12345", "12345"],
    ["https://services-prod.spaaza.com/tasks/12345/download_url?x=1", "12345"],
    ["https://services-prod.spaaza.com/tasks/12345?log_limit=1", "12345"],
    ["https://store.example.test/a/Wallet_Export-12345.csv?X-Amz-Signature=9", "12345"],
    ["https://store.example.test/a%2FProduct-Variants_Export-12347.json", "12347"],
    ["Voucher_Export-12347.json", "12347"],
  ];
  for (const [text, id] of found) {
    it(`is found in ${JSON.stringify(text)}`, () => assert.equal(service.findTaskId(text), id));
  }

  const notFound = [
    "",
    "abc",
    "12a",
    "1.5",
    "1".repeat(19),
    "f47ac10b-58cc-4372-a567-0e02b2c3d479",
    "https://services-prod.spaaza.com/tasks",
    "https://api.textreveal.com/v3/tasks/12345678-58cc-4372-a567-0e02b2c3d479/download",
  ];
  for (const text of notFound) {
    it(`is not found in ${JSON.stringify(text)}`, () => assert.equal(service.findTaskId(text), undefined));
  }
});
