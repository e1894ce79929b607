import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { ExportError } from "../../../../src/model/exportError.ts";
import { threadErrors, threadRefusal } from "../../../../src/table/worker/threadErrors.ts";

describe("an error of one of the table's threads", () => {
  it("keeps its code and message on the way to another thread", () => {
    assert.deepEqual(threadRefusal(new ExportError("fileChanged", "It changed.")), {
      code: "fileChanged",
      message: "It changed.",
    });
    const error = threadErrors.refused({ code: "fileChanged", message: "It changed." });
    assert.ok(error instanceof ExportError);
    assert.deepEqual([error.code, error.message], ["fileChanged", "It changed."]);
  });

  it("is an unexpected response if it has none of our codes", () => {
    for (const [error, message] of [
      [new TypeError("odd"), "Couldn't read the table: odd"],
      ["text", "Couldn't read the table: text"],
    ] as const) {
      assert.deepEqual(threadRefusal(error), { code: "unexpectedResponse", message });
    }
    const error = threadErrors.refused({ code: "ENOENT", message: "gone" });
    assert.ok(error instanceof ExportError);
    assert.deepEqual([error.code, error.message], ["unexpectedResponse", "gone"]);
  });

  it("says whether it was canceled, or ended by itself and why", () => {
    const cause = new Error("why");
    const [canceled, ended, unreadable] = [
      threadErrors.cancelled(),
      threadErrors.ended(cause),
      threadErrors.unreadable(),
    ];
    assert.ok(canceled instanceof ExportError && ended instanceof ExportError && unreadable instanceof ExportError);
    assert.deepEqual(
      [canceled.code, ended.code, unreadable.code],
      ["cancelled", "unexpectedResponse", "unexpectedResponse"],
    );
    assert.equal(ended.cause, cause);
    for (const { message } of [ended, unreadable]) assert.match(message, /stopped working\. Reload the table\.$/);
  });
});
