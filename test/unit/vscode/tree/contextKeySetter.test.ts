import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { contextKeys, type ContextKey } from "../../../../src/vscode/ids.ts";
import { ContextKeySetter } from "../../../../src/vscode/tree/contextKeySetter.ts";

describe("Context keys", () => {
  it("are set once for a whole download, however often it reports progress", () => {
    const calls: [ContextKey, boolean][] = [];
    const keys = new ContextKeySetter((key, value) => calls.push([key, value]));
    const show = (running: number, paused: number): void => {
      keys.set(contextKeys.hasRunning, running > 0);
      keys.set(contextKeys.hasPaused, paused > 0);
    };
    show(0, 0);
    for (let progress = 0; progress < 100; progress += 1) show(1, 0);
    show(0, 1);
    assert.deepEqual(calls, [
      [contextKeys.hasRunning, false],
      [contextKeys.hasPaused, false],
      [contextKeys.hasRunning, true],
      [contextKeys.hasRunning, false],
      [contextKeys.hasPaused, true],
    ]);
  });
});
