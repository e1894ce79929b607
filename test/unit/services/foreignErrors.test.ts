import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { notAService, ownError, silent, unexpected } from "../../../src/services/foreignErrors.ts";

describe("an error of another extension's service", () => {
  it("keeps its code and its words as a sentence", () => {
    const error = ownError(Object.assign(new Error(" It is  blocked"), { code: "forbidden", token: "t" }), "Third", []);
    assert.deepEqual([error.code, error.message, error.details], ["forbidden", "It is blocked.", {}]);
    assert.deepEqual([String(error.cause), Object.keys(error.cause as object)], ["Error: It is blocked", []]);
  });

  it("is an unexpected response if it has no code of ours or no words", () => {
    for (const [given, cause] of [
      [{ code: "ENOENT", message: "gone" }, "Error: gone"],
      [{ code: "cancelled", message: "stopped" }, "Error: stopped"],
      [{ message: "no code" }, "Error: no code"],
      [{ code: "forbidden" }, undefined],
      [{ code: "forbidden", message: " " }, undefined],
      [{ code: 5, message: 7 }, undefined],
      ["text", undefined],
      [undefined, undefined],
    ] as const) {
      const error = ownError(given, "Third", []);
      assert.equal(error.code, "unexpectedResponse");
      assert.equal(error.message, "Unexpected response from Third. Try again later.");
      assert.equal(error.cause instanceof Error ? String(error.cause) : error.cause, cause);
    }
  });

  it("never shows a secret that the service was given", () => {
    const error = ownError({ code: "unauthorized", message: "Key planted7 is wrong." }, "Third", ["planted7"]);
    assert.equal(error.message, "Key … is wrong.");
    assert.equal(String(error.cause), "Error: Key … is wrong.");
  });
});

describe("a failure of another extension's service", () => {
  it("has a code and names the service or what is wrong with it", () => {
    const cause = new Error("why");
    assert.equal(unexpected("Third", cause).cause, cause);
    assert.ok(!("cause" in unexpected("Third")));
    assert.deepEqual(
      [silent("Third", 10).code, silent("Third", 10).message],
      ["timeout", "Third hasn't answered for 10 minutes. Try again later."],
    );
    assert.equal(notAService("label").code, "invalidRequest");
    assert.match(notAService("label").message, /because label is missing/);
  });
});
