import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { judgeRangeAnswer, type RangeJudgement } from "../../../../src/download/part/rangeAnswer.ts";
import { defined } from "../../../../src/model/defined.ts";

const strong = { etag: '"a"', total: 1000 };
const weak = { etag: 'W/"a"', total: 1000 };
const dated = { lastModified: "Mon, 02 Nov 2026 10:00:00 GMT", total: 1000 };
const bare = { total: 1000 };

interface Case {
  readonly says: string;
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly from: number;
  readonly known: object | undefined;
  readonly hasChecksum?: boolean;
  readonly judged: RangeJudgement;
}

const have = 600;
const append: RangeJudgement = { kind: "append", end: 1000, total: 1000 };
const wrongRange: RangeJudgement = { kind: "restart", why: "wrongRange" };
const changed: RangeJudgement = { kind: "restart", why: "changed" };
const unproven: RangeJudgement = { kind: "restart", why: "unproven" };
const overlap: RangeJudgement = { kind: "overlap" };
const range = (text: string, etag?: string): Record<string, string> => ({
  "content-range": text,
  ...defined({ etag }),
});

/** The last digit gets lost in calculations. */
const inexact = "9007199254740993";

const cases: Case[] = [
  {
    says: "numbers that are too large to be exact are no range",
    status: 206,
    headers: range(`bytes 600-9007199254740991/${inexact}`, '"a"'),
    from: 600,
    known: { etag: '"a"' },
    judged: wrongRange,
  },
  {
    says: "a total of 400 digits is no total",
    status: 416,
    headers: range(`bytes */${"9".repeat(400)}`, '"a"'),
    from: 600,
    known: { etag: '"a"' },
    judged: changed,
  },
  {
    says: "the same strong tag appends",
    status: 206,
    headers: range("bytes 600-999/1000", '"a"'),
    from: 600,
    known: strong,
    judged: append,
  },
  {
    says: "another strong tag is a change",
    status: 206,
    headers: range("bytes 600-999/1000", '"b"'),
    from: 600,
    known: strong,
    judged: changed,
  },
  {
    says: "no tag where a strong one was known proves nothing",
    status: 206,
    headers: range("bytes 600-999/1000"),
    from: 600,
    known: strong,
    judged: unproven,
  },
  {
    says: "a weak form of the tag proves nothing",
    status: 206,
    headers: range("bytes 600-999/1000", 'W/"a"'),
    from: 600,
    known: strong,
    judged: unproven,
  },
  {
    says: "an overlap doesn't vouch for a missing tag",
    status: 206,
    headers: range("bytes 500-999/1000"),
    from: 500,
    known: strong,
    judged: unproven,
  },
  {
    says: "an overlap doesn't vouch for a weak tag",
    status: 206,
    headers: range("bytes 500-999/1000", 'W/"a"'),
    from: 500,
    known: weak,
    judged: unproven,
  },
  {
    says: "another weak tag is a change",
    status: 206,
    headers: range("bytes 500-999/1000", 'W/"b"'),
    from: 500,
    known: weak,
    judged: changed,
  },
  {
    says: "another date is a change",
    status: 206,
    headers: { ...range("bytes 500-999/1000"), "last-modified": "Mon, 02 Nov 2026 10:00:01 GMT" },
    from: 500,
    known: dated,
    judged: changed,
  },
  {
    says: "the same length proves nothing",
    status: 206,
    headers: range("bytes 500-999/1000"),
    from: 500,
    known: bare,
    judged: unproven,
  },
  {
    says: "a checksum of the whole file vouches for an overlap",
    status: 206,
    headers: range("bytes 500-999/1000"),
    from: 500,
    known: bare,
    hasChecksum: true,
    judged: append,
  },
  {
    says: "a checksum of the whole file and no tag asks for an overlap",
    status: 206,
    headers: range("bytes 600-999/1000"),
    from: 600,
    known: strong,
    hasChecksum: true,
    judged: overlap,
  },
  {
    says: "the same strong date appends to an overlap",
    status: 206,
    headers: { ...range("bytes 500-999/1000", 'W/"a"'), "last-modified": dated.lastModified },
    from: 500,
    known: { ...dated, ...weak, lastModifiedIsStrong: true },
    judged: append,
  },
  {
    says: "the same strong date without an overlap asks for one",
    status: 206,
    headers: { ...range("bytes 600-999/1000"), "last-modified": dated.lastModified },
    from: 600,
    known: { ...dated, lastModifiedIsStrong: true },
    judged: overlap,
  },
  {
    says: "the same date proves nothing if the file may have changed within its second",
    status: 206,
    headers: { ...range("bytes 500-999/1000"), "last-modified": dated.lastModified },
    from: 500,
    known: dated,
    judged: unproven,
  },
  {
    says: "the same strong tag that can't be sent appends to an overlap",
    status: 206,
    headers: range("bytes 500-999/1000", '"\u00e9"'),
    from: 500,
    known: { etag: '"\u00e9"' },
    judged: append,
  },
  {
    says: "another start is a wrong range",
    status: 206,
    headers: range("bytes 599-999/1000", '"a"'),
    from: 600,
    known: strong,
    judged: wrongRange,
  },
  {
    says: "another total under the same strong tag is a wrong range",
    status: 206,
    headers: range("bytes 600-1099/1100", '"a"'),
    from: 600,
    known: strong,
    judged: wrongRange,
  },
  {
    says: "another total without a strong tag is a change",
    status: 206,
    headers: range("bytes 500-1099/1100"),
    from: 500,
    known: bare,
    judged: changed,
  },
  {
    says: "an end beyond the total is a wrong range",
    status: 206,
    headers: range("bytes 600-1000/1000", '"a"'),
    from: 600,
    known: strong,
    judged: wrongRange,
  },
  {
    says: "an end before the start is a wrong range",
    status: 206,
    headers: range("bytes 600-599/1000", '"a"'),
    from: 600,
    known: strong,
    judged: wrongRange,
  },
  {
    says: "no range at all is a wrong range",
    status: 206,
    headers: { etag: '"a"' },
    from: 600,
    known: strong,
    judged: wrongRange,
  },
  {
    says: "several ranges are a wrong range",
    status: 206,
    headers: { etag: '"a"', "content-type": "multipart/byteranges; boundary=x" },
    from: 600,
    known: strong,
    judged: wrongRange,
  },
  {
    says: "a coded range is a wrong range",
    status: 206,
    headers: { ...range("bytes 600-999/1000", '"a"'), "content-encoding": "gzip" },
    from: 600,
    known: strong,
    judged: wrongRange,
  },
  {
    says: "an unknown total leaves the known one",
    status: 206,
    headers: range("bytes 600-999/*", '"a"'),
    from: 600,
    known: strong,
    judged: append,
  },
  {
    says: "a shorter range ends where it says",
    status: 206,
    headers: range("bytes 600-799/1000", '"a"'),
    from: 600,
    known: strong,
    judged: { kind: "append", end: 800, total: 1000 },
  },
  {
    says: "a part that nobody asked for is no use",
    status: 206,
    headers: range("bytes 0-999/1000", '"a"'),
    from: 0,
    known: undefined,
    judged: wrongRange,
  },
  {
    says: "200 with the same tag is the whole file",
    status: 200,
    headers: { etag: '"a"' },
    from: 600,
    known: strong,
    judged: { kind: "whole", changed: false },
  },
  {
    says: "200 with another tag is a changed file",
    status: 200,
    headers: { etag: '"b"' },
    from: 600,
    known: strong,
    judged: { kind: "whole", changed: true },
  },
  {
    says: "200 to the first request is no change",
    status: 200,
    headers: { etag: '"b"' },
    from: 0,
    known: undefined,
    judged: { kind: "whole", changed: false },
  },
  {
    says: "416 with our length is the end",
    status: 416,
    headers: range("bytes */600"),
    from: 600,
    known: { etag: '"a"' },
    judged: { kind: "complete", total: 600 },
  },
  {
    says: "416 with our length, but not the known total, is a change",
    status: 416,
    headers: range("bytes */600"),
    from: 600,
    known: strong,
    judged: changed,
  },
  {
    says: "416 with another length is a change",
    status: 416,
    headers: range("bytes */400"),
    from: 600,
    known: strong,
    judged: changed,
  },
  {
    says: "416 with another tag is a change",
    status: 416,
    headers: range("bytes */600", '"b"'),
    from: 600,
    known: { etag: '"a"' },
    judged: changed,
  },
  {
    says: "416 to an overlap is a change",
    status: 416,
    headers: range("bytes */600"),
    from: 500,
    known: bare,
    judged: changed,
  },
  {
    says: "416 to a request for the whole file is a wrong response",
    status: 416,
    headers: range("bytes */600"),
    from: 0,
    known: undefined,
    judged: wrongRange,
  },
  { says: "416 without a length is a change", status: 416, headers: {}, from: 600, known: strong, judged: changed },
];

describe("a response to a range request", () => {
  for (const { says, status, headers, from, known, hasChecksum = false, judged } of cases) {
    test(says, () => assert.deepEqual(judgeRangeAnswer(status, headers, { from, have, known, hasChecksum }), judged));
  }
});
