import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { type Sandbox, startSandbox } from "../../../../sandbox/sandbox.ts";
import type { HttpClient } from "../../../../src/http/httpClient.ts";
import type { AccountAccess, Credentials, ExportService, Waiting } from "../../../../src/model/contract.ts";
import type { ErrorCode } from "../../../../src/model/exportError.ts";
import { createTextRevealService } from "../../../../src/services/textReveal/textRevealService.ts";
import { type PlannedAnswer, type SeenRequest, startAnsweringServer } from "../../http/answeringServer.ts";
import { createFakeClock } from "../../http/fakeClock.ts";
import { accessTo, call, failure, plantedIn, quickHttp } from "../serviceFixture.ts";
import { defined } from "../../../../src/model/defined.ts";

const token: Credentials = { kind: "accessToken", token: "token-planted" };
const uuid = "f47ac10b-58cc-4372-a567-0e02b2c3d479";
const reserved = (lastPart: number) => `00000000-0000-4000-8000-${String(lastPart).padStart(12, "0")}`;

describe("the TextReveal service against the sandbox", () => {
  let sandbox: Sandbox;
  let http: HttpClient;
  let service: ExportService;
  let access: AccountAccess;

  before(async () => {
    sandbox = await startSandbox();
    http = quickHttp();
    service = createTextRevealService(http, { retryBudgetMs: () => 2500 });
    const { endpoint, apiKey, loginEndpoint } = sandbox.textReveal;
    access = accessTo("textreveal", endpoint, apiKey, loginEndpoint);
  });
  after(async () => {
    await http.close();
    await sandbox.close();
  });

  it("accepts an API key with its secret and an access token", async () => {
    await service.verify(access, call);
    await service.verify(accessTo("textreveal", sandbox.textReveal.endpoint, sandbox.textReveal.accessToken), call);
  });

  it("reports that wrong credentials are refused", async () => {
    const { endpoint, loginEndpoint, apiKey } = sandbox.textReveal;
    const wrong: Credentials[] = [
      { ...apiKey, secret: "wrong-secret" },
      { kind: "accessToken", token: "wrong-token" },
    ];
    for (const each of wrong) {
      const error = await failure(
        service.verify(accessTo("textreveal", endpoint, each, loginEndpoint), call),
        plantedIn(each),
      );
      assert.equal(error.code, "unauthorized");
    }
  });

  it("lists tasks page by page, newest first, without losing or repeating one", async () => {
    const ids: string[] = [];
    const dates: number[] = [];
    let cursor: string | undefined;
    do {
      const page = await service.listTasks(access, { pageSize: 10, ...defined({ cursor }) }, call);
      ids.push(...page.tasks.map(({ id }) => id));
      dates.push(...page.tasks.map(({ createdAt }) => Date.parse(createdAt ?? "")));
      cursor = page.next;
    } while (cursor !== undefined);
    assert.equal(new Set(ids).size, ids.length);
    assert.ok(ids.length > 10 && ids.includes(reserved(3)));
    assert.deepEqual(
      dates,
      dates.toSorted((left, right) => right - left),
    );
  });

  it("returns one task in its current state", async () => {
    const task = await service.getTask(access, reserved(1), call);
    assert.deepEqual(task, {
      id: reserved(1),
      accountId: "account-1",
      description: "",
      state: "done",
      serviceState: "completed",
    });
    assert.equal((await service.getTask(access, reserved(202), call)).state, "running");
    assert.equal((await service.getTask(access, reserved(424), call)).state, "failed");
  });

  it("returns the signed URLs of a task with three files", async () => {
    const files = await service.resolveDownload(access, reserved(3), call);
    assert.deepEqual(
      files.map(({ index }) => index),
      [0, 1, 2],
    );
    for (const { name, url, expiresAt } of files) {
      assert.match(name, /\.csv$/);
      assert.equal(new URL(url).origin, sandbox.store.origin);
      const lifetime = Date.parse(expiresAt ?? "") - Date.now();
      assert.ok(lifetime > 200_000 && lifetime < 400_000, `${lifetime} ms`);
    }
  });

  it("requests a new token if the old ones were revoked", async () => {
    await service.verify(access, call);
    sandbox.textReveal.revokeTokens();
    const before = sandbox.textReveal.requests.length;
    await service.resolveDownload(access, reserved(1), call);
    assert.deepEqual(
      sandbox.textReveal.requests.slice(before).map(({ path, status }) => [path.split("/").at(-1), status]),
      [
        ["download", 401],
        ["token", 200],
        ["download", 200],
      ],
    );
  });

  const refused: [lastPart: number, code: ErrorCode][] = [
    [200, "noResultFile"],
    [202, "taskNotDone"],
    [210, "unexpectedResponse"],
    [211, "unexpectedResponse"],
    [212, "unexpectedResponse"],
    [213, "unexpectedResponse"],
    [214, "unexpectedResponse"],
    [215, "unexpectedResponse"],
    [216, "unexpectedResponse"],
    [217, "unexpectedResponse"],
    [400, "invalidRequest"],
    [401, "unauthorized"],
    [403, "forbidden"],
    [404, "taskNotFound"],
    [424, "noResultFile"],
    [2429, "tooManyRequests"],
    [999_999, "taskNotFound"],
  ];
  for (const [lastPart, code] of refused) {
    it(`fails with ${code} for the reserved task ${lastPart}`, async () => {
      const work = service.resolveDownload(access, reserved(lastPart), call);
      assert.equal((await failure(work, plantedIn(access.credentials))).code, code);
    });
  }

  it("lists the fields and reasons of a refused request", async () => {
    const error = await failure(service.resolveDownload(access, reserved(400), call), []);
    assert.match(error.message, /size \(invalid_type\): Expected number, received string; task_id/);
  });

  it("waits if the service asks for it, reports the wait, and continues", async () => {
    const waits: Waiting[] = [];
    const patient = { ...call, onWaiting: (waiting: Waiting) => waits.push(waiting) };
    assert.equal((await service.resolveDownload(access, reserved(3429), patient)).length, 1);
    assert.equal(waits.length, 1);
  });
});

