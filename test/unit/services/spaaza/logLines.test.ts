import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { logLines, mostLogLines } from "../../../../src/services/spaaza/logLines.ts";

describe("the log of a Spaaza task", () => {
  it("is read from texts and from the fields that can have text, in the order of the response", () => {
    const logs = ["one", { message: "two" }, { text: "three" }, { desc: "four" }];
    assert.deepEqual(logLines(logs, []), ["one", "two", "three", "four"]);
  });

  it("is in the order of its dates if each entry has one", () => {
    const logs = [
      { date: "2026-01-02T00:00:00Z", message: "later" },
      { date: "2026-01-01T00:00:00Z", message: "earlier" },
    ];
    assert.deepEqual(logLines(logs, []), ["earlier", "later"]);
  });

  it("leaves out entries without text, and anything that is no list", () => {
    assert.deepEqual(logLines([null, 1, {}, { message: 7 }, [], { message: " " }], []), []);
    for (const logs of [undefined, null, "text", { length: 3 }]) assert.deepEqual(logLines(logs, []), []);
  });

  it("shows neither what was sent nor URLs nor line breaks", () => {
    const logs = ["token abcdef-secret was used\nfor https://store.example/a?sig=1"];
    assert.deepEqual(logLines(logs, ["abcdef-secret"]), ["token … was used for …"]);
  });

  it("has a length that ends", () => {
    const lines = logLines(
      Array.from({ length: 1000 }, () => "x".repeat(100_000)),
      [],
    );
    assert.equal(lines.length, mostLogLines);
    assert.ok(lines.every((line) => line.length <= 500));
  });
});
