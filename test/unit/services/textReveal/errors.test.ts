import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { HttpClient } from "../../../../src/http/httpClient.ts";
import type { Credentials } from "../../../../src/model/contract.ts";
import type { ErrorCode } from "../../../../src/model/exportError.ts";
import { createTextRevealService } from "../../../../src/services/textReveal/textRevealService.ts";
import { type AnsweringServer, type PlannedAnswer, startAnsweringServer } from "../../http/answeringServer.ts";
import { createFakeClock } from "../../http/fakeClock.ts";
import { accessTo, call, failure, plantedIn, quickHttp } from "../serviceFixture.ts";

const credentials: Credentials = { kind: "accessToken", token: "planted-access-token" };
const planted = plantedIn(credentials);
const id = "f47ac10b-58cc-4372-a567-0e02b2c3d479";

/** A body of the documented form. */
const problem = (code: number, reason: string, errors?: unknown) => ({
  message: "Words for people",
  code,
  reason,
  errors,
});

const table: [what: string, answer: PlannedAnswer, code: ErrorCode][] = [
  ["400 invalid", { status: 400, body: problem(400, "invalid") }, "invalidRequest"],
  ["401 unauthorized", { status: 401, body: problem(401, "unauthorized") }, "unauthorized"],
  ["403 forbidden", { status: 403, body: problem(403, "forbidden") }, "forbidden"],
  ["404 not_found", { status: 404, body: problem(404, "not_found") }, "taskNotFound"],
  ["429 too_many_requests", { status: 429, body: problem(429, "too_many_requests") }, "tooManyRequests"],
  ["500 internal", { status: 500, body: problem(500, "internal") }, "serviceUnavailable"],
  ["500 unknown", { status: 500, body: problem(500, "unknown") }, "serviceUnavailable"],
  ["504 timeout", { status: 504, body: problem(504, "timeout") }, "serviceUnavailable"],
  ["503 offline", { status: 503, body: problem(503, "offline") }, "serviceUnavailable"],
  ["the reason under another status: 500 forbidden", { status: 500, body: problem(500, "forbidden") }, "forbidden"],
  ["the reason under another status: 400 not_found", { status: 400, body: problem(400, "not_found") }, "taskNotFound"],
  [
    "the reason under another status: 400 timeout",
    { status: 400, body: problem(400, "timeout") },
    "serviceUnavailable",
  ],
  ["the code where the reason is new", { status: 400, body: problem(429, "brand_new") }, "tooManyRequests"],
  ["the status 401 whatever the reason", { status: 401, body: problem(400, "invalid") }, "unauthorized"],
  ["the status 403 whatever the reason", { status: 403, body: problem(400, "invalid") }, "forbidden"],
  ["the status alone: 404", { status: 404 }, "taskNotFound"],
  ["the status alone: 429", { status: 429, body: "slow down" }, "tooManyRequests"],
  ["the status alone: 502 with a page", { status: 502, body: "<html>Bad Gateway</html>" }, "serviceUnavailable"],
  ["the status alone: 418", { status: 418 }, "invalidRequest"],
  ["the status alone: 408", { status: 408 }, "serviceUnavailable"],
  ["the status alone: 300", { status: 300 }, "unexpectedResponse"],
  ["the status alone: 399", { status: 399 }, "unexpectedResponse"],
  ["the status alone: 400", { status: 400 }, "invalidRequest"],
  ["the status alone: 499", { status: 499 }, "invalidRequest"],
  ["the status alone: 500", { status: 500 }, "serviceUnavailable"],
  ["the status alone: 599", { status: 599 }, "serviceUnavailable"],
  ["the code 599 under another status", { status: 418, body: problem(599, "new") }, "serviceUnavailable"],
  ["the code 399 under another status", { status: 418, body: problem(399, "new") }, "unexpectedResponse"],
  ["a code that is no status", { status: 429, body: problem(600, "new") }, "tooManyRequests"],
  ["a code that is no status of a failure", { status: 429, body: problem(299, "new") }, "tooManyRequests"],
  ["a page under 400", { status: 400, body: "<html>" }, "unexpectedResponse"],
  ["a page under 404", { status: 404, body: "<html>" }, "unexpectedResponse"],
  ["a redirect", { status: 302, headers: { location: "https://elsewhere.example.test/" } }, "unexpectedResponse"],
  ["an empty list", { body: "[]" }, "noResultFile"],
  ["a page", { body: "<html>" }, "unexpectedResponse"],
  ["broken JSON", { body: '["https://' }, "unexpectedResponse"],
  ["an object in place of the list", { body: { urls: [] } }, "unexpectedResponse"],
  ["numbers in place of links", { body: "[1, 2]" }, "unexpectedResponse"],
  ["null", { body: "null" }, "unexpectedResponse"],
  ["a link of another scheme", { body: ["https://127.0.0.1/a.csv", "file:///etc/passwd"] }, "unexpectedResponse"],
  ["a link without encryption", { body: ["http://files.example.test/a.csv"] }, "unexpectedResponse"],
  ["a link that is none", { body: ["soon"] }, "unexpectedResponse"],
];

