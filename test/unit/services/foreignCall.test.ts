import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { describe, it, type TestContext } from "node:test";
import type { AccountAccess, ServiceCall, Waiting } from "../../../src/model/contract.ts";
import { adoptService } from "../../../src/services/foreignService.ts";
import { file, given } from "./foreignFixture.ts";

const access: AccountAccess = {
  account: { id: "a-1", service: "third", label: "Third", endpoint: "https://third.example.com" },
  credentials: { kind: "custom", values: { key: "planted-secret" } },
};
const unexpected = { code: "unexpectedResponse" };

/** A call that stays open until the test ends it, with what the service was given. */
function openCall(own: Partial<ServiceCall> = {}) {
  const caller = new AbortController();
  let answer = (): void => undefined;
  const promise = new Promise<void>((resolve) => {
    answer = resolve;
  });
  const seen: ServiceCall[] = [];
  const service = adoptService(
    given({
      verify: (_access: unknown, call: ServiceCall) => {
        seen.push(call);
        return promise;
      },
    }),
  );
  const work = service.verify(access, { signal: caller.signal, ...own });
  const [call] = seen;
  assert.ok(call !== undefined);
  return { caller, call, work, answer };
}

describe("the signal that another extension's service gets", () => {
  it("is a separate one, so that nothing done to it affects the caller", async () => {
    const { caller, call, work, answer } = openCall();
    assert.notEqual(call.signal, caller.signal);
    let heard = 0;
    caller.signal.addEventListener("abort", () => (heard += 1));
    call.signal.dispatchEvent(new Event("abort"));
    answer();
    await work;
    assert.deepEqual([heard, caller.signal.aborted], [0, false]);
  });

  it("is aborted when the caller cancels, and when the call has ended", async () => {
    const canceled = openCall();
    canceled.caller.abort();
    await assert.rejects(canceled.work, { code: "cancelled" });
    assert.equal(canceled.call.signal.aborted, true);
    const ended = openCall();
    ended.answer();
    await ended.work;
    assert.equal(ended.call.signal.aborted, true);
  });
});

describe("a call to another extension's service", () => {
  it("is not made if it was canceled before", async () => {
    let calls = 0;
    const service = adoptService(given({ verify: () => (calls += 1) }));
    await assert.rejects(service.verify(access, { signal: AbortSignal.abort() }), { code: "cancelled" });
    assert.equal(calls, 0);
  });

  it("leaves no listener on the caller's signal, and no timer", async (t: TestContext) => {
    t.mock.timers.enable({ apis: ["setTimeout"] });
    const { caller, call, work, answer } = openCall();
    call.onWaiting?.({ retryInMs: 5, reason: "Busy." });
    answer();
    await work;
    assert.equal(getEventListeners(caller.signal, "abort").length, 0);
    t.mock.timers.tick(10 * 60 * 60_000);
  });

  it("fails with the error of the service", async (t: TestContext) => {
    t.mock.timers.enable({ apis: ["setTimeout"] });
    const failing = adoptService(
      given({ verify: () => Promise.reject(Object.assign(new Error("No."), { code: "forbidden" })) }),
    );
    await assert.rejects(failing.verify(access, { signal: new AbortController().signal }), { code: "forbidden" });
  });

  it("is canceled, not late, if the caller leaves when it is", async (t: TestContext) => {
    t.mock.timers.enable({ apis: ["setTimeout"] });
    const { caller, work } = openCall();
    t.mock.timers.tick(10 * 60_000);
    caller.abort();
    await assert.rejects(work, { code: "cancelled" });
  });

  it("ends after ten minutes without an answer", async (t: TestContext) => {
    t.mock.timers.enable({ apis: ["setTimeout"] });
    const { call, work } = openCall();
    t.mock.timers.tick(10 * 60_000 - 1);
    assert.equal(call.signal.aborted, false);
    t.mock.timers.tick(1);
    await assert.rejects(work, { code: "timeout", message: "Third hasn't answered for 10 minutes. Try again later." });
    assert.equal(call.signal.aborted, true);
  });

  it("may take longer if the service reports pauses", async (t: TestContext) => {
    t.mock.timers.enable({ apis: ["setTimeout"] });
    const { call, work } = openCall();
    call.onWaiting?.({ retryInMs: 3_600_000, reason: "Busy." });
    t.mock.timers.tick(3_600_000);
    assert.equal(call.signal.aborted, false);
    t.mock.timers.tick(10 * 60_000);
    await assert.rejects(work, { code: "timeout" });
  });

  it("passes on at most one pause per second, the last one", (t: TestContext) => {
    t.mock.timers.enable({ apis: ["setTimeout"] });
    const told: number[] = [];
    const { call } = openCall({ onWaiting: ({ retryInMs }) => told.push(retryInMs) });
    const report = (retryInMs: number): void => call.onWaiting?.({ retryInMs, reason: "Busy." });
    for (let pause = 1; pause <= 100_000; pause++) report(pause);
    assert.deepEqual(told, [1]);
    t.mock.timers.tick(1000);
    assert.deepEqual(told, [1, 100_000]);
    report(7);
    t.mock.timers.tick(999);
    assert.deepEqual(told, [1, 100_000]);
    t.mock.timers.tick(1);
    assert.deepEqual(told, [1, 100_000, 7]);
  });

  it("passes on no pause after it has ended", async (t: TestContext) => {
    t.mock.timers.enable({ apis: ["setTimeout"] });
    const told: Waiting[] = [];
    const { call, work, answer } = openCall({ onWaiting: (waiting) => told.push(waiting) });
    for (const retryInMs of [1, 2]) call.onWaiting?.({ retryInMs, reason: "Busy." });
    answer();
    await work;
    call.onWaiting?.({ retryInMs: 3, reason: "Busy." });
    t.mock.timers.tick(5000);
    assert.deepEqual(
      told.map(({ retryInMs }) => retryInMs),
      [1],
    );
  });

  it("ignores a reported pause that can't be read", () => {
    const { call } = openCall({ onWaiting: () => undefined });
    const broken = {
      get retryInMs(): number {
        throw new Error("planted");
      },
      reason: "Busy.",
    };
    call.onWaiting?.(broken);
  });
});

