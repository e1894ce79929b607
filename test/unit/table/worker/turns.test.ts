import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Paced, takeTurns } from "../../../../src/table/worker/turns.ts";

describe("A value that is reported at a pace", () => {
  it("is reported at once, then once per interval, and always if it is the last one", (test) => {
    let now = 0;
    test.mock.method(performance, "now", () => now);
    const told: number[] = [];
    const paced = new Paced<number>(50, (value) => told.push(value));
    const offer = (at: number, isLast = false): void => {
      now = at;
      paced.offer(() => at, isLast);
    };
    offer(0);
    offer(49);
    assert.deepEqual(told, [0]);
    offer(50);
    offer(99);
    assert.deepEqual(told, [0, 50]);
    offer(99, true);
    offer(148);
    assert.deepEqual(told, [0, 50, 99]);
    offer(149);
    assert.deepEqual(told, [0, 50, 99, 149]);
  });

  it("is not even computed if it isn't reported", () => {
    const paced = new Paced<number>(60_000, () => undefined);
    paced.offer(() => 1, false);
    paced.offer(() => assert.fail("It was computed."), false);
  });
});

describe("A turn", () => {
  it("lets others run first, and ends the work if it was canceled meanwhile", async () => {
    const stop = new AbortController();
    setImmediate(() => stop.abort());
    await assert.rejects(takeTurns(stop.signal), { code: "cancelled" });
    await takeTurns(new AbortController().signal);
  });
});
