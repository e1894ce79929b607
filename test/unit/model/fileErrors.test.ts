import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  exportChanged,
  exportGone,
  fileExists,
  noDownloadedExport,
  notDownloadedHere,
  notOurFile,
  unusableFolder,
} from "../../../src/model/fileErrors.ts";

describe("a failure with a file", () => {
  it("has a code, names the path, and gives it to programs", () => {
    const errors = [...[fileExists, unusableFolder, notDownloadedHere, exportGone], ...[notOurFile, exportChanged]].map(
      (create) => create("/a/b.csv"),
    );
    assert.deepEqual(
      errors.map(({ code }) => code),
      ["fileExists", "notWritable", "invalidRequest", "fileMissing", "invalidRequest", "fileChanged"],
    );
    for (const { message, details } of errors) {
      assert.match(message, /\/a\/b\.csv/);
      assert.deepEqual(details, { path: "/a/b.csv" });
    }
  });

  it("has no path where nothing was downloaded yet", () => {
    const { code, details } = noDownloadedExport();
    assert.deepEqual([code, details], ["fileMissing", {}]);
  });
});
