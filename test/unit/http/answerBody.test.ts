import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { AnswerBody } from "../../../src/http/answerBody.ts";

/** A body, and what it did to its connection. */
function openBody(): { body: AnswerBody; calls: string[] } {
  const calls: string[] = [];
  const body = new AnswerBody({
    pause: () => undefined,
    resume: () => undefined,
    leave: () => calls.push("leave"),
    ended: () => calls.push("ended"),
  });
  return { body, calls };
}

describe("The body of a response", () => {
  it("keeps its connection open for the next request if all of it arrived", async () => {
    const { body, calls } = openBody();
    body.arrive(Buffer.from("all"), true);
    body.finish();
    assert.deepEqual(Buffer.concat(await body.toArray()).toString(), "all");
    assert.deepEqual(calls, ["ended"]);
  });

  it("closes its connection if the reader stops before the end", async () => {
    const { body, calls } = openBody();
    body.arrive(Buffer.from("a part"), false);
    const reader = body[Symbol.asyncIterator]();
    await reader.next();
    await reader.return?.();
    assert.deepEqual(calls, ["leave", "ended"]);
  });
});
