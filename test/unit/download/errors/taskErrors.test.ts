import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { filesFailed, withTask } from "../../../../src/download/errors/taskErrors.ts";
import type { DownloadedFile } from "../../../../src/model/contract.ts";
import { cancelled, ExportError } from "../../../../src/model/exportError.ts";

const failure = new ExportError("diskFull", "The disk is full.", { details: { missingBytes: 7 } });

function arrived(name: string): DownloadedFile {
  const file = { index: 0, uri: `file:///a/${name}`, name, bytes: 1, sha256: "", verified: "unverified" } as const;
  return { ...file, requests: 1, resumed: 0 };
}

function reworded(error: unknown): Pick<ExportError, "code" | "message" | "details" | "cause"> {
  assert.ok(error instanceof ExportError);
  const { code, message, details, cause } = error;
  return { code, message, details, cause };
}

describe("an error of a task", () => {
  it("is the same error with the name of the task", () => {
    assert.deepEqual(reworded(withTask(failure, "12")), {
      code: "diskFull",
      message: "Task 12: The disk is full.",
      details: { missingBytes: 7 },
      cause: failure,
    });
  });

  it("isn't changed if it already names the task, is a cancellation, or is of another kind", () => {
    const named = ["Task 12 failed.", "12 failed.", "It was 12", "(12)"].map(
      (text) => new ExportError("timeout", text),
    );
    for (const error of [...named, cancelled(), new Error("x"), undefined]) assert.equal(withTask(error, "12"), error);
  });

  it("doesn't count as naming the task if its ID is only a piece of another ID or word", () => {
    for (const text of ["Task 123 failed.", "Task 312 failed.", "a-12 failed.", "12-b failed.", "_12"]) {
      assert.equal(reworded(withTask(new ExportError("timeout", text), "12")).message, `Task 12: ${text}`);
    }
  });
});

describe("a task of which some files failed", () => {
  it("names the first failed file, says how many files are complete, and lists these for programs", () => {
    const failed = [{ name: "b.csv", error: failure }];
    const error = reworded(filesFailed("12", { completed: [arrived("a.csv")], failed }));
    assert.equal(error.message, "Task 12: 1 of 2 files downloaded. b.csv: The disk is full.");
    assert.deepEqual(error.details, { missingBytes: 7, completedFiles: [{ uri: "file:///a/a.csv", name: "a.csv" }] });
    assert.deepEqual([error.code, error.cause], ["diskFull", failure]);
  });

  it("names the other failed files as well, and has no list if no file is complete", () => {
    const failed = ["a.csv", "b.csv", "c.csv"].map((name) => ({ name, error: failure }));
    const error = reworded(filesFailed("12", { completed: [], failed }));
    assert.equal(
      error.message,
      "Task 12: 0 of 3 files downloaded. a.csv: The disk is full. Other files that failed: b.csv, c.csv.",
    );
    assert.deepEqual(error.details, { missingBytes: 7 });
  });

  it("isn't changed if it was canceled or failed in another way", () => {
    for (const error of [cancelled(), new Error("x")]) {
      assert.equal(filesFailed("12", { completed: [], failed: [{ name: "a", error }] }), error);
    }
    assert.equal(filesFailed("12", { completed: [], failed: [] }), undefined);
  });
});