describe("data from another extension's service", () => {
  it("is read only once, even if it is a list whose length changes", async () => {
    let lengths = 0;
    const growing = new Proxy([file], {
      get: (list, name, receiver): unknown => {
        if (name === "length") return ++lengths;
        return Reflect.get(list, name === "0" ? "0" : name, receiver);
      },
    });
    const service = adoptService(given({ resolveDownload: () => growing }));
    const { signal } = new AbortController();
    assert.deepEqual(await service.resolveDownload(access, "T1", { signal }), [file]);
    assert.equal(lengths, 1);
  });

  it("has a limit: forms, base URLs, labels, pages and names", async () => {
    const { signal } = new AbortController();
    const many = (entry: unknown): unknown[] => Array.from({ length: 101 }, () => entry);
    const form = (given() as { credentialForms: object[] }).credentialForms[0];
    for (const changes of [
      { credentialForms: many(form) },
      { credentialForms: [{ ...form, fields: many({ name: "key", label: "Key" }) }] },
      { endpoints: many({ url: "https://third.example.com" }) },
      { endpoints: [{ url: `https://third.example.com/${"a".repeat(5000)}` }] },
      { defaultEndpoint: `https://third.example.com/${"a".repeat(5000)}` },
    ]) {
      assert.throws(() => adoptService(given(changes)), { code: "invalidRequest" });
    }
    const next = "n".repeat(1_000_000);
    const subject = "s".repeat(1_000_000);
    const page = await adoptService(given({ listTasks: () => ({ tasks: [{ id: "T1", subject }], next }) })).listTasks(
      access,
      { pageSize: 1 },
      { signal },
    );
    assert.equal(page.next, undefined);
    assert.equal(page.tasks[0]?.subject?.length, 10_000);
    const link = { ...file, url: `https://files.example.com/${"a".repeat(100_000)}` };
    const linking = adoptService(given({ resolveDownload: () => [link] }));
    await assert.rejects(linking.resolveDownload(access, "T1", { signal }), unexpected);
  });

  it("includes only the values of its form's fields if a person pastes text", () => {
    const pasted = (answer: unknown) => {
      const form = (given() as { credentialForms: object[] }).credentialForms[0];
      const service = adoptService(given({ credentialForms: [{ ...form, readPasted: () => answer }] }));
      return service.credentialForms[0]?.readPasted?.("text");
    };
    assert.deepEqual(pasted({ key: "k", other: "o" }), { key: "k" });
    assert.deepEqual(pasted({}), {});
    assert.equal(pasted({ key: "k".repeat(5000) }), undefined);
    assert.equal(pasted({ key: 3 }), undefined);
  });

  it("doesn't include text that is too long for an ID or a credential", () => {
    const seen: string[] = [];
    const see = (text: string): undefined => {
      seen.push(text);
    };
    const form = (given() as { credentialForms: object[] }).credentialForms[0];
    const service = adoptService(given({ findTaskId: see, credentialForms: [{ ...form, readPasted: see }] }));
    const long = "a".repeat(1_000_000);
    assert.equal(service.findTaskId(long), undefined);
    assert.equal(service.credentialForms[0]?.readPasted?.(long), undefined);
    assert.deepEqual(seen, []);
  });
});
