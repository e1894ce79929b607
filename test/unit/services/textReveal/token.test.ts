import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { Credentials, ServiceCall } from "../../../../src/model/contract.ts";
import type { ErrorCode } from "../../../../src/model/exportError.ts";
import { createTextRevealService } from "../../../../src/services/textReveal/textRevealService.ts";
import { type PlannedAnswer, type SeenRequest, startAnsweringServer } from "../../http/answeringServer.ts";
import { createFakeClock } from "../../http/fakeClock.ts";
import { accessTo, call, failure, plantedIn, quickHttp } from "../serviceFixture.ts";

const credentials: Credentials = { kind: "apiKey", key: "planted-api-key", secret: "planted-api-secret" };
const planted = [...plantedIn(credentials), "granted-1", "granted-2"];
const emptyPage = { body: { data: [], has_next: false } };
const hour = 3_600_000;

type Plan = (request: SeenRequest, grants: number) => PlannedAnswer | undefined;

/** API and login on one server; each grant gives `granted-1`, `granted-2` and so on, for a day. */
async function start(plan: Plan = () => emptyPage, login?: (grants: number) => PlannedAnswer | undefined) {
  let grants = 0;
  const server = await startAnsweringServer((request) => {
    if (request.path !== "/oauth/token") return plan(request, grants);
    grants++;
    return login === undefined
      ? { body: { access_token: `granted-${grants}`, expires_in: 86_400, token_type: "Bearer" } }
      : login(grants);
  });
  const http = quickHttp();
  const clock = createFakeClock();
  const service = createTextRevealService(http, { retryBudgetMs: () => 2000, clock, random: () => 0.9 });
  const access = accessTo("textreveal", `${server.origin}/v3`, credentials, `${server.origin}/oauth/token`);
  return {
    service,
    clock,
    access,
    requests: server.requests,
    get grants() {
      return grants;
    },
    async [Symbol.asyncDispose]() {
      await http.close();
      await server[Symbol.asyncDispose]();
    },
  };
}

