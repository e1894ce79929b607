import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { noSuchFile } from "../../../../src/download/errors/downloadErrors.ts";

describe("A file that a task doesn't have", () => {
  it("is called by its number from 1, as in the list of files", () => {
    const { code, message } = noSuchFile(2, 2);
    assert.equal(code, "invalidRequest");
    assert.equal(message, "There is no file 3 because the task has only 2. Select another file.");
  });
});
