import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { isOfKind, kindOf, kindText } from "../../../src/model/taskKind.ts";

const nightly = { accountId: "a", subject: "users", format: "csv", description: "Nightly export" } as const;

describe("The kind of a task", () => {
  it("is what is exported and its format, whatever the description", () => {
    assert.deepEqual(kindOf(nightly), { accountId: "a", subject: "users", format: "csv" });
    assert.ok(isOfKind({ ...nightly, description: "By hand" }, { accountId: "a", subject: "users", format: "csv" }));
  });

  it("differs by account, subject and format", () => {
    const kind = { accountId: "a", subject: "users", format: "csv" } as const;
    for (const other of [{ accountId: "b" }, { subject: "vouchers" }, { format: "json" }] as const)
      assert.equal(isOfKind({ ...nightly, ...other }, kind), false);
    assert.equal(isOfKind({ accountId: "a", subject: "users", description: "" }, kind), false);
  });

  it("is the description, if the service doesn't say what is exported", () => {
    const task = { accountId: "a", description: "Export of universe 7" };
    assert.deepEqual(kindOf(task), task);
    assert.deepEqual(kindOf({ ...task, subject: "" }), task);
  });

  it("is not known for a task of which nothing is known", () => {
    assert.equal(kindOf({ accountId: "a", description: "" }), undefined);
    assert.equal(isOfKind({ accountId: "a", description: "" }, { accountId: "a" }), false);
  });

  it("has a key that is not shared with a kind whose texts are divided differently", () => {
    assert.notEqual(kindText({ accountId: "a", subject: "b,c" }), kindText({ accountId: "a,b", subject: "c" }));
    assert.notEqual(kindText({ accountId: "a", subject: "x" }), kindText({ accountId: "a", description: "x" }));
  });
});
