import assert from "node:assert/strict";
import { text } from "node:stream/consumers";
import { after, before, beforeEach, describe, it } from "node:test";
import { HeldBack, withHostCeiling } from "../../../src/http/hostCeiling.ts";
import type { HttpClient } from "../../../src/http/httpClient.ts";
import { callJson } from "../../../src/http/jsonCall.ts";
import { createHttpClient } from "../../../src/http/undiciClient.ts";
import type { Waiting } from "../../../src/model/contract.ts";
import { type AnsweringServer, type PlannedAnswer, startAnsweringServer } from "./answeringServer.ts";
import { createFakeClock } from "./fakeClock.ts";

const minute = 60_000;
const { signal } = new AbortController();

describe("the limit of requests per host", () => {
  let client: HttpClient;
  let server: AnsweringServer;
  let other: AnsweringServer;
  let answer: (path: string) => PlannedAnswer | undefined = () => ({ status: 503 });

  before(async () => {
    client = createHttpClient(() => ({ connectTimeoutMs: 2000, stallTimeoutMs: 2000 }));
    server = await startAnsweringServer(({ path }) => answer(path));
    other = await startAnsweringServer(() => ({ status: 503 }));
  });
  beforeEach(() => {
    server.requests.length = 0;
    answer = () => ({ status: 503 });
  });
  after(async () => {
    await client.close();
    await server[Symbol.asyncDispose]();
    await other[Symbol.asyncDispose]();
  });

  function limited(limits: { failuresPerMinute: number; requestsPerMinute?: number }) {
    const clock = createFakeClock();
    const http = withHostCeiling(client, { ...limits, clock, random: () => 0 });
    const send = async (origin = server.origin): Promise<number> => {
      const { status, body } = await http.send({ url: `${origin}/`, signal });
      body.destroy();
      return status;
    };
    return { http, clock, send };
  }

  it("rejects requests after too many failures, until the oldest failure is a minute ago", async () => {
    const { clock, send } = limited({ failuresPerMinute: 3 });
    for (let count = 0; count < 3; count++) {
      assert.equal(await send(), 503);
      await clock.wait(1000, signal);
    }
    await assert.rejects(send(), (error) => {
      assert.ok(error instanceof HeldBack);
      assert.equal(error.code, "tooManyRequests");
      assert.equal(error.waitMs, minute - 3000);
      assert.match(error.message, /within a minute\. Try again in 57 s\.$/);
      return true;
    });
    assert.equal(server.requests.length, 3);
    assert.equal(await send(other.origin), 503, "another host is not affected");
    await clock.wait(minute - 3000, signal);
    assert.equal(await send(), 503);
    await assert.rejects(send(), HeldBack);
  });

  it("counts lost connections and refusals, but not successes and canceled requests", async () => {
    const { http, send } = limited({ failuresPerMinute: 2 });
    answer = () => ({ status: 206 });
    for (let count = 0; count < 10; count++) assert.equal(await send(), 206);
    answer = () => ({ status: 200, delayMs: 10_000 });
    const abort = new AbortController();
    const canceled = http.send({ url: `${server.origin}/`, signal: abort.signal });
    abort.abort();
    await assert.rejects(canceled, { code: "cancelled" });
    answer = () => undefined;
    await assert.rejects(send(), { code: "offline" });
    answer = () => ({ status: 404 });
    assert.equal(await send(), 404);
    await assert.rejects(send(), HeldBack);
  });

  it("counts bodies that break off, but not those that their reader leaves or that are complete", async () => {
    const { http, send } = limited({ failuresPerMinute: 2 });
    answer = () => ({ body: "x".repeat(100_000) });
    for (let count = 0; count < 3; count++) assert.equal(await send(), 200);
    const read = async (): Promise<void> => {
      const { body } = await http.send({ url: server.origin, signal });
      await text(body);
    };
    for (let count = 0; count < 3; count++) await read();
    const abort = new AbortController();
    const { body } = await http.send({ url: server.origin, signal: abort.signal });
    abort.abort();
    await assert.rejects(text(body), { code: "cancelled" });
    answer = () => ({ headers: { "content-length": "100", connection: "close" }, body: "x" });
    for (let count = 0; count < 2; count++) await assert.rejects(read(), { code: "offline" });
    await assert.rejects(read(), HeldBack);
  });

  it("counts a refusal whose body breaks off once", async () => {
    const { http } = limited({ failuresPerMinute: 2 });
    answer = () => ({ status: 503, headers: { "content-length": "100", connection: "close" }, body: "x" });
    for (let count = 0; count < 2; count++)
      await assert.rejects(text((await http.send({ url: server.origin, signal })).body), { code: "offline" });
    await assert.rejects(http.send({ url: server.origin, signal }), HeldBack);
  });

  it("limits the number of all requests if a number is set", async () => {
    const { clock, send } = limited({ failuresPerMinute: 10, requestsPerMinute: 4 });
    answer = () => ({ status: 200 });
    const results = await Promise.allSettled(Array.from({ length: 9 }, () => send()));
    assert.equal(results.filter(({ status }) => status === "fulfilled").length, 4);
    assert.equal(server.requests.length, 4);
    await clock.wait(minute, signal);
    assert.equal(await send(), 200);
  });

  it("still applies if a host says that no wait is needed, however often calls repeat", async () => {
    const { http, clock } = limited({ failuresPerMinute: 20 });
    const startedAt = clock.now();
    answer = () => ({ status: 429, headers: { "retry-after": "0" } });
    const call = () =>
      callJson(http, { url: `${server.origin}/` }, { signal, clock, random: () => 0, retryBudgetMs: 1000 }).catch(
        () => undefined,
      );
    for (let round = 0; round < 5; round++) await Promise.all(Array.from({ length: 20 }, call));
    assert.ok(clock.now() - startedAt < minute, "this all happens within a minute");
    // Those that were already on their way when the limit was reached are not stopped.
    assert.ok(server.requests.length <= 20 + 19, `${server.requests.length} requests`);
  });

  it("makes a call with time left in its budget wait with a countdown, even if it changes something in the service", async () => {
    const { http, clock, send } = limited({ failuresPerMinute: 1 });
    await send();
    answer = () => ({ body: { fine: true } });
    const waits: Waiting[] = [];
    const reply = await callJson(
      http,
      { url: `${server.origin}/`, method: "POST", body: {} },
      { signal, clock, random: () => 0, retryBudgetMs: 2 * minute, onWaiting: (waiting) => waits.push(waiting) },
    );
    assert.equal(reply.status, 200);
    assert.deepEqual(waits, [{ retryInMs: minute, reason: `Too many requests to ${new URL(server.origin).host}.` }]);
  });

  it("spreads the waiting requests over some seconds", async () => {
    const clock = createFakeClock();
    const http = withHostCeiling(client, { failuresPerMinute: 1, clock, random: () => 0.5 });
    (await http.send({ url: server.origin, signal })).body.destroy();
    await assert.rejects(http.send({ url: server.origin, signal }), { waitMs: minute + 2500 });
  });

  it("doesn't delay requests for hours after the clock was set back", async () => {
    const clock = createFakeClock();
    let back = 0;
    const http = withHostCeiling(client, {
      failuresPerMinute: 1,
      clock: { ...clock, now: () => clock.now() - back },
      random: () => 0,
    });
    (await http.send({ url: server.origin, signal })).body.destroy();
    back = 3_600_000;
    assert.equal((await http.send({ url: server.origin, signal })).status, 503);
  });
});
