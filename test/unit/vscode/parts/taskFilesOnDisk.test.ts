import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { DownloadedExport } from "../../../../src/vscode/downloads/downloadHistory.ts";
import {
  downloadedFiles,
  filesOfNamedTask,
  tasksWithSeveralFiles,
} from "../../../../src/vscode/parts/taskFilesOnDisk.ts";

function record(taskId: string, index: number, at: string, name = `${index}.csv`): DownloadedExport {
  return {
    accountId: "a",
    taskId,
    index,
    name,
    at,
    uri: `file:///${taskId}/${name}`,
    bytes: 1,
    sha256: "",
    verified: "length",
  };
}

function historyOf(records: readonly DownloadedExport[]) {
  return {
    all: () => records.toSorted((one, other) => other.at.localeCompare(one.at)),
    ofTask: (accountId: string, taskId: string) =>
      records
        .filter((one) => one.accountId === accountId && one.taskId === taskId)
        .sort((one, other) => one.index - other.index || one.at.localeCompare(other.at)),
  };
}

const history = historyOf([
  record("one", 0, "2026-01-01"),
  record("two", 1, "2026-01-02"),
  record("two", 0, "2026-01-03"),
  record("two", 0, "2026-01-05", "0 (2).csv"),
  record("copies", 0, "2026-01-06"),
  record("copies", 0, "2026-01-07", "0 (2).csv"),
  record("three", 0, "2026-01-08"),
  record("three", 2, "2026-01-09"),
]);

describe("The downloaded files of a task", () => {
  it("are sorted by index, with the newest copy of each file", () =>
    assert.deepEqual(
      downloadedFiles(history, { accountId: "a", taskId: "two" }).map(({ name }) => name),
      ["0 (2).csv", "1.csv"],
    ));

  it("are those of a task that is named without its account, or only some of them", () => {
    const named = { accountId: undefined, taskId: "two", files: undefined };
    const namesOf = (task: Parameters<typeof filesOfNamedTask>[1]): string[] =>
      filesOfNamedTask(history, task).map(({ name }) => name);
    assert.deepEqual(namesOf(named), ["0 (2).csv", "1.csv"]);
    assert.deepEqual(namesOf({ ...named, files: [1] }), ["1.csv"]);
    assert.deepEqual(namesOf({ ...named, accountId: "b" }), []);
    assert.deepEqual(namesOf({ ...named, taskId: "unknown" }), []);
  });

  it("count as several only if they are different files of the task", () =>
    assert.deepEqual(
      tasksWithSeveralFiles(history).map(({ taskId, files }) => [taskId, files.length]),
      [
        ["three", 2],
        ["two", 2],
      ],
    ));
});
