import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { ExportTask, TaskPage, Waiting } from "../../../../src/model/contract.ts";
import { cancelled } from "../../../../src/model/exportError.ts";
import { AccountTasks } from "../../../../src/vscode/tasks/accountTasks.ts";

function task(id: string, createdAt?: string): ExportTask {
  const dated = createdAt === undefined ? {} : { createdAt };
  return { id, accountId: "a", description: id, state: "done", serviceState: "DONE", ...dated };
}

/** A list whose pages the test gives, with what was asked for and how often it changed. */
function listOver(pages: Record<string, TaskPage | Error>) {
  const asked: string[] = [];
  let changes = 0;
  const list = new AccountTasks(
    (cursor = "first") => {
      asked.push(cursor);
      const page = pages[cursor];
      return page instanceof Error ? Promise.reject(page) : Promise.resolve(page ?? { tasks: [] });
    },
    () => {
      changes += 1;
    },
  );
  return { list, asked, changes: () => changes };
}

const ids = (list: AccountTasks): string[] => list.state.tasks.map(({ id }) => id);

describe("the tasks of an account", () => {
  it("are loaded page by page, and include whether another page follows", async () => {
    const { list, asked } = listOver({
      first: { tasks: [task("1"), task("2")], next: "second", total: 3 },
      second: { tasks: [task("3")] },
    });
    await list.refresh();
    assert.deepEqual([ids(list), list.state.hasMore, list.state.total], [["1", "2"], true, 3]);
    await list.loadMore();
    assert.deepEqual([ids(list), list.state.hasMore], [["1", "2", "3"], false]);
    await list.loadMore();
    assert.deepEqual(asked, ["first", "second"]);
  });

  it("begin with the first page when more are loaded before any were", async () => {
    const { list, asked } = listOver({ first: { tasks: [task("1")], next: "second" }, second: { tasks: [task("2")] } });
    await list.loadMore();
    await list.loadMore();
    assert.deepEqual(
      [asked, ids(list)],
      [
        ["first", "second"],
        ["1", "2"],
      ],
    );
  });

  it("contain a task only once if it is in two pages", async () => {
    const { list } = listOver({
      first: { tasks: [task("1"), task("2")], next: "second" },
      second: { tasks: [task("2"), task("3")] },
    });
    await list.refresh();
    await list.loadMore();
    assert.deepEqual(ids(list), ["1", "2", "3"]);
  });

  it("are sorted newest first, with tasks without a date last", async () => {
    const tasks = [task("undated"), task("old", "2025-01-01T00:00:00Z"), task("new", "2026-01-01T00:00:00Z")];
    const { list } = listOver({ first: { tasks } });
    await list.refresh();
    assert.deepEqual(ids(list), ["new", "old", "undated"]);
  });

  it("are refreshed with as many pages as were loaded", async () => {
    const { list, asked } = listOver({
      first: { tasks: [task("1")], next: "second" },
      second: { tasks: [task("2")], next: "third" },
    });
    await list.refresh();
    await list.loadMore();
    await list.refresh();
    assert.deepEqual(asked, ["first", "second", "first", "second"]);
    assert.deepEqual([ids(list), list.state.hasMore], [["1", "2"], true]);
  });

  it("stay if a refresh fails, together with the error, until a refresh succeeds", async () => {
    const pages: Record<string, TaskPage | Error> = { first: { tasks: [task("1")] } };
    const { list } = listOver(pages);
    await list.refresh();
    pages["first"] = new Error("down");
    await list.refresh();
    assert.deepEqual(ids(list), ["1"]);
    assert.equal((list.state.error as Error).message, "down");
    pages["first"] = { tasks: [task("2")] };
    await list.refresh();
    assert.deepEqual([ids(list), list.state.error], [["2"], undefined]);
  });

  it("are not requested again automatically after a failure", async () => {
    const { list } = listOver({ first: new Error("down") });
    assert.equal(list.wasAsked, false);
    await list.refresh();
    assert.equal(list.wasAsked, true);
  });

  it("come from the newest refresh if an earlier one is answered late", async () => {
    const answers: ((page: TaskPage) => void)[] = [];
    const signals: AbortSignal[] = [];
    const list = new AccountTasks(
      (_cursor, { signal }) => {
        signals.push(signal);
        return new Promise((resolve, reject) => {
          answers.push(resolve);
          signal.addEventListener("abort", () => reject(cancelled()));
        });
      },
      () => undefined,
    );
    const first = list.refresh();
    const second = list.refresh();
    assert.equal(signals[0]?.aborted, true);
    answers[1]?.({ tasks: [task("new")] });
    answers[0]?.({ tasks: [task("late")] });
    await Promise.all([first, second]);
    assert.deepEqual([ids(list), list.state.loading, list.state.error], [["new"], false, undefined]);
  });

  it("include the pause that the service asked for, while it lasts", async () => {
    const seen: (Waiting | undefined)[] = [];
    const list: AccountTasks = new AccountTasks(
      (_cursor, { onWaiting }) => {
        onWaiting({ retryInMs: 1000, reason: "Busy." });
        return Promise.resolve({ tasks: [] });
      },
      () => seen.push(list.state.waiting),
    );
    await list.refresh();
    assert.deepEqual(
      seen.map((waiting) => waiting?.reason),
      ["Busy.", "Busy.", undefined],
    );
  });
});
