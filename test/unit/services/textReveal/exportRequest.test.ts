import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { type Sandbox, startSandbox } from "../../../../sandbox/sandbox.ts";
import type { HttpClient } from "../../../../src/http/httpClient.ts";
import type { Credentials, TextRevealExportRequest } from "../../../../src/model/contract.ts";
import {
  createTextRevealService,
  type TextRevealService,
} from "../../../../src/services/textReveal/textRevealService.ts";
import { findUniverseId } from "../../../../src/services/textReveal/universes.ts";
import { type PlannedAnswer, startAnsweringServer } from "../../http/answeringServer.ts";
import { accessTo, call, failure, plantedIn, quickHttp } from "../serviceFixture.ts";

const token: Credentials = { kind: "accessToken", token: "token-planted" };
const universe = "00000000-0000-4000-b000-000000000001";
const request: TextRevealExportRequest = { accountId: "account-1", service: "textreveal", universeId: universe };

describe("Starting an export of TextReveal", () => {
  let http: HttpClient;
  let service: TextRevealService;

  before(() => {
    http = quickHttp();
    service = createTextRevealService(http, { retryBudgetMs: () => 2500 });
  });
  after(() => http.close());

  async function started(given: TextRevealExportRequest, answer: PlannedAnswer | undefined) {
    await using server = await startAnsweringServer(() => answer);
    const work = service.createTask?.(accessTo("textreveal", server.origin, token), given, call);
    assert.ok(work !== undefined);
    await work.catch(() => undefined);
    return { work, seen: server.requests };
  }

  it("sends filters, fields and order in the query, and no body", async () => {
    const { work, seen } = await started(
      {
        ...request,
        filters: { name: ["Acme & Sons", "Über"], isin: ["DE0005140008"] },
        fields: ["id", "name"],
        order: "name:desc",
      },
      { body: { task_id: "f47ac10b-58cc-4372-a567-0e02b2c3d479" } },
    );
    assert.deepEqual(await work, { taskId: "f47ac10b-58cc-4372-a567-0e02b2c3d479" });
    const [sent] = seen;
    assert.deepEqual(
      [sent?.method, sent?.body, sent?.headers.accept, sent?.headers["content-type"]],
      ["POST", "", "application/json", undefined],
    );
    const url = new URL(sent?.path ?? "", "http://x");
    assert.equal(url.pathname, `/universes/${universe}/entities/export`);
    assert.deepEqual(
      [...url.searchParams],
      [
        ["name[]", "Acme & Sons"],
        ["name[]", "Über"],
        ["isin[]", "DE0005140008"],
        ["fields[]", "id"],
        ["fields[]", "name"],
        ["order", "name:desc"],
      ],
    );
  });

  it("sends nothing that isn't documented", async () => {
    for (const [wrong, field] of [
      [{ ...request, filters: { sector: ["banks"] } }, "sector"],
      [{ ...request, fields: ["revenue"] }, "fields"],
      [{ ...request, order: "id:asc" }, "order"],
      [{ ...request, universeId: ".." }, "universe_id"],
      [{ ...request, universeId: "a/b?c" }, "universe_id"],
    ] as const) {
      const { work, seen } = await started({ ...wrong } as TextRevealExportRequest, { body: { task_id: "x" } });
      const error = await failure(work, plantedIn(token));
      assert.deepEqual([error.code, error.details.errors?.[0]?.field], ["invalidRequest", field]);
      assert.equal(seen.length, 0);
    }
  });

  it("is not sent again if the service may have received it, and says so", async () => {
    for (const answer of [{ status: 500, body: { reason: "internal" } }, { body: { id: 1 } }, undefined]) {
      const { work, seen } = await started(request, answer);
      const error = await failure(work, plantedIn(token));
      assert.equal(seen.length, 1);
      assert.match(error.message, /may have received the request/);
    }
    const { work, seen } = await started(request, { status: 429, body: { reason: "too_many_requests" } });
    assert.equal((await failure(work, plantedIn(token))).code, "tooManyRequests");
    assert.equal(seen.length, 1);
  });

  it("does not say so if there was no token to send it with", async () => {
    const key: Credentials = { kind: "apiKey", key: "key-planted", secret: "secret-planted" };
    await using server = await startAnsweringServer(({ path }) => (path === "/login" ? undefined : { body: {} }));
    const access = accessTo("textreveal", server.origin, key, `${server.origin}/login`);
    const quick = createTextRevealService(http, { retryBudgetMs: () => 0 });
    const error = await failure(quick.createTask?.(access, request, call) ?? Promise.resolve(), plantedIn(key));
    assert.equal(error.code, "offline");
    assert.doesNotMatch(error.message, /may have received/);
  });

  it("shows the request that it sends, without credentials", async () => {
    await using server = await startAnsweringServer(() => ({ body: { task_id: "t-1" } }));
    const access = accessTo("textreveal", server.origin, token);
    const whole = { ...request, filters: { ticker: ["A B"] }, order: "name:asc" };
    const shown = service.previewTask(access.account, whole);
    await service.createTask?.(access, whole, call);
    assert.equal(shown.url, `${server.origin}${server.requests[0]?.path ?? ""}`);
    assert.deepEqual([shown.method, shown.body], ["POST", undefined]);
  });
});