describe("the TextReveal service", () => {
  async function withServer<Result>(
    answer: (request: SeenRequest) => PlannedAnswer,
    use: (service: ExportService, access: AccountAccess, requests: SeenRequest[]) => Promise<Result>,
  ): Promise<Result> {
    await using server = await startAnsweringServer(answer);
    const http = quickHttp();
    const service = createTextRevealService(http, { retryBudgetMs: () => 0, clock: createFakeClock(0) });
    const result = await use(service, accessTo("textreveal", server.origin, token), server.requests);
    await http.close();
    return result;
  }

  it("reads tasks of every status, and passes on unknown values", async () => {
    const created_at = "2026-01-01T10:00:00Z";
    const data = [
      { id: uuid, status: "starting", description: "First", type: "export", created_at, completed_at: null },
      { id: "b", status: "running", created_at: "soon", surprise: [1] },
      { id: "c", status: "completed", created_at, completed_at: "2026-01-01T10:05:00Z" },
      { id: "d", status: "failed" },
      { id: "e", status: "paused" },
      { id: "f", status: 7, description: {} },
      { noId: true },
      { id: "ls\nrm -rf ~", status: "completed" },
      { id: "9".repeat(100_000), status: "completed" },
      null,
    ];
    const page = await withServer(
      () => ({ body: { data, size: 10, has_next: false, count: 8, search_after: "x" } }),
      (service, access) => service.listTasks(access, { pageSize: 10 }, call),
    );
    const none = { accountId: "account-1", description: "" };
    assert.deepEqual(page, {
      tasks: [
        { ...none, id: uuid, description: "First", state: "waiting", serviceState: "starting", createdAt: created_at },
        { ...none, id: "b", state: "running", serviceState: "running" },
        {
          ...none,
          id: "c",
          state: "done",
          serviceState: "completed",
          createdAt: created_at,
          completedAt: "2026-01-01T10:05:00Z",
        },
        { ...none, id: "d", state: "failed", serviceState: "failed" },
        { ...none, id: "e", state: "unknown", serviceState: "paused" },
        { ...none, id: "f", state: "unknown", serviceState: "" },
      ],
      total: 8,
    });
  });

  it("returns the service's value for the next page unchanged, whatever its type", async () => {
    for (const [given, sent] of [
      ["a b&c", "a b&c"],
      [1_700_000_000, "1700000000"],
      [[1, "x"], '[1,"x"]'],
    ] as const) {
      await withServer(
        () => ({ body: { data: [{ id: "a" }], has_next: true, search_after: given } }),
        async (service, access, requests) => {
          const { next, total } = await service.listTasks(access, { pageSize: 1 }, call);
          assert.equal(total, undefined);
          await service.listTasks(access, { pageSize: 1, ...defined({ cursor: next }) }, call);
          const query = new URL(requests[1]?.path ?? "", "http://x").searchParams;
          assert.deepEqual([query.get("search_after"), query.get("order[]")], [sent, "created_at:desc"]);
        },
      );
    }
  });

  it("requests the list without an order if the service refuses one, then and later", async () => {
    await withServer(
      ({ path }) =>
        path.includes("order")
          ? { status: 400, body: { reason: "invalid", code: 400, errors: [{ field: "order" }] } }
          : { body: { data: [{ id: "a" }], has_next: true, search_after: "x" } },
      async (service, access, requests) => {
        const { next } = await service.listTasks(access, { pageSize: 5000 }, call);
        await service.listTasks(access, { pageSize: 3, ...defined({ cursor: next }) }, call);
        await service.listTasks(access, { pageSize: 3 }, call);
        assert.deepEqual(
          requests.map(({ path }) => path),
          [
            "/tasks?size=1000&order%5B%5D=created_at%3Adesc",
            "/tasks?size=1000",
            "/tasks?size=3&search_after=x",
            "/tasks?size=3",
          ],
        );
      },
    );
  });

  it("refuses the cursor of another service and an ID that is not a TextReveal ID", async () => {
    await withServer(
      () => ({ body: { data: [] } }),
      async (service, access, requests) => {
        const listing = await failure(service.listTasks(access, { pageSize: 1, cursor: "30" }, call), []);
        const resolving = await failure(service.resolveDownload(access, "12345", call), []);
        assert.deepEqual([listing.code, resolving.code, requests.length], ["invalidRequest", "invalidRequest", 0]);
      },
    );
  });

  it("reads the expiry of a URL from the URL, or computes it from the date of the response", async () => {
    const signed = "https://127.0.0.1:1/a/part%20one.csv?X-Amz-Date=20260131T120000Z&X-Amz-Expires=120";
    const files = await withServer(
      () => ({ headers: { date: "Sat, 31 Jan 2026 12:00:00 GMT" }, body: [signed, "https://127.0.0.1:1/"] }),
      (service, access) => service.resolveDownload(access, uuid, call),
    );
    assert.deepEqual(files, [
      { index: 0, name: "part one.csv", url: signed, expiresAt: "2026-01-31T12:02:00.000Z" },
      { index: 1, name: `export-${uuid}-2`, url: "https://127.0.0.1:1/", expiresAt: "2026-01-31T12:05:00.000Z" },
    ]);
  });
});

describe("a TextReveal task's ID", () => {
  const service = createTextRevealService(quickHttp(), { retryBudgetMs: () => 0 });
  for (const text of [
    uuid,
    ` ${uuid.toUpperCase()}\n`,
    `https://api.textreveal.com/v3/tasks/${uuid}`,
    `https://api.textreveal.com/v3/tasks/${uuid}/download`,
    `https://files.textreveal.com/exports/task=${uuid}/part-0.csv?sig=1`,
    `https://files.textreveal.com/exports/task%3D${uuid}/part-0.csv`,
    `https://app.textreveal.com/exports?task=${uuid}&x=1`,
  ]) {
    it(`is found in ${JSON.stringify(text)}`, () => assert.equal(service.findTaskId(text), uuid));
  }

  for (const text of ["", "12345", `${uuid}0`, "https://api.textreveal.com/v3/tasks", "https://x.test/tasks/12345"]) {
    it(`is not found in ${JSON.stringify(text)}`, () => assert.equal(service.findTaskId(text), undefined));
  }
});
