import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type GrowingExport, GrowingExports } from "../../../../src/vscode/downloads/growingExports.ts";

const task = { accountId: "account-1", taskId: "12345" };
const part = { file: 0, part: "/exports/a.csv.01234567.part", path: "/exports/a.csv", bytes: 10, total: 100 };

function listened(): { growing: GrowingExports; told: GrowingExport[] } {
  const growing = new GrowingExports();
  const told: GrowingExport[] = [];
  growing.listen((changed) => void told.push(changed));
  return { growing, told };
}

const statesOf = (told: readonly GrowingExport[]): string[] => told.map(({ state }) => state.kind);

describe("A file that is being downloaded", () => {
  it("is found by its own name and by its part's, until it is placed", () => {
    const { growing, told } = listened();
    growing.grew(task, { ...part, placed: false });
    assert.equal(growing.find("/exports/a.csv")?.bytes, 10);
    assert.equal(growing.find(part.part)?.path, "/exports/a.csv");
    assert.equal(growing.find("/exports/b.csv"), undefined);
    growing.grew(task, { ...part, bytes: 100, path: "/exports/a (2).csv", placed: true });
    assert.equal(growing.find("/exports/a.csv"), undefined);
    assert.deepEqual(growing.ofTask(task), []);
    assert.deepEqual(statesOf(told), ["growing", "placed"]);
    assert.equal(told.at(-1)?.path, "/exports/a (2).csv");
  });

  it("says why no bytes come, once, and when they come again", () => {
    const { growing, told } = listened();
    growing.waits(task, 0, "nobody knows this file yet");
    growing.grew(task, { ...part, placed: false });
    growing.waits(task, 0, "The network is away.");
    growing.waits(task, 0, "The network is away.");
    growing.waits(task, 1, "another file");
    growing.waits(task, 0, undefined);
    assert.deepEqual(
      told.map(({ state }) => (state.kind === "growing" ? state.waiting : state.kind)),
      [undefined, "The network is away.", undefined],
    );
  });

  it("stands still with what has come, and goes on from there", () => {
    const { growing, told } = listened();
    growing.grew(task, { ...part, path: "/exports/better name.csv", placed: false });
    growing.stands(task, [{ ...part, bytes: 20 }], undefined);
    const paused = growing.find("/exports/better name.csv");
    assert.deepEqual([paused?.state, paused?.bytes], [{ kind: "paused" }, 20]);
    growing.begun(task);
    growing.stands(task, [part], "The disk is full.");
    assert.deepEqual(told.at(-1)?.state, { kind: "failed", reason: "The disk is full." });
    assert.deepEqual(statesOf(told), ["growing", "paused", "growing", "failed"]);
  });

  it("is gone when a download leaves no part of it, and only that one", () => {
    const { growing, told } = listened();
    growing.grew(task, { ...part, placed: false });
    growing.grew(task, { ...part, file: 1, part: "/exports/b.part", path: "/exports/b.csv", placed: false });
    growing.stands(task, [part], undefined);
    assert.deepEqual(
      growing.ofTask(task).map(({ file }) => file),
      [0],
    );
    assert.deepEqual(
      told.filter(({ state }) => state.kind === "gone").map(({ file }) => file),
      [1],
    );
    growing.ended(task);
    assert.deepEqual(statesOf(told).at(-1), "gone");
    assert.equal(growing.find("/exports/a.csv"), undefined);
  });

  it("that another window brought is placed where that one put it", () => {
    const { growing, told } = listened();
    growing.grew(task, { ...part, placed: false });
    growing.ended(task, new Map([[0, "/exports/there.csv"]]));
    assert.deepEqual([told.at(-1)?.path, told.at(-1)?.state], ["/exports/there.csv", { kind: "placed" }]);
  });

  it("is of its own task only", () => {
    const { growing } = listened();
    growing.grew(task, { ...part, placed: false });
    growing.grew({ ...task, taskId: "2" }, { ...part, path: "/exports/2.csv", part: "/exports/2.part", placed: false });
    growing.ended(task);
    assert.equal(growing.find("/exports/2.csv")?.taskId, "2");
  });
});
