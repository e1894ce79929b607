import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { describe, it } from "node:test";
import type { ServiceCall, Waiting } from "../../../src/model/contract.ts";
import { SharedWork } from "../../../src/services/sharedWork.ts";

const limit = { timeout: 10_000 };

/** Work that ends when the test says so. */
function heldWork(): { work: SharedWork<number>; end: (result: number) => void; call: () => ServiceCall } {
  let end: (result: number) => void = () => undefined;
  let given: ServiceCall | undefined;
  const work = new SharedWork<number>((call) => {
    given = call;
    return new Promise((resolve) => (end = resolve));
  });
  const call = (): ServiceCall => given ?? assert.fail("It has not begun");
  return { work, end: (result) => end(result), call };
}

describe("work that several callers share", () => {
  it("gives all of them the result, and leaves no listener on their signals", limit, async () => {
    const { work, end } = heldWork();
    const { signal } = new AbortController();
    const joined = [work.join({ signal }), work.join({ signal })];
    end(7);
    assert.deepEqual(await Promise.all(joined), [7, 7]);
    assert.equal(getEventListeners(signal, "abort").length, 0);
  });

  it("continues for the others when one of them cancels", limit, async () => {
    const { work, end, call } = heldWork();
    const leaving = new AbortController();
    const left = work.join({ signal: leaving.signal });
    const stayed = work.join({ signal: new AbortController().signal });
    leaving.abort();
    await assert.rejects(left, { code: "cancelled" });
    assert.deepEqual([work.isAbandoned, call().signal.aborted], [false, false]);
    end(7);
    assert.equal(await stayed, 7);
  });

  it("is aborted when the last of them cancels", limit, async () => {
    const { work, call } = heldWork();
    const leaving = new AbortController();
    const left = [work.join({ signal: leaving.signal }), work.join({ signal: leaving.signal })];
    leaving.abort();
    for (const each of left) await assert.rejects(each, { code: "cancelled" });
    assert.deepEqual([work.isAbandoned, call().signal.aborted], [true, true]);
  });

  it("can't be joined with a signal that is already aborted", limit, async () => {
    const { work } = heldWork();
    await assert.rejects(work.join({ signal: AbortSignal.abort() }), { code: "cancelled" });
    assert.equal(work.isAbandoned, false);
  });

  it("reports its pauses to all current callers that listen", limit, async () => {
    const { work, end, call } = heldWork();
    const told: Waiting[] = [];
    const leaving = new AbortController();
    const left = work.join({ signal: leaving.signal, onWaiting: (waiting) => told.push(waiting) });
    const silent = work.join({ signal: new AbortController().signal });
    const waiting: Waiting = { retryInMs: 5, reason: "busy" };
    call().onWaiting?.(waiting);
    leaving.abort();
    await assert.rejects(left, { code: "cancelled" });
    call().onWaiting?.(waiting);
    end(7);
    await silent;
    assert.deepEqual(told, [waiting]);
  });

  it("can fail without callers", limit, async () => {
    const work = new SharedWork(() => Promise.reject(new Error("broken")));
    await new Promise((resolve) => setImmediate(resolve));
    await assert.rejects(work.join({ signal: new AbortController().signal }), { message: "broken" });
  });
});
