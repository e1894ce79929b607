import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { type ErrorCode, errorCodes, ExportError } from "../../../../src/model/exportError.ts";
import { type FailureSubject, mendingsFor } from "../../../../src/vscode/errors/mending.ts";

const commandsFor = (code: ErrorCode, subject: FailureSubject): string[] =>
  mendingsFor(new ExportError(code, "It failed."), subject).map(({ command }) => command);

const task = { accountId: "a1", taskId: "7" };

describe("The buttons of a failure", () => {
  it("end with the log, whatever failed", () => {
    for (const code of errorCodes) assert.equal(commandsFor(code, task).at(-1), "taskExports.showLog", code);
    assert.deepEqual(
      mendingsFor(new TypeError("a bug"), task).map(({ command }) => command),
      ["taskExports.showLog"],
    );
  });

  it("do not show a task that the service does not know", () =>
    assert.deepEqual(commandsFor("taskNotFound", task), ["taskExports.refresh", "taskExports.showLog"]));

  it("try a download again only where that can help", () => {
    for (const code of ["offline", "fileMissing", "diskFull"] as const) {
      assert.equal(commandsFor(code, task)[0], "taskExports.downloadTaskExport", code);
    }
    for (const code of ["fileExists", "notWritable", "invalidRequest", "taskNotFound"] as const) {
      assert.ok(!commandsFor(code, task).includes("taskExports.downloadTaskExport"), code);
    }
  });

  it("ask an account for its tasks again when no task was named", () => {
    const [again] = mendingsFor(new ExportError("offline", "No connection."), { accountId: "a1" });
    assert.deepEqual([again?.command, again?.argument], ["taskExports.refresh", { accountId: "a1" }]);
  });

  it("replace the credentials of the account that they belong to", () => {
    assert.equal(commandsFor("unauthorized", { accountId: "a1" })[0], "taskExports.replaceCredentials");
    assert.deepEqual(commandsFor("unauthorized", {}), ["taskExports.showLog"]);
  });
});
