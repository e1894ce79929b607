import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { DownloadedFile, ExportTask } from "../../../src/model/contract.ts";
import { DownloadHistory } from "../../../src/vscode/downloads/downloadHistory.ts";
import { mostTaskRows, taskRows } from "../../../src/vscode/prompts/taskRows.ts";
import { AccountTasks } from "../../../src/vscode/tasks/accountTasks.ts";
import { arrangeTasks, firstTasks } from "../../../src/vscode/tasks/arrangeTasks.ts";

const account = { id: "a", service: "spaaza", label: "Shop", endpoint: "https://example.com" };

const { signal } = new AbortController();

function tasks(count: number): ExportTask[] {
  return Array.from({ length: count }, (_none, at) => ({
    id: String(at),
    accountId: "a",
    description: `Export number ${at}`,
    state: "done",
    serviceState: "DONE",
    createdAt: new Date(at * 1000).toISOString(),
  }));
}

describe("thousands of tasks", () => {
  it("are sorted once, however often they are asked for", async () => {
    const list = new AccountTasks(
      () => Promise.resolve({ tasks: tasks(2000) }),
      () => undefined,
    );
    await list.refresh();
    const first = list.state.tasks;
    assert.equal(list.state.tasks, first);
    assert.equal(first[0]?.id, "1999");
    await list.refresh();
    assert.notEqual(list.state.tasks, first);
  });

  it("are each named once to be sorted by name", async () => {
    let named = 0;
    const nameOf = ({ description }: ExportTask): string => {
      named += 1;
      return description;
    };
    const [group] = await arrangeTasks(tasks(5000), { order: "name", grouping: "none" }, nameOf, signal);
    assert.equal(named, 5000);
    assert.equal(group?.tasks[10]?.id, "10");
  });

  it("are shown up to a limit, in the order of their groups", () => {
    const groups = [
      { key: "one", tasks: tasks(3) },
      { key: "two", tasks: tasks(3) },
      { key: "three", tasks: tasks(3) },
    ];
    const shown = firstTasks(groups, 4).map((group) => [group.key, group.tasks.length]);
    assert.deepEqual(shown, [
      ["one", 3],
      ["two", 1],
    ]);
    assert.deepEqual(firstTasks(groups, 100), groups);
  });

  it("are read only as far as the list of the newest tasks of all accounts shows them", async () => {
    let looked = 0;
    const watched = tasks(60_000)
      .reverse()
      .map((task) =>
        Object.defineProperty({ ...task }, "description", {
          get: () => {
            looked += 1;
            return task.description;
          },
        }),
      );
    const even = watched.filter((_task, at) => at % 2 === 0);
    const odd = watched.filter((_task, at) => at % 2 === 1);
    const lists = [even, odd].map((some) => ({ account, state: { tasks: some, hasMore: false, loading: false } }));
    const ids = (await taskRows(lists, "", [], signal)).flatMap((row) => (row.kind === "task" ? [row.task.id] : []));
    assert.deepEqual(
      ids,
      tasks(60_000)
        .reverse()
        .slice(0, mostTaskRows)
        .map(({ id }) => id),
    );
    assert.ok(looked <= mostTaskRows, `${looked} descriptions were read`);
  });

  it("are listed up to a limit, and the others are found by typing", async () => {
    const list = [{ account, state: { tasks: tasks(60_000).reverse(), hasMore: false, loading: false } }];
    const rows = await taskRows(list, "", [], signal);
    assert.equal(rows.length, mostTaskRows);
    assert.equal(rows[0]?.kind === "task" && rows[0].task.id, "59999");
    const found = (await taskRows(list, "number 17", [], signal)).flatMap((row) =>
      row.kind === "task" ? [row.task.id] : [],
    );
    assert.ok(found.length > 0 && found.every((id) => id.includes("1") && id.includes("7")));
    assert.ok(
      (await taskRows(list, "Shop 12345", [], signal)).some((row) => row.kind === "task" && row.task.id === "12345"),
    );
  });
});

describe("thousands of files of one task", () => {
  it("are validated once for each stored list", () => {
    const memento = memory();
    new DownloadHistory(memento).add({ accountId: "a", taskId: "1" }, fileOf(0));
    const history = new DownloadHistory(memento);
    const [first] = history.ofTask("a", "1");
    assert.equal(history.ofTask("a", "1")[0], first, "the same record, not a new one");
    history.add({ accountId: "a", taskId: "1" }, fileOf(1));
    assert.equal(history.ofTask("a", "1").length, 2);
  });
});

function fileOf(index: number): DownloadedFile {
  const name = `part-${index}.csv`;
  return {
    index,
    uri: `file:///exports/${name}`,
    name,
    bytes: 1,
    sha256: "0".repeat(64),
    verified: "length",
    requests: 1,
    resumed: 0,
  };
}

/** Like VS Code's own state, it returns the same object until the value changes. */
function memory(): ConstructorParameters<typeof DownloadHistory>[0] {
  const values = new Map<string, unknown>();
  return {
    keys: () => [...values.keys()],
    get: <T>(key: string, fallback?: T) => (values.get(key) ?? fallback) as T,
    update: (key: string, value: unknown) => {
      values.set(key, value);
      return Promise.resolve();
    },
  };
}
