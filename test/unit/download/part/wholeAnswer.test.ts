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

describe("a response with status 200", () => {
  test("is only the rest if it is as long as the rest, whatever its ETag", () => {
    for (const etag of ['"a"', '"b"'])
      assert.deepEqual(judgeRest(strong, 200, { "content-length": "400", etag }), wrongRange);
  });

  test("is rejected if it is of the same version and has another length", () => {
    assert.deepEqual(judgeRest(strong, 200, { "content-length": "700", etag: '"a"' }), wrongRange);
    assert.deepEqual(judgeRest({ total: 1000 }, 200, { "content-length": "700" }), wrongRange);
  });

  test("may have another length if it is of another version", () => {
    const headers = { "content-length": "700", etag: '"b"' };
    assert.deepEqual(judgeRest(strong, 200, headers), { kind: "whole", changed: true });
  });

  for (const [range, judged] of [
    ["bytes 600-999/1000", wrongRange],
    ["bytes 0-399/1000", wrongRange],
    ["bytes 0-999/*", wrongRange],
    ["bytes 0-999/1000", whole],
  ] as const) {
    test(`is ${judged.kind === "whole" ? "" : "not "}the file if its Content-Range is ${range}`, () => {
      const request = { from: 0, have: 0, known: undefined, hasChecksum: false };
      assert.deepEqual(judgeRangeAnswer(200, { "content-range": range }, request), judged);
    });
  }
});

describe("another ETag with the same date and length", () => {
  const known = { ...dated, ...strong };
  const headers = { etag: '"b"', "last-modified": dated.lastModified };

  test("doesn't count as a change", () =>
    assert.deepEqual(judgeRest(known, 200, { ...headers, "content-length": "1000" }), whole));

  test("doesn't prove that bytes belong to the part", () => {
    const range = { "content-range": "bytes 600-999/1000" };
    assert.deepEqual(judgeRest(known, 206, { ...headers, ...range }), { kind: "restart", why: "otherCopy" });
  });

  test("counts as a change if date or length differ", () => {
    const longer = { ...headers, "content-range": "bytes 600-1199/1200" };
    const later = { "content-range": "bytes 600-999/1000", "last-modified": "Tue, 03 Nov 2026 10:00:00 GMT" };
    for (const changes of [longer, later])
      assert.deepEqual(judgeRest(known, 206, { ...headers, ...changes }), { kind: "restart", why: "changed" });
  });
});
