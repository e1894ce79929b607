import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { ExportTask } from "../../../../src/model/contract.ts";
import { taskRows } from "../../../../src/vscode/prompts/taskRows.ts";
import { AccountTasks } from "../../../../src/vscode/tasks/accountTasks.ts";
import { ArrangedTasks, type ArrangementInput } from "../../../../src/vscode/tasks/arrangedTasks.ts";
import { taskGroupings, taskOrders, usualArrangement } from "../../../../src/vscode/tasks/arrangeTasks.ts";
import { noFilter } from "../../../../src/vscode/tasks/taskFilter.ts";
import { loopUse } from "../../model/loopTurns.ts";

const account = { id: "a", service: "spaaza", label: "Shop", endpoint: "https://example.com" };
const { signal } = new AbortController();
const nameOf = ({ description }: ExportTask): string => description;

const count = 20_000;

/** In an order that no list has. */
function shuffledTasks(length: number): ExportTask[] {
  return Array.from({ length }, (_none, at) => {
    const number = (at * 7919) % length;
    return {
      id: String(number),
      accountId: "a",
      description: `Export number ${number} of the shop`,
      state: "done",
      serviceState: "DONE",
      subject: `subject ${number % 997}`,
      createdAt: new Date(number * 3_600_000).toISOString(),
      completedAt: new Date(number * 3_700_000).toISOString(),
    };
  });
}

/**
 * Fails if the work leaves too few turns for other work.
 *
 * @param most how many tasks may pass without a turn on average. Work that looks at the clock once for each task has a turn
 *   after eight of them; sorting goes through the tasks several times.
 */
async function assertInPieces(most: number, work: () => Promise<unknown>): Promise<void> {
  const { turns } = await loopUse(work);
  assert.ok(turns * most >= count, `only ${turns} turns`);
}

/** The shown tasks of one account whose input can be replaced. */
function arrangedOver(input: ArrangementInput) {
  let current = input;
  const arranged = new ArrangedTasks(() => current, nameOf);
  const change = (changes: Partial<ArrangementInput>): void => {
    current = { ...current, ...changes };
  };
  return { arranged, change };
}

const input = (tasks: readonly ExportTask[]): ArrangementInput => ({
  tasks,
  filter: noFilter,
  arrangement: usualArrangement,
});

describe("20,000 tasks of an account", () => {
  const tasks = shuffledTasks(count);

  it("are sorted in short pieces after they were loaded", () =>
    assertInPieces(3, async () => {
      const list = new AccountTasks(
        () => Promise.resolve({ tasks }),
        () => undefined,
      );
      await list.refresh();
      assert.equal(list.state.tasks[0]?.id, "19999");
    }));

  // They are in the order of the newest as soon as they are loaded.
  for (const order of taskOrders.filter((each) => each !== "newest")) {
    it(`are sorted by ${order} in short pieces`, () =>
      assertInPieces(3, () =>
        arrangedOver({ ...input(tasks), arrangement: { order, grouping: "none" } }).arranged.of("a"),
      ));
  }
  for (const grouping of taskGroupings.filter((each) => each !== "none")) {
    it(`are grouped by ${grouping} in short pieces`, () =>
      assertInPieces(8, () =>
        arrangedOver({ ...input(tasks), arrangement: { order: "newest", grouping } }).arranged.of("a"),
      ));
  }

  it("are filtered in short pieces", () =>
    assertInPieces(8, async () => {
      const own = tasks.map((task) => ({ ...task }));
      const { arranged } = arrangedOver({ ...input(own), filter: { text: "NUMBER 19 shop" } });
      assert.ok((await arranged.of("a")).count >= 1000);
    }));

  it("are searched in short pieces while somebody types", () =>
    assertInPieces(8, async () => {
      const own = tasks.map((task) => ({ ...task }));
      const list = [{ account, state: { tasks: own, hasMore: false, loading: false } }];
      assert.ok((await taskRows(list, "number 19999 of", [], signal)).length > 0);
    }));

  it("are read only once to be filtered and searched, however much is typed", async () => {
    let reads = 0;
    const watched = tasks.map((task) =>
      Object.defineProperty({ ...task }, "description", {
        get: () => {
          reads += 1;
          return task.description;
        },
      }),
    );
    const { arranged, change } = arrangedOver(input(watched));
    const list = [{ account, state: { tasks: watched, hasMore: false, loading: false } }];
    for (const text of ["q", "qu", "qui", "quite"]) {
      change({ filter: { text } });
      assert.equal((await arranged.of("a")).count, 0);
      assert.ok((await taskRows(list, `${text}!`, [], signal)).every(({ kind }) => kind !== "task"));
    }
    assert.equal(reads, 2 * count, "once for the filter and once for the list");
  });
});

describe("the arranged tasks of an account", () => {
  const tasks = shuffledTasks(20_000);

  it("are arranged once until the tasks, the filter or the arrangement changes", async () => {
    const { arranged, change } = arrangedOver(input(tasks));
    const first = await arranged.of("a");
    assert.equal(await arranged.of("a"), first);
    for (const changes of [
      { tasks: [...tasks] },
      { filter: { text: "number" } },
      { arrangement: { order: "name", grouping: "none" } as const },
    ]) {
      const before = await arranged.of("a");
      change(changes);
      assert.notEqual(await arranged.of("a"), before, JSON.stringify(Object.keys(changes)));
    }
  });

  it("are those of the newest filter for everybody who waits", async () => {
    const { arranged, change } = arrangedOver({ ...input(tasks), arrangement: { order: "name", grouping: "subject" } });
    const early = arranged.of("a");
    change({ filter: { text: "19999" } });
    const late = arranged.of("a");
    assert.deepEqual([(await early).count, (await late).count], [1, 1]);
  });

  it("are none after the window was closed", async () => {
    const { arranged } = arrangedOver({ ...input(tasks), arrangement: { order: "name", grouping: "subject" } });
    const waiting = arranged.of("a");
    arranged.dispose();
    assert.deepEqual([(await waiting).count, (await arranged.of("a")).count], [0, 0]);
  });
});
