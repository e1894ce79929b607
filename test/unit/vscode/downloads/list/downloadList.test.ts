import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import { DownloadHistory } from "../../../../../src/vscode/downloads/downloadHistory.ts";
import { DownloadList } from "../../../../../src/vscode/downloads/list/downloadList.ts";
import { PlainMemento } from "../../plainMemento.ts";

const task = { accountId: "a1", taskId: "1" };
const fileOf = (index: number) => ({
  index,
  uri: `file:///exports/${index}.csv`,
  name: `${index}.csv`,
  bytes: 1,
  sha256: "ab",
  verified: "length" as const,
  requests: 1,
  resumed: 0,
});

function listOver(context: TestContext, state = new PlainMemento()) {
  const history = new DownloadHistory(state);
  let read = 0;
  const list = new DownloadList({
    state,
    history: {
      onDidChange: history.onDidChange,
      allInSlices: (signal) => {
        read += 1;
        return history.allInSlices(signal);
      },
    },
    origins: { reader: () => () => ({}) },
  });
  context.after(() => list.dispose());
  return { history, list, state, timesRead: () => read };
}

describe("The list of downloads", () => {
  it("is arranged when somebody asks, and again only after something has changed", async (context) => {
    const { history, list, timesRead } = listOver(context);
    assert.equal(timesRead(), 0);
    await Promise.all([list.arranged(), list.arranged()]);
    assert.equal(timesRead(), 1);
    history.add(task, fileOf(0));
    assert.equal((await list.arranged()).count, 1);
    assert.equal(timesRead(), 2);
  });

  it("gives who waits what is newer by then", async (context) => {
    const { history, list } = listOver(context);
    const waiting = list.arranged();
    history.add(task, fileOf(0));
    assert.equal((await waiting).count, 1);
  });

  it("tells of each change of filter and grouping, and remembers the grouping for the next window", async (context) => {
    const { list, state } = listOver(context);
    let told = 0;
    list.onDidChange(() => (told += 1));
    list.filter = { text: "nothing" };
    list.grouping = "day";
    assert.equal(told, 2);
    assert.equal((await list.arranged()).count, 0);
    const next = listOver(context, state).list;
    assert.deepEqual([next.grouping, next.filter], ["day", {}]);
  });

  it("has no grouping if what was remembered is unknown to this version", async (context) => {
    const state = new PlainMemento();
    await state.update("downloadGrouping", "planet");
    assert.equal(listOver(context, state).list.grouping, "none");
  });

  it("answers nothing after it was disposed", async (context) => {
    const { history, list } = listOver(context);
    history.add(task, fileOf(0));
    list.dispose();
    assert.equal((await list.arranged()).count, 0);
  });
});
