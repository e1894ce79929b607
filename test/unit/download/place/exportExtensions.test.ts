import assert from "node:assert/strict";
import { basename, join } from "node:path";
import { describe, it } from "node:test";
import { withExportExtension, withGzipExtension } from "../../../../src/download/place/exportExtensions.ts";

const inFolder = (name: string): string => join("/", "exports.d", name);

describe("the extension of an export", () => {
  for (const [name, becomes] of [
    ["orders", "orders.csv"],
    ["orders.v2", "orders.v2.csv"],
    ["orders.csv", "orders.csv"],
    ["orders.json", "orders.json"],
    ["orders.csv.gz", "orders.csv.gz"],
  ] as const) {
    it(`is there in the end: ${name} becomes ${becomes}`, () => {
      assert.equal(withExportExtension(inFolder(name), "csv"), inFolder(becomes));
    });
  }

  it("fits into a name that is as long as file systems allow, with room for a number", () => {
    const long = withExportExtension(inFolder("é".repeat(200)), "csv");
    assert.ok(long.endsWith(".csv"));
    assert.ok(Buffer.byteLength(basename(long)) <= 246);
    assert.ok(Buffer.byteLength(basename(long)) >= 244);
  });
});

describe("the extension of gzip", () => {
  for (const [name, isGzip, becomes] of [
    ["orders.csv", true, "orders.csv.gz"],
    ["orders.csv.gz", true, "orders.csv.gz"],
    ["orders.tgz", true, "orders.tgz"],
    ["orders.csv", false, "orders.csv"],
    ["orders.csv.gz", false, "orders.csv"],
    ["orders.gz", false, "orders.json"],
    ["orders.CSV.GZ", false, "orders.CSV"],
    ["orders.csv.part.gz", false, "orders.csv_part.json"],
  ] as const) {
    it(`says whether the content is gzip: ${name} that ${isGzip ? "is" : "isn't"} becomes ${becomes}`, () => {
      assert.equal(basename(withGzipExtension(inFolder(name), isGzip, "json")), becomes);
    });
  }
});