describe("TextReveal's responses to a download", () => {
  let http: HttpClient;
  let server: AnsweringServer;
  let download: PlannedAnswer;
  let status: PlannedAnswer;

  before(async () => {
    http = quickHttp();
    server = await startAnsweringServer(({ path }) => (path.endsWith("/download") ? download : status));
  });
  after(async () => {
    await http.close();
    await server[Symbol.asyncDispose]();
  });

  async function resolve(answer: PlannedAnswer, statusAnswer: PlannedAnswer = answer) {
    download = answer;
    status = statusAnswer;
    server.requests.length = 0;
    const service = createTextRevealService(http, {
      retryBudgetMs: () => 1000,
      clock: createFakeClock(),
      random: () => 0.9,
    });
    return failure(service.resolveDownload(accessTo("textreveal", server.origin, credentials), id, call), planted);
  }

  for (const [what, answer, code] of table) {
    it(`${what}: ${code}`, async () => {
      assert.equal((await resolve(answer)).code, code);
    });
  }

  it("with a list of problems name each field and its reason", async () => {
    const errors = [
      { message: "Expected number, received string", field: "size", reason: "invalid_type" },
      { message: "Invalid uuid", field: "task_id" },
      "Something about the body",
      17,
    ];
    const error = await resolve({ status: 400, body: problem(400, "invalid", errors) });
    assert.match(
      error.message,
      /: size \(invalid_type\): Expected number, received string; task_id: Invalid uuid; Something about the body\.$/,
    );
    assert.deepEqual(error.details.errors, [errors[0], errors[1], { message: errors[2] }]);
    assert.deepEqual([error.details.serviceCode, error.details.reason, error.details.status], [400, "invalid", 400]);
  });

  const states: [answer: PlannedAnswer, code: ErrorCode][] = [
    [{ body: '"starting"' }, "taskNotDone"],
    [{ body: { status: "running" } }, "taskNotDone"],
    [{ body: '"failed"' }, "noResultFile"],
    [{ status: 404, body: problem(404, "not_found") }, "taskNotFound"],
  ];
  for (const [answer, code] of states) {
    it(`that refuse it are ${code} if the response to the request for the status is ${JSON.stringify(answer)}`, async () => {
      assert.equal((await resolve({ status: 400, body: problem(400, "invalid") }, answer)).code, code);
      assert.equal((await resolve({ status: 404, body: problem(404, "not_found") }, answer)).code, code);
    });
  }

  it("with status 404 are noResultFile if the task is completed", async () => {
    assert.equal((await resolve({ status: 404 }, { body: '"completed"' })).code, "noResultFile");
  });

  it("never show the token that was sent", async () => {
    const text = "Bearer planted-access-token and planted-access-token";
    await resolve({
      status: 400,
      body: { message: text, reason: text, code: text, errors: [{ field: text, message: text }] },
    });
  });

  it("cause a retry only if that can help", async () => {
    const requestsFor = async (answer: PlannedAnswer) => {
      await resolve(answer);
      return server.requests.length;
    };
    assert.equal(await requestsFor({ status: 500, body: problem(500, "forbidden") }), 1);
    assert.ok((await requestsFor({ status: 500, body: problem(500, "internal") })) > 1);
  });
});

describe("TextReveal's responses to the list", () => {
  const refusals: [what: string, answer: PlannedAnswer, code: ErrorCode][] = [
    ["401", { status: 401 }, "unauthorized"],
    ["403", { status: 403 }, "forbidden"],
    ["404", { status: 404, body: problem(404, "not_found") }, "unexpectedResponse"],
    ["429", { status: 429 }, "tooManyRequests"],
    ["500", { status: 500 }, "serviceUnavailable"],
    ["a page", { body: "<html>" }, "unexpectedResponse"],
    ["a bare list", { body: "[]" }, "unexpectedResponse"],
  ];
  for (const [what, answer, code] of refusals) {
    it(`${what} is ${code}, for the list and for the check of the credentials`, async () => {
      await using server = await startAnsweringServer(() => answer);
      const http = quickHttp();
      const service = createTextRevealService(http, { retryBudgetMs: () => 0 });
      const access = accessTo("textreveal", server.origin, credentials);
      const listing = await failure(service.listTasks(access, { pageSize: 5 }, call), planted);
      const checking = await failure(service.verify(access, call), planted);
      await http.close();
      assert.deepEqual([listing.code, checking.code], [code, code]);
    });
  }
});
