import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { type Sandbox, startSandbox } from "../../../../sandbox/sandbox.ts";
import type { HttpClient } from "../../../../src/http/httpClient.ts";
import type { CreateExportRequest, Credentials, SpaazaExportRequest } from "../../../../src/model/contract.ts";
import { createSpaazaService, type SpaazaService } from "../../../../src/services/spaaza/spaazaService.ts";
import { type PlannedAnswer, type SeenRequest, startAnsweringServer } from "../../http/answeringServer.ts";
import { accessTo, call, failure, plantedIn, quickHttp } from "../serviceFixture.ts";

const credentials: Credentials = { kind: "privileged", tokenId: "id-planted", tokenSecret: "secret-planted" };
const admin: Credentials = { kind: "admin", userId: "12345", sessionKey: "session-planted", chainId: "1743" };

const request: SpaazaExportRequest = {
  accountId: "account-1",
  service: "spaaza",
  index: "transactions",
  format: "csv",
  description: "Monthly report",
  chainId: "1743",
  runAt: "2026-01-31T06:00:00.000Z",
};
const segment = {
  entity: "people",
  index: "transactions",
  join: "all",
  rules: [
    {
      field_name: "timestamp",
      field_type: "date",
      operator: "relative_less_than",
      time_factor: "day",
      time_amount: 1,
    },
  ],
};

function bodyOf(seen: readonly SeenRequest[]): Record<string, unknown> {
  return JSON.parse(seen[0]?.body ?? "{}") as Record<string, unknown>;
}

const triggerOf = (seen: readonly SeenRequest[]): unknown => bodyOf(seen)["trigger"];

describe("Creating a Spaaza task", () => {
  let http: HttpClient;
  let service: SpaazaService;

  before(() => {
    http = quickHttp();
    service = createSpaazaService(http, { retryBudgetMs: () => 2500 });
  });
  after(() => http.close());

  /** Creates a task at a server with planned answers, and returns what it received. */
  async function created(
    given: CreateExportRequest,
    answer: PlannedAnswer | "broken" = { body: { id: 90001 } },
    as = credentials,
  ): Promise<{ result: Promise<{ taskId: string }>; seen: SeenRequest[] }> {
    await using server = await startAnsweringServer(() => (answer === "broken" ? undefined : answer));
    const result = service.createTask?.(accessTo("spaaza", server.origin, as), given, call);
    assert.ok(result !== undefined);
    await result.catch(() => undefined);
    return { result, seen: server.requests };
  }

  it("sends exactly the documented fields", async () => {
    const { result, seen } = await created(request);
    assert.deepEqual(await result, { taskId: "90001" });
    assert.deepEqual(
      seen.map(({ method, path, headers }) => [method, path, headers["content-type"]]),
      [["POST", "/tasks", "application/json"]],
    );
    assert.equal(
      seen[0]?.body,
      JSON.stringify({
        chain: 1743,
        desc: "Monthly report",
        target: { action: "export", export_index: "transactions", export_format: "csv" },
        trigger: { once: "2026-01-31T06:00:00.000Z" },
      }),
    );
  });

  it("adds the ID of a segment, or a segment with its chain", async () => {
    const { seen: byId } = await created({ ...request, segmentId: "501" });
    assert.deepEqual(triggerOf(byId), { once: request.runAt, segment_id: "501" });
    const { seen: byRules } = await created({ ...request, segment });
    assert.deepEqual(triggerOf(byRules), {
      once: request.runAt,
      segment: { entity: "people", index: "transactions", join: "all", chain_id: 1743, rules: segment.rules },
    });
  });

  it("takes the chain of an admin session, and needs one for a privileged token", async () => {
    const { chainId, ...without } = request;
    const { seen } = await created(without, undefined, admin);
    assert.equal(String(bodyOf(seen)["chain"]), chainId);
    const { result, seen: none } = await created(without);
    const error = await failure(result, plantedIn(credentials));
    assert.deepEqual([error.code, error.details.errors?.[0]?.field], ["invalidRequest", "chain"]);
    assert.equal(none.length, 0, "nothing was sent");
  });

  it("sends no segment that isn't documented", async () => {
    const rule = segment.rules[0];
    for (const wrong of [
      { ...segment, entity: "companies" },
      { ...segment, index: "orders" },
      { ...segment, join: "none" },
      { ...segment, rules: [] },
      { ...segment, extra: true },
      { ...segment, rules: [{ ...rule, operator: "starts_with" }] },
      { ...segment, rules: [{ ...rule, operator: "is_after_date" }] },
      { ...segment, rules: [{ ...rule, surplus: 1 }] },
      { ...segment, rules: [{ field_name: "timestamp", operator: "is_between_date", start_date: "2026-01-01" }] },
      { ...segment, rules: [{ field_name: "timestamp", operator: "is_before_date", end_date: "soon" }] },
      { ...segment, rules: [{ field_name: "price", operator: "is_between_number", min: 1, max: "9" }] },
    ]) {
      const { result, seen } = await created({ ...request, segment: wrong });
      assert.equal((await failure(result, [])).code, "invalidRequest", JSON.stringify(wrong));
      assert.equal(seen.length, 0);
    }
  });

  it("sends every documented rule", async () => {
    const rules = [
      { field_name: "country", operator: "is_not", value: "NL" },
      { field_name: "created_date", field_type: "date", operator: "is_date", value: "2026-01-31" },
      { field_name: "created_date", field_type: "date", operator: "is_after_date", start_date: "2026-01-31" },
      { field_name: "created_date", operator: "is_before_date", end_date: "2026-01-31T10:00:00Z" },
      { field_name: "points", operator: "is_between_number", min: 1, max: 9, nested: true, nesting_path: "wallet" },
    ];
    const { seen } = await created({ ...request, segment: { ...segment, rules } });
    assert.deepEqual(triggerOf(seen), { once: request.runAt, segment: { ...segment, chain_id: 1743, rules } });
  });

  it("names the fields of a refusal, in the service's words", async () => {
    const { result } = await created(request, {
      status: 400,
      body: {
        result: { code: 2, status: "error" },
        errors: [
          { code: 4, name: "invalid_parameter", description: "desc is too long", field: "desc" },
          { code: 4, name: "invalid_parameter", message: "unknown segment", field: "trigger.segment_id" },
        ],
      },
    });
    const error = await failure(result, plantedIn(credentials));
    assert.equal(error.code, "invalidRequest");
    assert.deepEqual(error.details.errors, [
      { field: "desc", reason: "invalid_parameter", message: "desc is too long" },
      { field: "trigger.segment_id", reason: "invalid_parameter", message: "unknown segment" },
    ]);
    assert.match(error.message, /desc .*is too long/);
  });

  it("is not sent again if the service may have received it, and says so", async () => {
    for (const answer of [{ status: 503 }, { status: 429 }, { body: "{}" }, "broken" as const]) {
      const { result, seen } = await created(request, answer);
      const error = await failure(result, plantedIn(credentials));
      assert.equal(seen.length, 1, error.message);
      const isRefused = error.code === "tooManyRequests";
      assert.equal(error.message.includes("may have received the request"), !isRefused, error.message);
    }
  });

  it("does not say so if there was no connection", async () => {
    const server = await startAnsweringServer(() => ({}));
    const { origin } = server;
    await server[Symbol.asyncDispose]();
    const work = service.createTask?.(accessTo("spaaza", origin, credentials), request, call) ?? Promise.resolve();
    const error = await failure(work, plantedIn(credentials));
    assert.equal(error.code, "offline");
    assert.doesNotMatch(error.message, /may have received/);
  });

  it("shows the request that it sends, without credentials", async () => {
    await using server = await startAnsweringServer(() => ({ body: { id: "90001" } }));
    const access = accessTo("spaaza", server.origin, credentials);
    const shown = service.previewTask(access.account, { ...request, segment });
    await service.createTask?.(access, { ...request, segment }, call);
    const [sent] = server.requests;
    assert.deepEqual([sent?.method, `${server.origin}${sent?.path ?? ""}`], [shown.method, shown.url]);
    assert.equal(sent?.body, JSON.stringify(shown.body));
    for (const secret of plantedIn(credentials)) assert.ok(!JSON.stringify(shown).includes(secret));
  });

  it("rejects a request to another service", async () => {
    const other: CreateExportRequest = { accountId: "account-1", service: "textreveal", universeId: "u" };
    const { result, seen } = await created(other);
    assert.equal((await failure(result, [])).code, "invalidRequest");
    assert.equal(seen.length, 0);
  });
});

