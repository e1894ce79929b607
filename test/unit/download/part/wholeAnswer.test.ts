import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { type FileIdentity, judgeRangeAnswer, type RangeJudgement } from "../../../../src/download/part/rangeAnswer.ts";

const strong = { etag: '"a"', total: 1000 };
const dated = { lastModified: "Mon, 02 Nov 2026 10:00:00 GMT", total: 1000 };
const wrongRange: RangeJudgement = { kind: "restart", why: "wrongRange" };
const whole: RangeJudgement = { kind: "whole", changed: false };

/** 600 bytes are there, and the rest was requested. */
function judgeRest(known: FileIdentity, status: number, headers: Record<string, string>): RangeJudgement {
  return judgeRangeAnswer(status, headers, { from: 600, have: 600, known, hasChecksum: false });
}

describe("an answer with status 200", () => {
  test("that is as long as the rest is only the rest, whatever its tag", () => {
    for (const etag of ['"a"', '"b"'])
      assert.deepEqual(judgeRest(strong, 200, { "content-length": "400", etag }), wrongRange);
  });

  test("of the same version with another length is wrong", () => {
    assert.deepEqual(judgeRest(strong, 200, { "content-length": "700", etag: '"a"' }), wrongRange);
    assert.deepEqual(judgeRest({ total: 1000 }, 200, { "content-length": "700" }), wrongRange);
  });

  test("of another version may have another length", () => {
    const headers = { "content-length": "700", etag: '"b"' };
    assert.deepEqual(judgeRest(strong, 200, headers), { kind: "whole", changed: true });
  });

  for (const [range, judged] of [
    ["bytes 600-999/1000", wrongRange],
    ["bytes 0-399/1000", wrongRange],
    ["bytes 0-999/*", wrongRange],
    ["bytes 0-999/1000", whole],
  ] as const) {
    test(`that says to be ${range} is ${judged.kind === "whole" ? "" : "not "}the file`, () => {
      const request = { from: 0, have: 0, known: undefined, hasChecksum: false };
      assert.deepEqual(judgeRangeAnswer(200, { "content-range": range }, request), judged);
    });
  }
});

describe("another tag with the same date and length", () => {
  const known = { ...dated, ...strong };
  const headers = { etag: '"b"', "last-modified": dated.lastModified };

  test("is no change", () => assert.deepEqual(judgeRest(known, 200, { ...headers, "content-length": "1000" }), whole));

  test("is no proof that bytes belong to the part", () => {
    const range = { "content-range": "bytes 600-999/1000" };
    assert.deepEqual(judgeRest(known, 206, { ...headers, ...range }), { kind: "restart", why: "otherCopy" });
  });

  test("is a change if date or length differ", () => {
    const longer = { ...headers, "content-range": "bytes 600-1199/1200" };
    const later = { "content-range": "bytes 600-999/1000", "last-modified": "Tue, 03 Nov 2026 10:00:00 GMT" };
    for (const changes of [longer, later])
      assert.deepEqual(judgeRest(known, 206, { ...headers, ...changes }), { kind: "restart", why: "changed" });
  });
});
