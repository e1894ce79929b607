import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { exportExtension, usualExtension } from "../../../src/model/exportName.ts";

describe("the extension of an export", () => {
  it("is the last one of a name, as it is written", () => {
    for (const [name, extension] of [
      ["orders.csv", "csv"],
      ["orders.CSV", "CSV"],
      ["orders.csv.gz", "gz"],
      ["a b.7.jsonl", "jsonl"],
      ["orders.bz2", "bz2"],
    ] as const) {
      assert.equal(exportExtension(name), extension, name);
    }
  });

  it("is none if programs would not open the file as data", () => {
    for (const name of ["orders", "orders.exe", "orders.csv.html", ".csv", "orders..csv", "orders.csv ", "csv", ""]) {
      assert.equal(exportExtension(name), undefined, name);
    }
  });

  it("is one of a fixed list", () => {
    const list =
      "csv tsv tab psv txt json jsonl ndjson geojson xlsx parquet avro orc arrow gz gzip tgz zip zst zstd bz2 xz br lz4 tar";
    for (const extension of list.split(" ")) assert.equal(exportExtension(`a.${extension}`), extension);
  });

  it("is csv if nothing tells what is exported", () => assert.equal(usualExtension, "csv"));
});
