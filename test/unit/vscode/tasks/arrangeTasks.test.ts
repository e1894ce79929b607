import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { ExportTask } from "../../../../src/model/contract.ts";
import { arrangeTasks, type TaskArrangement, usualArrangement } from "../../../../src/vscode/tasks/arrangeTasks.ts";

/** A moment in the time zone of this computer. */
const at = (day: number, hour = 12): string => new Date(2026, 10, day, hour).toISOString();

function task(id: string, more: Partial<ExportTask> = {}): ExportTask {
  return { id, accountId: "a", description: "", state: "done", serviceState: "DONE", ...more };
}

/** Newest first, as lists of tasks are. */
const tasks: readonly ExportTask[] = [
  task("5", { createdAt: at(25, 9), state: "running", description: "zebra", format: "json" }),
  task("4", { createdAt: at(25, 0), state: "failed", description: "Export 10", format: "csv", subject: "users" }),
  task("3", { createdAt: at(24, 23), completedAt: at(24, 23), description: "export 9", subject: "vouchers" }),
  task("2", { createdAt: at(3), completedAt: at(25, 8), description: "apple", format: "csv", subject: "users" }),
  task("1", { state: "waiting", description: "Export 10" }),
];

/** The IDs as they are shown, each group behind its key. */
async function arranged(arrangement: Partial<TaskArrangement>, of = tasks): Promise<string[]> {
  const nameOf = ({ description }: ExportTask): string => description;
  const { signal } = new AbortController();
  const groups = await arrangeTasks(of, { ...usualArrangement, ...arrangement }, nameOf, signal);
  return groups.map(({ key, tasks: members }) => `${key}: ${members.map(({ id }) => id).join(" ")}`);
}

describe("the order of tasks", () => {
  it("is newest first by default", async () => {
    assert.deepEqual(await arranged({}), [": 5 4 3 2 1"]);
  });

  it("can be oldest first, and tasks without a date stay last", async () => {
    assert.deepEqual(await arranged({ order: "oldest" }), [": 2 3 4 5 1"]);
  });

  it("can be by completion, and tasks that are not completed stay last, newest first", async () => {
    assert.deepEqual(await arranged({ order: "completed" }), [": 2 3 5 4 1"]);
  });

  it("compares points in time, whatever their time zones", async () => {
    const early = task("early", { createdAt: "2026-11-25T10:00:00+09:00" });
    const late = task("late", { createdAt: "2026-11-25T09:00:00Z" });
    assert.deepEqual(await arranged({ order: "oldest" }, [late, early]), [": early late"]);
  });

  it("treats a date that can't be read like no date", async () => {
    const broken = task("broken", { createdAt: "soon" });
    assert.deepEqual(await arranged({ order: "oldest" }, [broken, ...tasks]), [": 2 3 4 5 broken 1"]);
    assert.deepEqual(await arranged({ grouping: "day" }, [broken]), [": broken"]);
  });

  it("by name ignores case, counts numbers, and has the newest first among equal names", async () => {
    assert.deepEqual(await arranged({ order: "name" }), [": 2 3 4 1 5"]);
  });

  it("by status has first what runs or waits, then what failed, and what is done last", async () => {
    const unknown = task("?", { state: "unknown" });
    assert.deepEqual(await arranged({ order: "status" }, [...tasks, unknown]), [": 5 1 4 ? 3 2"]);
  });

  it("doesn't change the given list", async () => {
    const before = [...tasks];
    await arranged({ order: "name", grouping: "status" });
    assert.deepEqual(tasks, before);
  });
});

describe("groups of tasks", () => {
  it("are empty if there are no tasks", async () => {
    assert.deepEqual(await arranged({}, []), []);
    assert.deepEqual(await arranged({ grouping: "status" }, []), []);
  });

  it("by status are in the order of the status, whatever the order of the tasks", async () => {
    assert.deepEqual(await arranged({ grouping: "status" }), ["running: 5", "waiting: 1", "failed: 4", "done: 3 2"]);
    assert.deepEqual((await arranged({ grouping: "status", order: "oldest" })).at(-1), "done: 2 3");
  });

  it("by day go by the time zone of the computer, newest day first, and tasks without a date are last", async () => {
    assert.deepEqual(await arranged({ grouping: "day" }), ["2026-11-25: 5 4", "2026-11-24: 3", "2026-11-03: 2", ": 1"]);
  });

  it("by day have the oldest day first if the tasks are sorted oldest first", async () => {
    const groups = await arranged({ grouping: "day", order: "oldest" });
    assert.deepEqual(groups, ["2026-11-03: 2", "2026-11-24: 3", "2026-11-25: 4 5", ": 1"]);
  });

  it("by format or by what is exported are in alphabetical order, and tasks without one are last", async () => {
    assert.deepEqual(await arranged({ grouping: "format" }), ["csv: 4 2", "json: 5", ": 3 1"]);
    assert.deepEqual(await arranged({ grouping: "subject" }), ["users: 4 2", "vouchers: 3", ": 5 1"]);
  });

  it("hold their tasks in the chosen order", async () => {
    assert.deepEqual(await arranged({ grouping: "subject", order: "name" }), ["users: 2 4", "vouchers: 3", ": 1 5"]);
  });
});
