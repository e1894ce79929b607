import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { refreshPauseMs } from "../../../../src/vscode/tasks/refreshPause.ts";

describe("the pause before an automatic refresh", () => {
  it("is what the user has set, but never less than five seconds", () => {
    assert.equal(refreshPauseMs(30, 0), 30_000);
    assert.equal(refreshPauseMs(3600, 0), 3_600_000);
    for (const seconds of [0.001, 1, 4.9]) assert.equal(refreshPauseMs(seconds, 0), 5000);
  });

  it("doubles with each failure, up to ten minutes", () => {
    assert.deepEqual(
      [1, 2, 3, 30, 5000].map((failures) => refreshPauseMs(30, failures)),
      [60_000, 120_000, 240_000, 600_000, 600_000],
    );
    assert.equal(refreshPauseMs(3600, 3), 3_600_000, "a failure never makes it shorter");
  });
});
