import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type ErrorCode, errorCodes, ExportError } from "../../../../src/model/exportError.ts";
import { type FailureSubject, mendingsFor } from "../../../../src/vscode/errors/mending.ts";

const commandsFor = (code: ErrorCode, subject: FailureSubject): string[] =>
  mendingsFor(new ExportError(code, "It failed."), subject).map(({ command }) => command);

const task = { accountId: "a1", taskId: "7" };

describe("The buttons of a failure", () => {
  it("always end with Show Log", () => {
    for (const code of errorCodes) assert.equal(commandsFor(code, task).at(-1), "taskExports.showLog", code);
    assert.deepEqual(
      mendingsFor(new TypeError("a bug"), task).map(({ command }) => command),
      ["taskExports.showLog"],
    );
  });

  it("don't offer to show a task that the service doesn't know", () =>
    assert.deepEqual(commandsFor("taskNotFound", task), ["taskExports.refresh", "taskExports.showLog"]));

  it("offer to wait for a task that isn't done", () => {
    assert.deepEqual(commandsFor("taskNotDone", task), [
      "taskExports.watchTask",
      "taskExports.refresh",
      "taskExports.showLog",
    ]);
    assert.deepEqual(commandsFor("taskNotDone", {}), ["taskExports.refresh", "taskExports.showLog"]);
  });

  it("offer to download again only if that can help", () => {
    for (const code of ["offline", "fileMissing", "diskFull"] as const) {
      assert.equal(commandsFor(code, task)[0], "taskExports.downloadTaskExport", code);
    }
    for (const code of ["fileExists", "notWritable", "invalidRequest", "taskNotFound"] as const) {
      assert.ok(!commandsFor(code, task).includes("taskExports.downloadTaskExport"), code);
    }
  });

  it("offer to free the space of interrupted downloads if the disk is full", () => {
    assert.deepEqual(commandsFor("diskFull", {}), ["taskExports.clearInterrupted", "taskExports.showLog"]);
    assert.equal(commandsFor("diskFull", task)[1], "taskExports.clearInterrupted");
  });

  it("refresh the tasks of the account if no task is known", () => {
    const [again] = mendingsFor(new ExportError("offline", "No connection."), { accountId: "a1" });
    assert.deepEqual([again?.command, again?.argument], ["taskExports.refresh", { accountId: "a1" }]);
  });

  it("offer to replace the credentials only if the account is known", () => {
    assert.equal(commandsFor("unauthorized", { accountId: "a1" })[0], "taskExports.replaceCredentials");
    assert.deepEqual(commandsFor("unauthorized", {}), ["taskExports.showLog"]);
  });
});
