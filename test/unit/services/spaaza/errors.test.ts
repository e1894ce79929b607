import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { HttpClient } from "../../../../src/http/httpClient.ts";
import type { Credentials } from "../../../../src/model/contract.ts";
import type { ErrorCode } from "../../../../src/model/exportError.ts";
import { createSpaazaService } from "../../../../src/services/spaaza/spaazaService.ts";
import { type AnsweringServer, type PlannedAnswer, startAnsweringServer } from "../../http/answeringServer.ts";
import { createFakeClock } from "../../http/fakeClock.ts";
import { accessTo, call, failure, plantedIn, quickHttp } from "../serviceFixture.ts";

const credentials: Credentials = {
  kind: "privileged",
  tokenId: "6d1c9a52-planted-token-id",
  tokenSecret: "planted-token-secret",
};
const planted = plantedIn(credentials);

/** Every place in which an error's text may sit. */
const shapes: Record<string, (text: string) => unknown> = {
  "a top-level message": (text) => ({ message: text }),
  "error as text": (text) => ({ error: text }),
  "error as an object with a description": (text) => ({ error: { code: 5, name: "some_name", description: text } }),
  "error as an object with a message": (text) => ({ error: { message: text } }),
  "the envelope": (text) => ({
    result: { code: 2, status: "error" },
    error: { code: 5, name: "some_name", description: text },
  }),
  "the older list of errors": (text) => ({ errors: [{ code: 5, name: "some_name", description: text }] }),
  "a list of texts": (text) => ({ errors: [text] }),
  "plain text": (text) => text,
  "a JSON string": (text) => JSON.stringify(text),
};

