import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { identityOf, ifRange, isProvable } from "../../../../src/download/part/rangeAnswer.ts";

const weak = { etag: 'W/"a"', total: 1000 };
const dated = { lastModified: "Mon, 02 Nov 2026 10:00:00 GMT", total: 1000 };
const bare = { total: 1000 };

describe("what the first response says about a file", () => {
  test("includes its ETag, date and length", () => {
    const headers = {
      etag: '"a"',
      "last-modified": "Mon, 02 Nov 2026 10:00:00 GMT",
      "content-length": "12",
      date: "Mon, 02 Nov 2026 10:00:05 GMT",
    };
    assert.deepEqual(identityOf(headers), {
      etag: '"a"',
      lastModified: "Mon, 02 Nov 2026 10:00:00 GMT",
      lastModifiedIsStrong: true,
      total: 12,
    });
  });

  test("doesn't include the length of an encoded body", () =>
    assert.deepEqual(identityOf({ "content-length": "12", "content-encoding": "gzip" }), {}));

  test("gives If-Range a strong ETag, otherwise a strong date, otherwise nothing", () => {
    const date = "Mon, 02 Nov 2026 10:00:00 GMT";
    assert.equal(ifRange({ etag: '"a"', lastModified: date, lastModifiedIsStrong: true }), '"a"');
    assert.equal(ifRange({ etag: 'W/"a"', lastModified: date, lastModifiedIsStrong: true }), date);
    assert.equal(ifRange({ etag: 'W/"a"', lastModified: date, lastModifiedIsStrong: false }), undefined);
    assert.equal(ifRange({}), undefined);
  });

  test("gives If-Range only characters that every server and proxy accepts", () => {
    const date = "Mon, 02 Nov 2026 10:00:00 GMT";
    for (const etag of ['"\u00e9"', '"\u6f22"', '"\u007f"', '"a\tb"', '"a', '"', '"a", "b"']) {
      assert.equal(ifRange({ etag, lastModified: date, lastModifiedIsStrong: true }), date, etag);
    }
    for (const lastModified of ["\u6f22 1", "\u00e9 1", "1\t"]) {
      assert.equal(ifRange({ lastModified, lastModifiedIsStrong: true }), undefined, lastModified);
    }
    assert.equal(ifRange({ etag: '"a b"' }), '"a b"');
    assert.equal(ifRange({ etag: '""' }), '""');
  });

  for (const [what, known, provable] of [
    ["a strong tag", { etag: '"a"' }, true],
    ["a strong tag that can't be sent", { etag: '"\u00e9"' }, true],
    ["a strong date", { ...dated, lastModifiedIsStrong: true }, true],
    ["a weak tag", weak, false],
    ["an unclosed tag", { etag: '"a' }, false],
    ["a date of the same second", dated, false],
    ["a length", bare, false],
  ] as const) {
    test(`can${provable ? "" : "'t"} prove with ${what} that a later response is of the same version`, () =>
      assert.equal(isProvable(known), provable));
  }

  test("has no strong date if the date is of the same second as the response", () => {
    const date = "Mon, 02 Nov 2026 10:00:00 GMT";
    assert.equal(identityOf({ "last-modified": date, date }).lastModifiedIsStrong, false);
    assert.equal(identityOf({ "last-modified": date }).lastModifiedIsStrong, false);
  });
});
