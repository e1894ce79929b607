import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type UnfinishedFile, UnfinishedFiles } from "../../../../src/vscode/downloads/unfinishedFiles.ts";

const task = { accountId: "account-1", taskId: "12345" };
const part = { file: 0, part: "/exports/a.csv.01234567.part", path: "/exports/a.csv", bytes: 10, total: 100 };

function listened(): { unfinished: UnfinishedFiles; told: UnfinishedFile[] } {
  const unfinished = new UnfinishedFiles();
  const told: UnfinishedFile[] = [];
  unfinished.listen((changed) => void told.push(changed));
  return { unfinished, told };
}

const statesOf = (told: readonly UnfinishedFile[]): string[] => told.map(({ state }) => state.kind);

describe("A file that is being downloaded", () => {
  it("is found by its own name and by its part's, until it is placed", () => {
    const { unfinished, told } = listened();
    unfinished.grew(task, { ...part, placed: false });
    assert.equal(unfinished.find("/exports/a.csv")?.bytes, 10);
    assert.equal(unfinished.find(part.part)?.path, "/exports/a.csv");
    assert.equal(unfinished.find("/exports/b.csv"), undefined);
    unfinished.grew(task, { ...part, bytes: 100, path: "/exports/a (2).csv", placed: true });
    assert.equal(unfinished.find("/exports/a.csv"), undefined);
    assert.deepEqual(unfinished.ofTask(task), []);
    assert.deepEqual(statesOf(told), ["growing", "placed"]);
    assert.equal(told.at(-1)?.path, "/exports/a (2).csv");
  });

  it("says why no bytes come, once, and when they come again", () => {
    const { unfinished, told } = listened();
    unfinished.setWaiting(task, 0, "nobody knows this file yet");
    unfinished.grew(task, { ...part, placed: false });
    unfinished.setWaiting(task, 0, "The network is away.");
    unfinished.setWaiting(task, 0, "The network is away.");
    unfinished.setWaiting(task, 1, "another file");
    unfinished.setWaiting(task, 0, undefined);
    assert.deepEqual(
      told.map(({ state }) => (state.kind === "growing" ? state.waiting : state.kind)),
      [undefined, "The network is away.", undefined],
    );
  });

  it("stands still with what has come, and goes on from there", () => {
    const { unfinished, told } = listened();
    unfinished.grew(task, { ...part, path: "/exports/better name.csv", placed: false });
    unfinished.setStopped(task, [{ ...part, bytes: 20 }], undefined);
    const paused = unfinished.find("/exports/better name.csv");
    assert.deepEqual([paused?.state, paused?.bytes], [{ kind: "paused" }, 20]);
    unfinished.resumed(task);
    unfinished.setStopped(task, [part], "The disk is full.");
    assert.deepEqual(told.at(-1)?.state, { kind: "failed", reason: "The disk is full." });
    assert.deepEqual(statesOf(told), ["growing", "paused", "growing", "failed"]);
  });

  it("is gone when a download leaves no part of it, and only that one", () => {
    const { unfinished, told } = listened();
    unfinished.grew(task, { ...part, placed: false });
    unfinished.grew(task, { ...part, file: 1, part: "/exports/b.part", path: "/exports/b.csv", placed: false });
    unfinished.setStopped(task, [part], undefined);
    assert.deepEqual(
      unfinished.ofTask(task).map(({ file }) => file),
      [0],
    );
    assert.deepEqual(
      told.filter(({ state }) => state.kind === "gone").map(({ file }) => file),
      [1],
    );
    unfinished.ended(task);
    assert.deepEqual(statesOf(told).at(-1), "gone");
    assert.equal(unfinished.find("/exports/a.csv"), undefined);
  });

  it("that another window brought is placed where that one put it", () => {
    const { unfinished, told } = listened();
    unfinished.grew(task, { ...part, placed: false });
    unfinished.ended(task, new Map([[0, "/exports/there.csv"]]));
    assert.deepEqual([told.at(-1)?.path, told.at(-1)?.state], ["/exports/there.csv", { kind: "placed" }]);
  });

  it("is of its own task only", () => {
    const { unfinished } = listened();
    unfinished.grew(task, { ...part, placed: false });
    unfinished.grew(
      { ...task, taskId: "2" },
      { ...part, path: "/exports/2.csv", part: "/exports/2.part", placed: false },
    );
    unfinished.ended(task);
    assert.equal(unfinished.find("/exports/2.csv")?.taskId, "2");
  });
});
