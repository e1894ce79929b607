import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { countsInWords, statusText } from "../../../../src/vscode/status/statusText.ts";

describe("The item of the status bar", () => {
  it("counts what runs and what is watched, apart from each other", () => {
    assert.equal(statusText({ running: 1, share: "43%", watched: 0 }), "1 download 43%");
    assert.equal(statusText({ running: 0, share: "0%", watched: 2 }), "2 watched");
    assert.equal(statusText({ running: 3, share: "7%", watched: 1 }), "3 downloads 7% · 1 watched");
  });

  it("says the same in words", () => {
    assert.deepEqual(countsInWords({ running: 1, watched: 1 }), ["1 download is running", "1 task is watched"]);
    assert.deepEqual(countsInWords({ running: 2, watched: 5 }), ["2 downloads are running", "5 tasks are watched"]);
    assert.deepEqual(countsInWords({ running: 0, watched: 0 }), []);
  });
});
