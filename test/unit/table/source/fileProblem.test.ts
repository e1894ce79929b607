import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { fileChanged, fileMissing, NoFile, problemOf } from "../../../../src/table/source/fileProblem.ts";

const coded = (code: string): Error => Object.assign(new Error("no"), { code });

describe("a problem with the file of a table", () => {
  it("has a code, the path, and the system's error as its cause", () => {
    const cause = coded("ENOENT");
    for (const [error, code, words] of [
      [fileMissing("/a.csv", cause), "fileMissing", "/a.csv was moved or deleted."],
      [fileChanged("/a.csv", cause), "fileChanged", "/a.csv changed while it was open. Reload it."],
    ] as const) {
      assert.deepEqual(
        [error.code, error.message, error.details, error.cause],
        [code, words, { path: "/a.csv" }, cause],
      );
    }
    assert.ok(!("cause" in fileMissing("/a.csv")) && !("cause" in fileChanged("/a.csv")));
  });

  it("is a folder, or something else that is no file", () => {
    assert.deepEqual([new NoFile("/a", true).code, new NoFile("/a", false).code], ["EISDIR", "EINVAL"]);
    assert.equal(new NoFile("/a", true).message, "/a is not a file.");
  });

  it("is that the file is missing, or why it can't be read", () => {
    for (const error of [coded("ENOENT"), coded("ENOTDIR"), fileMissing("/a")])
      assert.deepEqual(problemOf(error), { kind: "missing" });
    for (const [error, reason] of [
      [coded("EACCES"), "EACCES"],
      [new NoFile("/a", true), "EISDIR"],
      [fileChanged("/a"), "fileChanged"],
      [new Error("odd"), "odd"],
      ["text", "text"],
    ] as const) {
      assert.deepEqual(problemOf(error), { kind: "unreadable", reason });
    }
  });
});
