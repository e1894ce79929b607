import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { fileLabel, fileInWords } from "../../../../../src/vscode/tree/nodes/fileLabel.ts";

const names = ["3fa85f64-5717-4562-b3fc-0001.csv", "3fa85f64-5717-4562-b3fc-0002.csv"];

describe("The label of a file's row", () => {
  it("begins with the number of the file, because the end can be cut off, and contains the whole name", () => {
    const labels = names.map((name, index) => fileLabel(name, { index, count: 2 }));
    assert.deepEqual(labels, ["1/2 · 3fa85f64-5717-4562-b3fc-0001.csv", "2/2 · 3fa85f64-5717-4562-b3fc-0002.csv"]);
  });

  it("shortens a UUID in its middle, because a narrow view would show nothing else", () => {
    const name = "3fa85f64-5717-4562-b3fc-2c963f660001.csv";
    assert.equal(fileLabel(name, { index: 0, count: 2 }), "1/2 · 3fa85f64…0001.csv");
    assert.equal(fileLabel(name, { index: 0, count: 1 }), "3fa85f64…0001.csv");
    assert.equal(fileInWords(name, { index: 0, count: 1 }), name);
  });

  it("is only the name if the task has one file", () => {
    assert.equal(fileLabel("a.csv", { index: 0, count: 1 }), "a.csv");
    assert.equal(fileInWords("a.csv", { index: 0, count: 1 }), "a.csv");
  });

  it("has only the file's number while the number of files is unknown", () => {
    assert.equal(fileLabel("a.csv", { index: 4 }), "5 · a.csv");
    assert.equal(fileInWords("a.csv", { index: 4 }), "file 5, a.csv");
  });

  it("tells a screen reader the number of the file and the whole name", () =>
    assert.equal(fileInWords("a.csv", { index: 1, count: 12 }), "file 2 of 12, a.csv"));
});
