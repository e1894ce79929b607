import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { identityOf, ifRange, isProvable } from "../../../../src/download/part/rangeAnswer.ts";

const weak = { etag: 'W/"a"', total: 1000 };
const dated = { lastModified: "Mon, 02 Nov 2026 10:00:00 GMT", total: 1000 };
const bare = { total: 1000 };

describe("what is known of a file after its first answer", () => {
  test("its tag, its date and its length", () => {
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

  test("a coded length is not the file's", () =>
    assert.deepEqual(identityOf({ "content-length": "12", "content-encoding": "gzip" }), {}));

  test("If-Range takes a strong tag, or else a date that is strong, or else nothing", () => {
    const date = "Mon, 02 Nov 2026 10:00:00 GMT";
    assert.equal(ifRange({ etag: '"a"', lastModified: date, lastModifiedIsStrong: true }), '"a"');
    assert.equal(ifRange({ etag: 'W/"a"', lastModified: date, lastModifiedIsStrong: true }), date);
    assert.equal(ifRange({ etag: 'W/"a"', lastModified: date, lastModifiedIsStrong: false }), undefined);
    assert.equal(ifRange({}), undefined);
  });

  test("If-Range takes only what every server and proxy passes on", () => {
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
    test(`a later response can ${provable ? "" : "not "}prove that it is of the same version by ${what}`, () =>
      assert.equal(isProvable(known), provable));
  }

  test("a date of the same second as the answer is not strong", () => {
    const date = "Mon, 02 Nov 2026 10:00:00 GMT";
    assert.equal(identityOf({ "last-modified": date, date }).lastModifiedIsStrong, false);
    assert.equal(identityOf({ "last-modified": date }).lastModifiedIsStrong, false);
  });
});
