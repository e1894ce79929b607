import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { isSameTask, taskKeyText } from "../../../src/model/taskKey.ts";

const key = { accountId: "account", taskId: "12345" };

describe("the key of a task", () => {
  it("is the account's ID and the task's", () => assert.equal(taskKeyText(key), "account/12345"));

  it("is the same only if both IDs are", () => {
    assert.equal(isSameTask(key, { ...key }), true);
    assert.equal(isSameTask(key, { ...key, accountId: "other" }), false);
    assert.equal(isSameTask(key, { ...key, taskId: "1" }), false);
  });
});
