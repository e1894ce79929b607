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

describe("The rows that are repainted because their age changed", () => {
  it("are only those whose text has changed", () => {
    const tasks = [
      { task: row("old task", false), files: [row("old file", false), row("new file", true)], asksService: false },
      { task: row("new task", true), files: [], asksService: false },
    ];
    assert.deepEqual(named(agedRows(tasks)), ["new file", "new task"]);
  });

  it("include a task without its files, because VS Code repaints the files with it", () => {
    const tasks = [{ task: row("task", true), files: [row("file", true)], asksService: false }];
    assert.deepEqual(named(agedRows(tasks)), ["task"]);
  });

  it("don't include a task while repainting it would send a request to its service", () => {
    const task = row("task", true);
    const files = [row("file", true)];
    assert.deepEqual(named(agedRows([{ task, files, asksService: true }])), ["file"]);
    assert.deepEqual(named(agedRows([{ task, files, asksService: false }])), ["task"]);
  });
});
