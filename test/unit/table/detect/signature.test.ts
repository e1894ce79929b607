import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { isPage, looksBinary, packedAs } from "../../../../src/table/detect/signature.ts";

/** A text of so many bytes, the first of which are replaced by a control character. */
function textWith(length: number, control: number, times: number): Uint8Array {
  return new Uint8Array(length).fill(0x61).fill(control, 0, times);
}

const kibibyte = 1024;

describe("A file is binary", () => {
  it("when more than one byte in 500 is NUL, and not for a few lost ones", () => {
    assert.equal(looksBinary(textWith(10_000, 0, 20)), false);
    assert.equal(looksBinary(textWith(10_000, 0, 21)), true);
    assert.equal(looksBinary(textWith(100, 0, 1)), true);
    assert.equal(looksBinary(textWith(500, 0, 1)), false);
  });

  it("when more than one byte in 20 is any control character that texts do not use", () => {
    assert.equal(looksBinary(textWith(10_000, 0x02, 500)), false);
    assert.equal(looksBinary(textWith(10_000, 0x02, 501)), true);
    const mixed = textWith(10_000, 0x02, 500);
    mixed[9_999] = 0;
    assert.equal(looksBinary(mixed), true);
  });

  it("not for tabs, line breaks, escapes and control characters that separate fields", () => {
    for (const control of [0x01, 0x09, 0x0a, 0x0d, 0x1a, 0x1b, 0x1c, 0x1f]) {
      assert.equal(looksBinary(textWith(1_000, control, 1_000)), false, `0x${control.toString(16)}`);
    }
    for (const control of [0x02, 0x08, 0x0e, 0x19]) {
      assert.equal(looksBinary(textWith(1_000, control, 1_000)), true, `0x${control.toString(16)}`);
    }
  });

  it("by its first 16 KiB only", () => {
    const text = textWith(64 * kibibyte, 0x61, 0);
    assert.equal(looksBinary(text.fill(0, 16 * kibibyte)), false);
    assert.equal(looksBinary(text.fill(0, 16 * kibibyte - 33)), true);
  });
});

describe("A text with zeros or control characters is no binary file", () => {
  const rows = (row: string, times = 300): Uint8Array => Buffer.from(row.repeat(times), "latin1");

  it("if one control character divides its rows", () => {
    assert.equal(looksBinary(rows("ab\u0002cd\n")), false);
    assert.equal(looksBinary(rows("ab\u0002cd")), true, "without lines, it divides nothing");
    assert.equal(looksBinary(rows("a\u0002\n")), true, "with as many of them as others");
    assert.equal(looksBinary(rows("ab\u0002cd\u0003ef\n")), true, "another one is no delimiter");
  });

  it("if its fields are filled up with zeros", () => {
    assert.equal(looksBinary(rows("ab\0\0,cd\0\0\n")), false);
    assert.equal(looksBinary(rows("ab\0\0,cd\0\0")), true, "without lines");
    assert.equal(looksBinary(rows("\0a\0\0b\0c\0\n")), true, "bytes between zeros are numbers");
    assert.equal(looksBinary(rows("abcdefgh\0i\0k\n")), false, "a few of them are not");
    assert.equal(
      looksBinary(Buffer.concat([rows("ab\0\0,cd\0\0\n"), Buffer.from([2, 3])])),
      true,
      "with control characters",
    );
  });
});

describe("A compressed or binary format", () => {
  for (const [kind, start] of [
    ["gzip", "1f8b08"],
    ["zip", "504b0304"],
    ["zip", "504b0506"],
    ["zip", "504b0708"],
    ["binary", "25504446"],
    ["parquet", "50415231"],
    ["binary", "28b52ffd"],
    ["binary", "fd377a585a00"],
    ["binary", "377abcaf271c"],
    ["binary", "d0cf11e0a1b1"],
    ["binary", "89504e47"],
  ] as const) {
    it(`is recognized by its first bytes: ${start} is ${kind}`, () => {
      const bytes = Buffer.from(start, "hex");
      assert.deepEqual(packedAs(Buffer.concat([bytes, Buffer.from("a,b\n1,2\n")])), { kind });
      assert.equal(packedAs(bytes.subarray(0, -1)), undefined);
      assert.equal(packedAs(Buffer.concat([Buffer.from(" "), bytes])), undefined);
    });
  }
});

describe("A page that was saved instead of data", () => {
  it("is recognized within the first 64 KiB", () => {
    assert.equal(isPage(Buffer.from("<!DOCTYPE html><html>")), true);
    assert.equal(isPage(Buffer.from(`${" ".repeat(65_000)}<!DOCTYPE html><html>`)), true);
    assert.equal(isPage(Buffer.from(`${" ".repeat(65_536)}<!DOCTYPE html><html>`)), false);
    assert.equal(isPage(Buffer.from("<id>,name\n1,2\n")), false);
  });

  it("is recognized by what a download recognizes it by", () => {
    for (const page of [
      "<!doctypehtml>",
      "<?a b?><html>",
      "<!--?><--> <html>",
      "\xef\xbb\xbf\0<html>",
      "<!-- a",
      "<!-- a -->",
    ])
      assert.equal(isPage(Buffer.from(page, "latin1")), true, page);
    for (const data of ["<!-- a -->\nid,name\n", "<html>,<body>", "<?a?>,<?b?>\n", " ", ""])
      assert.equal(isPage(Buffer.from(data)), false, data);
  });
});
