import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { agedRows, type AgingRow } from "../../../../src/vscode/tree/agingRows.ts";

interface NamedRow extends AgingRow {
  readonly name: string;
}

/** A row whose age reads differently after each of these minutes. */
function row(name: string, ...changes: boolean[]): NamedRow {
  return { name, repaintAge: () => changes.shift() ?? false };
}

const named = (rows: readonly NamedRow[]): string[] => rows.map(({ name }) => name);

describe("The rows that are painted for their age", () => {
  it("are those that read differently now, and no others", () => {
    const tasks = [
      { task: row("old task", false), files: [row("old file", false), row("new file", true)], asksService: false },
      { task: row("new task", true), files: [], asksService: false },
    ];
    assert.deepEqual(named(agedRows(tasks)), ["new file", "new task"]);
  });

  it("hold a task instead of its files, which are painted with it", () => {
    const tasks = [{ task: row("task", true), files: [row("file", true)], asksService: false }];
    assert.deepEqual(named(agedRows(tasks)), ["task"]);
  });

  it("leave out a task that can't be painted without asking its service, until it can", () => {
    const task = row("task", true);
    const files = [row("file", true)];
    assert.deepEqual(named(agedRows([{ task, files, asksService: true }])), ["file"]);
    assert.deepEqual(named(agedRows([{ task, files, asksService: false }])), ["task"]);
  });
});