describe("the TextReveal token", () => {
  it("is requested with the password as documented, and sent as a bearer token", async () => {
    await using setup = await start();
    await setup.service.verify(setup.access, call);
    const [grant, request] = setup.requests;
    assert.deepEqual([grant?.method, grant?.path, grant?.headers.authorization], ["POST", "/oauth/token", undefined]);
    assert.deepEqual(JSON.parse(grant?.body ?? ""), {
      grant_type: "password",
      username: "planted-api-key",
      password: "planted-api-secret",
      audience: "https://api.textreveal.com/",
      client_id: "2vlZbytm6YvS48bl0lH3Dcjxq87iXX4w",
    });
    assert.equal(request?.headers.authorization, "Bearer granted-1");
  });

  it("is used again until shortly before it expires", async () => {
    await using setup = await start();
    await setup.service.verify(setup.access, call);
    setup.clock.advance(24 * hour - 301_000);
    await setup.service.verify(setup.access, call);
    assert.equal(setup.grants, 1);
    setup.clock.advance(2000);
    await setup.service.verify(setup.access, call);
    assert.equal(setup.grants, 2);
  });

  it("is used for most of its time if that is short", async () => {
    await using setup = await start(undefined, () => ({ body: { access_token: "granted-1", expires_in: 60 } }));
    await setup.service.verify(setup.access, call);
    setup.clock.advance(50_000);
    await setup.service.verify(setup.access, call);
    assert.equal(setup.grants, 1);
  });

  it("is requested once for simultaneous callers", async () => {
    await using setup = await start();
    await Promise.all(Array.from({ length: 5 }, () => setup.service.verify(setup.access, call)));
    assert.equal(setup.grants, 1);
  });

  it("is requested again once after status 401", async () => {
    await using setup = await start(({ headers }) =>
      headers.authorization === "Bearer granted-1" ? { status: 401, body: { reason: "unauthorized" } } : emptyPage,
    );
    await Promise.all([setup.service.verify(setup.access, call), setup.service.verify(setup.access, call)]);
    assert.equal(setup.grants, 2);
  });

  it("causes unauthorized if even a new one is refused", async () => {
    await using setup = await start(() => ({ status: 401, body: { message: "granted-2 is not known" } }));
    const error = await failure(setup.service.verify(setup.access, call), planted);
    assert.deepEqual([error.code, setup.grants], ["unauthorized", 2]);
  });

  it("is not used for other credentials, even of the same account", async () => {
    await using setup = await start();
    await setup.service.verify(setup.access, call);
    await setup.service.verify({ ...setup.access, credentials: { ...credentials, secret: "planted-other" } }, call);
    assert.equal(setup.grants, 2);
  });

  it("is sent as entered if it is an access token", async () => {
    await using setup = await start(() => ({ status: 401 }));
    const given: Credentials = { kind: "accessToken", token: "planted-token" };
    const error = await failure(setup.service.verify({ ...setup.access, credentials: given }, call), plantedIn(given));
    assert.deepEqual([error.code, setup.grants, setup.requests.length], ["unauthorized", 0, 1]);
  });

  it("is requested again if the token URL doesn't respond", async () => {
    await using setup = await start(undefined, (grants) =>
      grants < 3 ? undefined : { body: { access_token: "granted-3", expires_in: 86_400 } },
    );
    await setup.service.verify(setup.access, call);
    assert.equal(setup.grants, 3);
  });

  it("is still requested for the other callers if one cancels, and all are told about waits", async () => {
    await using setup = await start(undefined, (grants) =>
      grants === 1 ? { status: 503 } : { body: { access_token: "granted-2", expires_in: 86_400 } },
    );
    const leaving = new AbortController();
    let told = 0;
    const first: ServiceCall = {
      signal: leaving.signal,
      onWaiting: () => leaving.abort(),
    };
    const second: ServiceCall = { ...call, onWaiting: () => told++ };
    const [left, stayed] = await Promise.allSettled([
      setup.service.verify(setup.access, first),
      setup.service.verify(setup.access, second),
    ]);
    assert.equal(left.status, "rejected");
    assert.equal((left.reason as { code?: string }).code, "cancelled");
    assert.deepEqual([stayed.status, told, setup.grants], ["fulfilled", 1, 2]);
  });

  it("is requested only once for the remaining and new callers after one has canceled", async () => {
    const granted = { access_token: "granted-1", expires_in: 86_400 };
    await using setup = await start(undefined, () => ({ delayMs: 100, body: granted }));
    const leaving = new AbortController();
    const first = failure(setup.service.verify(setup.access, { signal: leaving.signal }), planted);
    const second = setup.service.verify(setup.access, call);
    leaving.abort();
    await first;
    await Promise.all([second, setup.service.verify(setup.access, call)]);
    assert.equal(setup.grants, 1);
  });

  it("counts as valid for an hour if its lifetime is none", async () => {
    for (const lifetime of ["-1", "1e999", "1e15"]) {
      const body = `{"access_token":"granted-1","expires_in":${lifetime}}`;
      await using setup = await start(undefined, () => ({ body }));
      await setup.service.verify(setup.access, call);
      await setup.service.verify(setup.access, call);
      assert.equal(setup.grants, 1, lifetime);
      setup.clock.advance(3_600_000);
      await setup.service.verify(setup.access, call);
      assert.equal(setup.grants, 2, lifetime);
    }
  });

  it("is no longer requested when the last caller has canceled", async () => {
    const leaving = new AbortController();
    await using setup = await start(undefined, () => {
      setTimeout(() => leaving.abort(), 10);
      return { status: 200, body: "", headers: { "content-length": "100" } };
    });
    const error = await failure(setup.service.verify(setup.access, { signal: leaving.signal }), planted);
    assert.equal(error.code, "cancelled");
  });

  const refusals: [what: string, answer: PlannedAnswer, code: ErrorCode][] = [
    [
      "403 invalid_grant",
      { status: 403, body: { error: "invalid_grant", error_description: "Wrong planted-api-key" } },
      "unauthorized",
    ],
    ["400 invalid_grant", { status: 400, body: { error: "invalid_grant" } }, "unauthorized"],
    ["401 access_denied", { status: 401, body: { error: "access_denied" } }, "unauthorized"],
    ["401", { status: 401, body: "Unauthorized" }, "unauthorized"],
    ["403", { status: 403, body: {} }, "forbidden"],
    [
      "400 invalid",
      { status: 400, body: { reason: "invalid", message: "username planted-api-key" } },
      "invalidRequest",
    ],
    ["404", { status: 404 }, "unexpectedResponse"],
    ["429", { status: 429, headers: { "retry-after": "600" } }, "tooManyRequests"],
    ["500", { status: 500 }, "serviceUnavailable"],
    ["a page", { body: "<html>" }, "unexpectedResponse"],
    ["no token", { body: { expires_in: 1 } }, "unexpectedResponse"],
    ["an empty token", { body: { access_token: "" } }, "unexpectedResponse"],
  ];
  for (const [what, answer, code] of refusals) {
    it(`causes ${code} if the response of the token URL is ${what}`, async () => {
      await using setup = await start(undefined, () => answer);
      assert.equal((await failure(setup.service.verify(setup.access, call), planted)).code, code);
      assert.ok(setup.requests.every(({ path }) => path === "/oauth/token"));
    });
  }

  it("is never requested over an unencrypted connection", async () => {
    await using setup = await start();
    const access = accessTo("textreveal", setup.access.account.endpoint, credentials, "http://login.example.test/");
    assert.equal((await failure(setup.service.verify(access, call), planted)).code, "invalidRequest");
  });
});
