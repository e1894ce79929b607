import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { gzipSync } from "node:zlib";
import { extensionByContent } from "../../../src/download/exportKind.ts";

const rows = '{"id":1}\n{"id":2}\n';

describe("the extension of a file without one", () => {
  for (const [what, content, type, extension] of [
    ["a gzip archive", gzipSync("id\n1\n"), "text/csv", "gz"],
    ["a zip archive", Buffer.from("PK\u0003\u0004rest"), "text/csv", "zip"],
    ["a Parquet file", Buffer.from("PAR1rest"), "application/json", "parquet"],
    ["a file that only contains the letters of Parquet", Buffer.from("id,PAR1\n"), undefined, "csv"],
    ["NDJSON by its type", Buffer.from('{"id":1}'), "application/ndjson", "ndjson"],
    ["NDJSON by another type", Buffer.from('{"id":1}'), "Application/X-NDJSON; charset=utf-8", "ndjson"],
    ["NDJSON by a type of JSON lines", Buffer.from('{"id":1}'), "application/jsonl", "ndjson"],
    ["NDJSON by the long type of JSON lines", Buffer.from('{"id":1}'), "application/x-jsonlines", "ndjson"],
    ["tabs by the type", Buffer.from("id\tname\n"), "TEXT/tab-separated-values", "tsv"],
    ["CSV by the type, whatever it begins with", Buffer.from("[id],name\n"), " Text/CSV;header=present", "csv"],
    ["JSON by the type", Buffer.from("7"), "Application/JSON", "json"],
    ["a type that only contains another one", Buffer.from("id\n"), "x-application/json", "csv"],
    ["a type that only ends in that of tabs", Buffer.from("[1]"), "x-text/tab-separated-values", "json"],
    ["a type that only ends in that of CSV", Buffer.from("[1]"), "x-text/csv", "json"],
    ["a type that only ends in that of NDJSON", Buffer.from("[1]"), "x-application/ndjson", "json"],
    ["a type that only begins like JSON", Buffer.from("id\n"), "application/jsonish", "csv"],
    ["an array", Buffer.from(" \n[1]"), "text/plain", "json"],
    ["one object", Buffer.from('{"id":1}\n'), undefined, "json"],
    ["one object over several lines", Buffer.from('{\n"id":1\n}\n'), undefined, "json"],
    ["an object for each line", Buffer.from(rows), undefined, "ndjson"],
    [
      "an object for each line, with other line ends and spaces",
      Buffer.from('{"id":1} \t\r\n \t{"id":2}'),
      "",
      "ndjson",
    ],
    ["an array after a mark of UTF-8", Buffer.from("\ufeff[1]"), undefined, "json"],
    ["objects in UTF-16", Buffer.from(`\ufeff${rows}`, "utf16le"), undefined, "ndjson"],
    ["rows that only contain brackets", Buffer.from('id,{"a":1},[2]\n'), undefined, "csv"],
    ["rows that contain objects in quotes", Buffer.from(`"a"\n${rows}`), undefined, "csv"],
    ["nothing", Buffer.alloc(0), undefined, "csv"],
  ] as const) {
    it(`is ${extension} for ${what}`, () => assert.equal(extensionByContent(content, type), extension));
  }
});