/** The page's conditions in its own words, and what each is. */
const documented: [sentence: string, code: ErrorCode, message: RegExp][] = [
  ["invalid task type: only export tasks actions are allowed", "notAnExportTask", /not an export task/],
  ["task status is not DONE", "taskNotDone", /hasn't finished yet/],
  ["the task completed successfully, but contains an invalid result", "noResultFile", /without a file/],
  ["No task exists with the specified ID for this chain.", "taskNotFound", /Task 12345 was not found/],
  ["No valid authentication provided or insufficient permissions.", "unauthorized", /Replace Credentials/],
];

/** What is read from the status where the text says nothing known. */
const byStatus: [status: number, code: ErrorCode][] = [
  [400, "invalidRequest"],
  [401, "unauthorized"],
  [403, "forbidden"],
  [404, "taskNotFound"],
  [408, "serviceUnavailable"],
  [409, "invalidRequest"],
  [422, "invalidRequest"],
  [429, "tooManyRequests"],
  [500, "serviceUnavailable"],
  [502, "serviceUnavailable"],
  [503, "serviceUnavailable"],
  [504, "serviceUnavailable"],
  [499, "invalidRequest"],
  [599, "serviceUnavailable"],
  [300, "unexpectedResponse"],
  [399, "unexpectedResponse"],
  [301, "unexpectedResponse"],
  [302, "unexpectedResponse"],
  [307, "unexpectedResponse"],
];

describe("Spaaza's refusals of a download", () => {
  let http: HttpClient;
  let server: AnsweringServer;
  let download: PlannedAnswer;
  let task: PlannedAnswer;

  before(async () => {
    http = quickHttp();
    server = await startAnsweringServer(({ path }) => (path.endsWith("/download_url") ? download : task));
  });
  after(async () => {
    await http.close();
    await server[Symbol.asyncDispose]();
  });

  async function resolve(answer: PlannedAnswer, taskAnswer: PlannedAnswer = answer) {
    download = answer;
    task = taskAnswer;
    server.requests.length = 0;
    const service = createSpaazaService(http, {
      retryBudgetMs: () => 1000,
      clock: createFakeClock(),
      random: () => 0.9,
    });
    const access = accessTo("spaaza", server.origin, credentials);
    return failure(service.resolveDownload(access, "12345", call), planted);
  }

  for (const [sentence, code, message] of documented) {
    for (const [shape, body] of Object.entries(shapes)) {
      for (const status of [200, 400, 404, 409, 500]) {
        it(`"${sentence}" as ${shape} under ${status} is ${code}`, async () => {
          const error = await resolve({ status, body: body(sentence) });
          assert.equal(error.code, code);
          assert.match(error.message, message);
          assert.equal(error.details.status, status);
        });
      }
    }
  }

  it("because of authentication are distinguished by status 401 and 403", async () => {
    const body = { message: "No valid authentication provided or insufficient permissions." };
    assert.equal((await resolve({ status: 401, body })).code, "unauthorized");
    assert.equal((await resolve({ status: 403, body })).code, "forbidden");
  });

  it("because of the kind of task have priority over status 403", async () => {
    const body = { message: "invalid task type: only export tasks actions are allowed" };
    assert.equal((await resolve({ status: 403, body })).code, "notAnExportTask");
  });

  for (const [status, code] of byStatus) {
    it(`with words that are not documented under ${status} are ${code}`, async () => {
      const error = await resolve({ status, body: { message: "Something else" } });
      assert.equal(error.code, code);
      assert.equal(error.details.status, status);
    });
  }

  it("that are documented are not retried, whatever their status", async () => {
    await resolve({ status: 503, body: { message: "No task exists with the specified ID for this chain." } });
    assert.equal(server.requests.length, 1);
  });

  const states: [state: string, code: ErrorCode][] = [
    ["READY", "taskNotDone"],
    ["INPROGRESS", "taskNotDone"],
    ["ERROR", "noResultFile"],
  ];
  for (const [state, code] of states) {
    for (const [what, refusal] of Object.entries({
      "that the task is not DONE": { status: 409, body: { message: "task status is not DONE" } },
      "with unknown words": { status: 400, body: { message: "No." } },
      "with status 404": { status: 404, body: {} },
    })) {
      it(`${what} are ${code} when the task is ${state}`, async () => {
        const error = await resolve(refusal, { body: { id: 12345, state: { code: state } } });
        assert.equal(error.code, code);
        assert.equal(error.details.status, refusal.status);
      });
    }
  }

  it("with status 404 are noResultFile when the task exists and is done", async () => {
    assert.equal(
      (await resolve({ status: 404 }, { body: { id: 12345, state: { code: "DONE" } } })).code,
      "noResultFile",
    );
  });

  it("with unknown words keep their code if the task is done or its state can't be requested", async () => {
    const refusal = { status: 400, body: { message: "No." } };
    assert.equal((await resolve(refusal, { body: { id: 12345, state: { code: "DONE" } } })).code, "invalidRequest");
    assert.equal((await resolve(refusal, { status: 500 })).code, "invalidRequest");
    assert.match((await resolve(refusal, { status: 500 })).message, /: No\.$/);
  });

  it("keep the service's code, name and request ID for programs", async () => {
    const error = await resolve({
      status: 400,
      headers: { "X-Request-Id": "req-7f3a" },
      body: { result: { code: 2, status: "error" }, error: { code: 5, name: "some_name", description: "No." } },
    });
    const { serviceCode, reason, requestId } = error.details;
    assert.deepEqual(
      { serviceCode, reason, requestId },
      { serviceCode: 5, reason: "some_name", requestId: "req-7f3a" },
    );
  });

  it("never contain credentials, a URL or a long text that the service sent", async () => {
    const echo = `Bearer ${credentials.tokenId}:${credentials.tokenSecret} ${credentials.tokenSecret} https://h.test/a?sig=x `;
    const error = await resolve({ status: 400, body: { message: echo + "word ".repeat(1000) } });
    assert.ok(error.message.length < 700);
    await resolve({
      status: 400,
      headers: { "x-request-id": credentials.tokenSecret },
      body: { error: { code: credentials.tokenSecret, name: echo, description: echo } },
    });
  });

  it("with a Retry-After that exceeds the budget say when to try again", async () => {
    const error = await resolve({ status: 429, headers: { "retry-after": "3600" } });
    assert.deepEqual([error.code, error.details.retryAfterMs], ["tooManyRequests", 3_600_000]);
    assert.match(error.message, /Try again in 60 min/);
    const unavailable = await resolve({ status: 503, headers: { "retry-after": "90" } });
    assert.deepEqual([unavailable.code, unavailable.details.retryAfterMs], ["serviceUnavailable", 90_000]);
    assert.match(unavailable.message, /Try again in 90 s/);
  });

  const nonsense: [what: string, answer: PlannedAnswer][] = [
    ["a page", { body: "<!DOCTYPE html><title>Sign in</title>" }],
    ["a page under 404", { status: 404, body: "<html>Not Found</html>" }],
    ["broken JSON", { body: '{"url": "https://' }],
    ["nothing", { body: "" }],
    ["null", { body: "null" }],
    ["an empty object", { body: {} }],
    ["a list", { body: "[]" }],
    ["a link that is null", { body: { url: null } }],
    ["an empty link", { body: { url: "" } }],
    ["a relative link", { body: { url: "/file.csv" } }],
    ["a link of another scheme", { body: { url: "file:///etc/passwd" } }],
    ["a script as link", { body: { url: "javascript:alert(1)" } }],
    ["a link without encryption", { body: { url: "http://files.example.test/a.csv?sig=planted" } }],
  ];
  for (const [what, answer] of nonsense) {
    it(`are not confused with invalid content: ${what} is an unexpectedResponse`, async () => {
      assert.equal((await resolve(answer)).code, "unexpectedResponse");
    });
  }
});

describe("Spaaza's refusals of the list", () => {
  const refusals: [what: string, answer: PlannedAnswer, code: ErrorCode][] = [
    ["401", { status: 401 }, "unauthorized"],
    ["403", { status: 403 }, "forbidden"],
    ["404", { status: 404, body: { message: "no route" } }, "unexpectedResponse"],
    ["429", { status: 429 }, "tooManyRequests"],
    ["500", { status: 500 }, "serviceUnavailable"],
    ["a page", { body: "<html>" }, "unexpectedResponse"],
    ["an object", { body: { tasks: [] } }, "unexpectedResponse"],
    [
      "the envelope under 200",
      { body: { result: { status: "error" }, error: { description: "No." } } },
      "invalidRequest",
    ],
    [
      "the authentication sentence under 200",
      { body: { error: "No valid authentication provided or insufficient permissions." } },
      "unauthorized",
    ],
  ];
  for (const [what, answer, code] of refusals) {
    it(`${what} is ${code}, for the list and for the check of the credentials`, async () => {
      await using server = await startAnsweringServer(() => answer);
      const http = quickHttp();
      const service = createSpaazaService(http, { retryBudgetMs: () => 0 });
      const access = accessTo("spaaza", server.origin, credentials);
      const listing = await failure(service.listTasks(access, { pageSize: 5 }, call), planted);
      const checking = await failure(service.verify(access, call), planted);
      await http.close();
      assert.deepEqual([listing.code, checking.code], [code, code]);
    });
  }
});

describe("Spaaza's status 429", () => {
  it("causes a retry, whatever sentence is sent with it", async () => {
    const link = "https://files.example.test/a.csv";
    const busy = { status: 429, body: { message: "No task exists with the specified ID for this chain." } };
    const server = await startAnsweringServer((_, count) => (count === 1 ? busy : { body: { url: link } }));
    const http = quickHttp();
    try {
      const options = { retryBudgetMs: () => 10_000, clock: createFakeClock(), random: () => 0.5 };
      const service = createSpaazaService(http, options);
      const files = await service.resolveDownload(accessTo("spaaza", server.origin, credentials), "12345", call);
      assert.deepEqual(
        files.map(({ url }) => url),
        [link],
      );
      assert.equal(server.requests.length, 2);
    } finally {
      await http.close();
      await server[Symbol.asyncDispose]();
    }
  });
});
