import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { describe, it } from "node:test";
import { Waiters } from "../../../../src/table/worker/waiters.ts";

describe("Callers that wait for a step", () => {
  it("are all answered by the next one, and only once", async () => {
    const waiters = new Waiters();
    const { signal } = new AbortController();
    assert.equal(waiters.isEmpty, true);
    const waiting = [waiters.next(signal), waiters.next(signal)];
    assert.equal(waiters.isEmpty, false);
    waiters.stepped();
    await Promise.all(waiting);
    assert.equal(waiters.isEmpty, true);
    assert.deepEqual(getEventListeners(signal, "abort"), []);
  });

  it("are all told why the work failed", async () => {
    const waiters = new Waiters();
    const failure = new Error("no disk");
    const waiting = [1, 2].map(() => assert.rejects(waiters.next(new AbortController().signal), failure));
    waiters.failed(failure);
    await Promise.all(waiting);
    assert.equal(waiters.isEmpty, true);
  });

  it("can stop waiting, alone, at any time", async () => {
    const waiters = new Waiters();
    const stop = new AbortController();
    const stopped = assert.rejects(waiters.next(stop.signal), { code: "cancelled" });
    const other = waiters.next(new AbortController().signal);
    stop.abort();
    await stopped;
    await assert.rejects(waiters.next(stop.signal), { code: "cancelled" });
    assert.equal(waiters.isEmpty, false);
    waiters.stepped();
    await other;
  });
});
