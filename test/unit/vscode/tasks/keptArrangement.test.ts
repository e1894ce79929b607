import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { usualArrangement } from "../../../../src/vscode/tasks/arrangeTasks.ts";
import { KeptArrangement } from "../../../../src/vscode/tasks/keptArrangement.ts";
import { PlainMemento } from "../plainMemento.ts";

describe("the arrangement of tasks", () => {
  it("is newest first without groups at the first start", () => {
    assert.deepEqual(new KeptArrangement(new PlainMemento()).current, { order: "newest", grouping: "none" });
  });

  it("is kept when the window is reloaded", () => {
    const state = new PlainMemento();
    const before = new KeptArrangement(state);
    before.change({ order: "name" });
    before.change({ grouping: "day" });
    assert.deepEqual(new KeptArrangement(state).current, { order: "name", grouping: "day" });
  });

  it("reports each change with the new arrangement", () => {
    const arrangement = new KeptArrangement(new PlainMemento());
    const told: unknown[] = [];
    const listening = arrangement.onDidChange(() => told.push(arrangement.current));
    arrangement.change({ order: "status" });
    listening.dispose();
    arrangement.change({ order: "oldest" });
    assert.deepEqual(told, [{ order: "status", grouping: "none" }]);
  });

  it("is the default one if the stored one can't be read", () => {
    for (const kept of [null, "name", { order: "name" }, { order: "size", grouping: "none" }]) {
      const state = new PlainMemento();
      void state.update("taskArrangement", kept);
      assert.deepEqual(new KeptArrangement(state).current, usualArrangement);
    }
  });
});
