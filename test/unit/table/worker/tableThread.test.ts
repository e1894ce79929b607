import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { describe, it, type TestContext } from "node:test";
import { setImmediate as nextTurn } from "node:timers/promises";
import { writeLargeCsv } from "../../../../sandbox/sampleData/largeCsv.ts";
import { createPlainScanner } from "../../../../src/table/scan/plainScanner.ts";
import { TableThread } from "../../../../src/table/worker/tableThread.ts";

const never = new AbortController().signal;
/** The index takes a turn for every 4 MiB. */
const fileBytes = 16 * 1024 ** 2;
const moreTurnsThanSteps = 12;

async function openThread(test: TestContext) {
  // A clock that stands: a rest ends when somebody ends it.
  test.mock.timers.enable({ apis: ["setTimeout"] });
  test.mock.method(performance, "now", () => 0);
  const folder = await mkdtemp(path.join(os.tmpdir(), "task-exports-thread-"));
  const file = path.join(folder, "large.csv");
  const { rows } = writeLargeCsv(file, fileBytes);
  const told: boolean[] = [];
  const thread = new TableThread(createPlainScanner(), (name, event) => {
    if (name === "progress" && "exact" in event) told.push(event.exact);
  });
  test.after(() => rm(folder, { recursive: true }));
  await thread.open({ path: file, growing: false, readAs: {} });
  return { thread, rows, told };
}

async function takeTurns(): Promise<void> {
  for (let turn = 0; turn < moreTurnsThanSteps; turn++) await nextTurn();
}

describe("The index of a table", () => {
  it("leaves the machine to the page that paints the first rows", async (test) => {
    const { thread, told } = await openThread(test);
    thread.rows({ from: 0, count: 10 });
    await takeTurns();
    assert.ok(!told.includes(true));
  });

  it("goes on at once for whoever waits for it, also when guessed rows are asked for meanwhile", async (test) => {
    const { thread, rows, told } = await openThread(test);
    thread.rows({ from: 0, count: 10 });
    const indexed = thread.indexed(Number.MAX_SAFE_INTEGER, never);
    assert.equal(thread.rows({ from: "last", count: 10 }).provisional, true);
    const progress = await indexed;
    assert.deepEqual([progress.exact, progress.rows], [true, rows]);
    assert.equal(told.at(-1), true);
  });

  it("is there at once in a file that takes one step", async (test) => {
    const { thread, told } = await openThread(test);
    const folder = await mkdtemp(path.join(os.tmpdir(), "task-exports-thread-"));
    test.after(() => rm(folder, { recursive: true }));
    const file = path.join(folder, "small.csv");
    writeLargeCsv(file, 1024 ** 2);
    await thread.open({ path: file, growing: false, readAs: {} });
    thread.rows({ from: 0, count: 10 });
    await takeTurns();
    assert.equal(told.at(-1), true);
  });
});
