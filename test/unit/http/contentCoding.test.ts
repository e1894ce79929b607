import assert from "node:assert/strict";
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { describe, it } from "node:test";
import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from "node:zlib";
import { asCodingError, CodingError, codingsOf, decoded, keepNamedCoding } from "../../../src/http/contentCoding.ts";

const plain = [
  ...["", "identity", "identity, identity", "none", "binary", "aws-chunked", "chunked", "8bit", "NULL"],
  ...["UTF-8", "utf8", "utf8mb4", "iso-8859-1", "windows-1252", "us-ascii", "Shift_JIS", "charset=utf-8", "text/csv"],
];

describe("the codings of a body", () => {
  it("are none without a header", () => assert.deepEqual(codingsOf({}), []));

  for (const value of plain) {
    it(`are none if the header says ${JSON.stringify(value)}`, () => {
      assert.deepEqual(codingsOf({ "content-encoding": value }), []);
    });
  }

  for (const [value, codings] of [
    ["gzip", ["gzip"]],
    [" GZIP ", ["gzip"]],
    ["aws-chunked,gzip", ["gzip"]],
    ["gzip, utf-8", ["gzip"]],
    ["deflate, br", ["deflate", "br"]],
    ["rot13", ["rot13"]],
  ] as const) {
    it(`are read from ${JSON.stringify(value)}`, () => {
      assert.deepEqual(codingsOf({ "content-encoding": value }), codings);
    });
  }

  it("are the unchanged values if the header has more of them than any server sends", () => {
    const values = Array<string>(17).fill("none");
    assert.deepEqual(codingsOf({ "content-encoding": values.slice(1).join() }), []);
    assert.deepEqual(codingsOf({ "content-encoding": values.join() }), values);
  });
});

describe("a file whose name says how its bytes are coded", () => {
  for (const [name, coding, left] of [
    ["orders.csv.gz", "gzip", []],
    ["orders.tgz", "x-gzip", []],
    ["ORDERS.CSV.GZ", "GZIP", []],
    ["orders.csv.br", "br", []],
    ["orders.csv.zst", "zstd", []],
    ["orders.csv.gz", "deflate, gzip", ["deflate"]],
    ["orders.csv.gz", "br", ["br"]],
    ["orders.csv", "gzip", ["gzip"]],
    ["orders.gz.csv", "gzip", ["gzip"]],
    ["orders.csv.gz", "utf-8", []],
  ] as const) {
    it(`is saved in this coding: ${name} sent with ${coding}`, () => {
      assert.deepEqual(codingsOf(keepNamedCoding({ "content-encoding": coding }, name)), left);
    });
  }
});

describe("a body with several codings", () => {
  const zipped = (times: number): Buffer => (times === 0 ? Buffer.from("a;b") : gzipSync(zipped(times - 1)));
  const read = (times: number): Readable => decoded(Readable.from([zipped(times)]), Array<string>(times).fill("gzip"));

  for (const times of [0, 1, 2, 3]) {
    it(`is decoded: ${times}`, async () => assert.equal((await buffer(read(times))).toString(), "a;b"));
  }

  const packed = { gzip: gzipSync, deflate: deflateSync, br: brotliCompressSync, zstd: zstdCompressSync };
  for (const [coding, pack] of Object.entries(packed)) {
    it(`with ${coding} is refused if bytes follow its end, which may be the rest of the file`, async () => {
      const [half, rest] = [pack(Buffer.alloc(200_000, "a;b\n")), pack(Buffer.from("c;d\n"))];
      const whole = decoded(Readable.from([half]), [coding]);
      assert.equal((await buffer(whole)).byteLength, 200_000);
      for (const more of [[Buffer.from([0]), rest], [Buffer.alloc(300_000)], [Buffer.from([7])]]) {
        for (const chunks of [[half, ...more], [Buffer.concat([half, ...more])]]) {
          const error = await buffer(decoded(Readable.from(chunks), [coding])).then(
            () => undefined,
            (failure: unknown) => asCodingError(failure),
          );
          assert.ok(error instanceof CodingError);
        }
      }
    });
  }

  it("with gzip may have several members", async () => {
    const body = Readable.from([gzipSync("a;b\n"), gzipSync("c;d\n")]);
    assert.equal((await buffer(decoded(body, ["gzip"]))).toString(), "a;b\nc;d\n");
  });

  it("is refused if there are more than three, and its connection is closed", () => {
    for (const times of [4, 100]) {
      const body = Readable.from([zipped(times)]);
      assert.throws(() => decoded(body, Array<string>(times).fill("gzip")), CodingError);
      assert.ok(body.destroyed);
    }
  });
});
