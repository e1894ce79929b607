import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { partsAddress, partsScheme, taskOfParts } from "../../../../src/vscode/parts/partsUri.ts";

describe("The address of a table of a task's files", () => {
  it("names the task, whatever characters its id has", () => {
    const id = fc.string({ minLength: 1, unit: "binary" }).filter((text) => text.isWellFormed());
    fc.assert(
      fc.property(id, id, (accountId, taskId) => {
        assert.deepEqual(taskOfParts(partsAddress({ accountId, taskId })), { accountId, taskId });
      }),
    );
  });

  it("ends in the title of its tab", () =>
    assert.equal(partsAddress({ accountId: "a", taskId: "12" }).path, "/a/12/All parts of task 12"));

  for (const [what, address] of [
    ["a file", { scheme: "file", path: "/a/12/All parts of task 12" }],
    ["a path without a task", { scheme: partsScheme, path: "/a" }],
    ["a path that can't be decoded", { scheme: partsScheme, path: "/a/%zz/title" }],
  ] as const) {
    it(`is not ${what}`, () => assert.equal(taskOfParts(address), undefined));
  }
});
