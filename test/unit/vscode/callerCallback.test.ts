import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { callerCallback } from "../../../src/vscode/callerCallback.ts";

function failing(callback: (value: number) => unknown) {
  const logged: unknown[] = [];
  return { call: callerCallback(callback, { error: (_message, error) => void logged.push(error) }), logged };
}

describe("a function that another extension passes", () => {
  it("is called with each value", () => {
    const values: number[] = [];
    const { call, logged } = failing((value) => values.push(value));
    call(1);
    call(2);
    assert.deepEqual([values, logged], [[1, 2], []]);
  });

  it("can throw without an effect on our work, and its first error is logged", () => {
    const error = new Error("no");
    const { call, logged } = failing(() => {
      throw error;
    });
    call(1);
    call(2);
    assert.deepEqual(logged, [error]);
  });

  it("can return a promise or a thenable that is rejected", async () => {
    for (const answer of [
      () => Promise.reject(new Error("late")),
      () => ({ then: (_done: unknown, fail: (error: Error) => void) => fail(new Error("late")) }),
      () => ({
        get then(): never {
          throw new Error("late");
        },
      }),
    ]) {
      const { call, logged } = failing(answer);
      call(1);
      await new Promise(setImmediate);
      assert.equal(logged.length, 1);
    }
  });
});