describe("Spaaza tasks against the sandbox", () => {
  let sandbox: Sandbox;
  let http: HttpClient;
  let service: SpaazaService;

  before(async () => {
    sandbox = await startSandbox({ taskSeconds: 0.5 });
    http = quickHttp();
    service = createSpaazaService(http, { retryBudgetMs: () => 2500 });
  });
  after(async () => {
    await http.close();
    await sandbox.close();
  });

  const access = () => accessTo("spaaza", sandbox.spaaza.endpoint, sandbox.spaaza.privileged);

  it("are created with a segment, and say it for a similar one", async () => {
    const created = await service.createTask?.(access(), { ...request, segment }, call);
    assert.ok(created !== undefined);
    const draft = await service.draftOf(access(), created.taskId, call);
    assert.deepEqual(draft, {
      index: "transactions",
      format: "csv",
      description: "Monthly report",
      chainId: "1743",
      segment: { ...segment, chain_id: 1743 },
    });
  });

  it("say the ID of their segment for a similar one", async () => {
    const created = await service.createTask?.(access(), { ...request, segmentId: "501" }, call);
    assert.equal((await service.draftOf(access(), created?.taskId ?? "", call)).segmentId, "501");
  });

  it("are refused at the field with the unknown segment", async () => {
    const work = service.createTask?.(access(), { ...request, segmentId: "999" }, call);
    const error = await failure(work ?? Promise.resolve(), plantedIn(sandbox.spaaza.privileged));
    assert.deepEqual([error.code, error.details.errors?.[0]?.field], ["invalidRequest", "trigger.segment_id"]);
  });

  it("run again, once for each call", async () => {
    assert.equal((await service.getTask(access(), "40911", call)).state, "waiting");
    await service.runTask?.(access(), "40911", call);
    const runs = sandbox.spaaza.requests.filter(({ path }) => path === "/tasks/40911/execute");
    assert.deepEqual(
      runs.map(({ method }) => method),
      ["POST"],
    );
    const error = await failure(service.runTask?.(access(), "40404", call) ?? Promise.resolve(), []);
    assert.equal(error.code, "taskNotFound");
  });
});