describe("The universes of TextReveal in the sandbox", () => {
  let sandbox: Sandbox;
  let http: HttpClient;
  let service: TextRevealService;

  before(async () => {
    sandbox = await startSandbox({ taskSeconds: 0.5 });
    http = quickHttp();
    service = createTextRevealService(http, { retryBudgetMs: () => 200 });
  });
  after(async () => {
    await http.close();
    await sandbox.close();
  });

  const access = () => {
    const { endpoint, apiKey, loginEndpoint } = sandbox.textReveal;
    return accessTo("textreveal", endpoint, apiKey, loginEndpoint);
  };

  it("are listed page by page, each once", async () => {
    const first = await service.universes.list(access(), { pageSize: 50 }, call);
    assert.ok(first.next !== undefined);
    const second = await service.universes.list(access(), { pageSize: 50, cursor: first.next }, call);
    assert.equal(second.next, undefined);
    const all = [...first.universes, ...second.universes];
    assert.equal(new Set(all.map(({ id }) => id)).size, 64);
    assert.deepEqual(all[0], {
      id: universe,
      name: "European banks",
      type: "PRIVATE",
      description: "Companies of European banks",
    });
  });

  it("say how many entities they have", async () => {
    assert.equal(await service.universes.entityCount(access(), universe, call), 37);
    const unknown = service.universes.entityCount(access(), "00000000-0000-4000-b000-000000000999", call);
    const error = await failure(unknown, []);
    assert.deepEqual([error.code, error.details.errors?.[0]?.field], ["invalidRequest", "universe_id"]);
  });

  it("are exported as a task that is listed", async () => {
    const created = await service.createTask?.(access(), { ...request, fields: ["id", "name"] }, call);
    const page = await service.listTasks(access(), { pageSize: 5 }, call);
    assert.equal(page.tasks.find(({ id }) => id === created?.taskId)?.description, "Export of universe European banks");
  });

  it("are refused at the field with the wrong value", async () => {
    const work = service.createTask?.(access(), { ...request, filters: { isin: ["wrong"] } }, call);
    const error = await failure(work ?? Promise.resolve(), plantedIn(sandbox.textReveal.apiKey));
    assert.deepEqual([error.code, error.details.errors?.[0]?.field], ["invalidRequest", "isin"]);
    const nowhere = { ...request, universeId: "00000000-0000-4000-b000-000000000999" };
    const missing = await failure(service.createTask?.(access(), nowhere, call) ?? Promise.resolve(), []);
    assert.deepEqual([missing.code, missing.details.errors?.[0]?.field], ["invalidRequest", "universe_id"]);
  });

  it("are found by an ID or a URL", () => {
    assert.equal(findUniverseId(` ${universe.toUpperCase()} `), universe);
    assert.equal(findUniverseId(`https://app.example.com/universes/${universe}/entities?x=1`), universe);
    assert.equal(findUniverseId("European"), undefined);
  });

  it("can be exported after a granted token was revoked", async () => {
    await service.verify(access(), call);
    sandbox.textReveal.revokeTokens();
    const created = await service.createTask?.(access(), request, call);
    assert.match(created?.taskId ?? "", /^[0-9a-f-]{36}$/);
  });
});
