import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { DownloadProgress } from "../../../../src/model/contract.ts";
import { currentProgress, shareDone } from "../../../../src/vscode/downloads/currentProgress.ts";

function progress(
  file: number,
  phase: DownloadProgress["phase"],
  receivedBytes = 0,
  totalBytes = 100,
): DownloadProgress {
  return { file, files: 3, name: `${file}.csv`, phase, receivedBytes, totalBytes };
}

describe("The progress of several files in one line", () => {
  it("is the progress of a file whose bytes arrive, whatever the order of the files", () => {
    const files = [progress(0, "done", 100), progress(1, "waiting"), progress(2, "downloading", 10)];
    assert.equal(currentProgress(files)?.file, 2);
  });

  it("never says done while a file is missing", () => {
    assert.equal(currentProgress([progress(0, "done", 100), progress(1, "resolving")])?.file, 1);
    assert.equal(currentProgress([progress(0, "done", 100)])?.phase, "done");
    assert.equal(currentProgress([]), undefined);
  });

  it("counts all files alike", () => {
    assert.equal(shareDone([progress(0, "done", 100), progress(1, "downloading", 50), progress(2, "resolving")]), 0.5);
    assert.equal(shareDone([]), 0);
    assert.equal(shareDone([progress(0, "done", 0, 0)]), 1);
  });
});
