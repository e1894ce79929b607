import assert from "node:assert/strict";
import { describe, it } from "node:test";
import type { DownloadProgress } from "../../../../src/model/contract.ts";
import { currentProgress, progressOfAll, shareDone } from "../../../../src/vscode/downloads/currentProgress.ts";

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

  it("adds up bytes and speeds while a file is being downloaded", () => {
    const files = [
      progress(0, "done", 100),
      { ...progress(1, "downloading", 10), bytesPerSecond: 5 },
      { ...progress(2, "downloading", 20), bytesPerSecond: 7 },
    ];
    const { receivedBytes, totalBytes, bytesPerSecond } = progressOfAll(files) ?? {};
    assert.deepEqual(
      { receivedBytes, totalBytes, bytesPerSecond },
      { receivedBytes: 130, totalBytes: 300, bytesPerSecond: 12 },
    );
  });

  it("tells no total and no share until the size of every file is known", () => {
    const unsized = progress(2, "resolving");
    delete unsized.totalBytes;
    assert.equal(progressOfAll([progress(1, "downloading", 10), unsized])?.totalBytes, undefined);
  });

  it("is not added up for a single file, or while none is being downloaded", () => {
    assert.equal(progressOfAll([progress(0, "downloading", 10)]), undefined);
    assert.equal(progressOfAll([progress(0, "waiting"), progress(1, "done", 100)]), undefined);
  });

  it("counts all files alike", () => {
    assert.equal(shareDone([progress(0, "done", 100), progress(1, "downloading", 50), progress(2, "resolving")]), 0.5);
    assert.equal(shareDone([]), 0);
    assert.equal(shareDone([progress(0, "done", 0, 0)]), 1);
  });
});
