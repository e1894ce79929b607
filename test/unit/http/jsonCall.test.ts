import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, describe, it } from "node:test";
import * as v from "valibot";
import type { HttpClient } from "../../../src/http/httpClient.ts";
import { callJson, type JsonRequest } from "../../../src/http/jsonCall.ts";
import { createHttpClient } from "../../../src/http/undiciClient.ts";
import type { Waiting } from "../../../src/model/contract.ts";
import { ExportError } from "../../../src/model/exportError.ts";
import { type AnsweringServer, type PlannedAnswer, startAnsweringServer } from "./answeringServer.ts";
import { createFakeClock } from "./fakeClock.ts";

const never = new AbortController().signal;
const ok: PlannedAnswer = { body: { fine: true } };
const busy: PlannedAnswer = { status: 503 };

describe("a JSON call", () => {
  let http: HttpClient;
  let server: AnsweringServer;
  let plan: (PlannedAnswer | undefined)[] = [];

  before(async () => {
    http = createHttpClient(() => ({ connectTimeoutMs: 1000, stallTimeoutMs: 1000 }));
    server = await startAnsweringServer(() => (plan.length > 1 ? plan.shift() : plan[0]));
  });
  after(async () => {
    await http.close();
    await server[Symbol.asyncDispose]();
  });

  /** Plays the answers, the last one again and again, and tells what became of the call. */
  async function play(
    answers: (PlannedAnswer | undefined)[],
    request: Partial<JsonRequest> = {},
    retryBudgetMs = 120_000,
  ) {
    plan = [...answers];
    server.requests.length = 0;
    const clock = createFakeClock();
    const waits: Waiting[] = [];
    const options = {
      signal: never,
      clock,
      random: () => 0.5,
      retryBudgetMs,
      onWaiting: (waiting: Waiting) => waits.push(waiting),
    };
    const result = await callJson(http, { url: `${server.origin}/tasks?secret=planted`, ...request }, options).then(
      (reply) => ({ reply }),
      (error: unknown) => ({ error }),
    );
    return { ...result, waits, waited: clock.waits, sent: [...server.requests] };
  }

  it("requests JSON, and returns what it receives", async () => {
    const result = await play([ok]);
    assert.ok("reply" in result);
    assert.deepEqual(result.reply.body, { kind: "json", value: { fine: true } });
    assert.equal(result.sent[0]?.headers.accept, "application/json");
  });

  it("sends a body as JSON", async () => {
    const { sent } = await play([ok], { method: "POST", body: { a: 1 } });
    assert.deepEqual(
      [sent[0]?.method, sent[0]?.body, sent[0]?.headers["content-type"]],
      ["POST", '{"a":1}', "application/json"],
    );
  });

  it("tries again after a temporary problem, and reports each wait once", async () => {
    const { waits, waited, sent } = await play([busy, undefined, { status: 429 }, ok]);
    assert.equal(sent.length, 4);
    assert.deepEqual(waited, [250, 500, 1000]);
    assert.deepEqual(
      waits.map(({ retryInMs }) => retryInMs),
      waited,
    );
    for (const { reason } of waits) assert.doesNotMatch(reason, /planted|tasks/);
  });

  it("waits as long as Retry-After asks", async () => {
    const { waited, sent } = await play([{ status: 429, headers: { "retry-after": "7" } }, ok]);
    assert.deepEqual([waited, sent.length], [[7000], 2]);
  });

  it("returns the refusal at once if Retry-After exceeds the budget", async () => {
    const result = await play([{ status: 429, headers: { "retry-after": "3600" } }]);
    assert.ok("reply" in result);
    assert.deepEqual([result.reply.status, result.reply.retryAfterMs, result.waited], [429, 3_600_000, []]);
  });

  it("returns the last refusal when the budget is used up", async () => {
    const result = await play([busy], {}, 5000);
    assert.ok("reply" in result);
    assert.equal(result.reply.status, 503);
    assert.ok(result.waited.reduce((sum, ms) => sum + ms, 0) <= 5000);
    assert.ok(result.sent.length > 2);
  });

  it("fails with the error of the connection when the budget is used up", async () => {
    const result = await play([undefined], {}, 1000);
    assert.ok("error" in result && result.error instanceof ExportError);
    assert.equal(result.error.code, "offline");
    assert.ok(result.sent.length > 1);
  });

  it("continues after the computer slept for an hour during a retry", async () => {
    const clock = createFakeClock();
    plan = [busy, busy, ok];
    server.requests.length = 0;
    const sleepy: HttpClient = {
      send: (request) => {
        if (server.requests.length === 1) clock.advance(3_600_000);
        return http.send(request);
      },
      close: () => http.close(),
    };
    const options = { signal: never, clock, random: () => 0.5, retryBudgetMs: 120_000 };
    assert.equal((await callJson(sleepy, { url: `${server.origin}/tasks` }, options)).status, 200);
  });

  it("doesn't repeat a POST request unless it is marked as safe to repeat", async () => {
    assert.equal((await play([busy, ok], { method: "POST", body: {} })).sent.length, 1);
    assert.equal((await play([undefined, ok], { method: "POST", body: {} })).sent.length, 1);
    assert.equal((await play([busy, ok], { method: "POST", body: {}, repeatable: true })).sent.length, 2);
  });

  it("doesn't try again if the answer is known to be final", async () => {
    assert.equal((await play([busy, ok], { isFinal: ({ status }) => status === 503 })).sent.length, 1);
  });

  it("returns text if the body is not JSON", async () => {
    const result = await play([{ body: "<html>" }]);
    assert.ok("reply" in result);
    assert.deepEqual(result.reply.body, { kind: "text", text: "<html>" });
  });

  it("does not follow a redirect", async () => {
    const result = await play([{ status: 302, headers: { location: "https://elsewhere.example.test/" } }]);
    assert.ok("reply" in result);
    assert.deepEqual([result.reply.status, result.sent.length], [302, 1]);
  });

  it("doesn't read a response of more than 16 MiB", async () => {
    const result = await play([{ body: `"${"x".repeat(17 * 1024 * 1024)}"` }]);
    assert.ok("error" in result && result.error instanceof ExportError);
    assert.equal(result.error.code, "unexpectedResponse");
  });

  it("ends a wait at once when it is canceled", { timeout: 50_000 }, async () => {
    plan = [{ status: 503, headers: { "retry-after": "60" } }];
    const controller = new AbortController();
    const call = callJson(
      http,
      { url: server.origin },
      {
        signal: controller.signal,
        retryBudgetMs: 120_000,
        onWaiting: () => setImmediate(() => controller.abort()),
      },
    );
    // Otherwise it would take as long as the service asks, which is longer than this test may.
    await assert.rejects(call, { code: "cancelled" });
  });

  it("gives up if a response arrives too slowly", async () => {
    const dripping = createServer((_, response) => {
      response.writeHead(200, { "content-type": "application/json" });
      const drop = setInterval(() => response.write(" "), 20);
      response.once("close", () => clearInterval(drop));
    });
    await new Promise<void>((resolve) => dripping.listen(0, "127.0.0.1", resolve));
    const { port } = v.parse(v.object({ port: v.number() }), dripping.address());
    const call = callJson(
      http,
      { url: `http://127.0.0.1:${port}/` },
      { signal: never, retryBudgetMs: 0, longestTryMs: 300 },
    );
    await assert.rejects(call, { code: "timeout", message: /taking too long to respond/ });
    dripping.closeAllConnections();
    dripping.close();
  });
});
