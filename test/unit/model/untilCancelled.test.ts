import assert from "node:assert/strict";
import { getEventListeners } from "node:events";
import { describe, it } from "node:test";
import { untilCancelled } from "../../../src/model/untilCancelled.ts";

const forever = new Promise<never>(() => undefined);
const limit = { timeout: 10_000 };

describe("work that ignores a signal", () => {
  it("ends as it would without the signal, and leaves no listener", limit, async () => {
    const { signal } = new AbortController();
    assert.equal(await untilCancelled(Promise.resolve(7), signal), 7);
    await assert.rejects(untilCancelled(Promise.reject(new Error("broken")), signal), { message: "broken" });
    assert.equal(getEventListeners(signal, "abort").length, 0);
  });

  it("is no longer waited for when the signal is aborted, before or during the work", limit, async () => {
    const controller = new AbortController();
    const left = untilCancelled(forever, controller.signal);
    controller.abort();
    await assert.rejects(left, { code: "cancelled" });
    await assert.rejects(untilCancelled(forever, controller.signal), { code: "cancelled" });
    assert.equal(getEventListeners(controller.signal, "abort").length, 0);
  });

  it("may fail afterwards without ending the process", limit, async () => {
    let fail: (error: Error) => void = () => undefined;
    const work = new Promise<never>((_resolve, reject) => (fail = reject));
    await assert.rejects(untilCancelled(work, AbortSignal.abort()), { code: "cancelled" });
    fail(new Error("too late"));
    await new Promise((resolve) => setImmediate(resolve));
  });
});
