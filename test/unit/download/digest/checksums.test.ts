import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { describe, it } from "node:test";
import { crc32 } from "node:zlib";

import { announcedChecksums } from "../../../../src/download/digest/checksums.ts";

const body = Buffer.from("123456789");
const md5 = createHash("md5").update(body).digest();
const sha256 = createHash("sha256").update(body).digest();
const sha1 = createHash("sha1").update(body).digest();
const etag = `"${md5.toString("hex")}"`;
const expectedMd5 = [{ algorithm: "md5", value: md5.toString("hex") }];
const s3 = { "x-amz-request-id": "1", etag };

describe("announced checksums", () => {
  it("are read from Content-MD5", () =>
    assert.deepEqual(announcedChecksums({ "content-md5": md5.toString("base64") }), expectedMd5));

  it("leave out the Content-MD5 of a range, but not the one of Azure's whole blob", () => {
    const range = { "content-md5": sha1.subarray(0, 16).toString("base64"), "content-range": "bytes 5-9/100" };
    assert.deepEqual(announcedChecksums(range), []);
    assert.deepEqual(announcedChecksums({ ...range, "x-ms-blob-content-md5": md5.toString("base64") }), expectedMd5);
    const whole = { "content-md5": md5.toString("base64"), "content-range": "bytes 0-8/9" };
    assert.deepEqual(announcedChecksums(whole), expectedMd5);
  });

  it("are read from x-goog-hash, whether it is sent once or several times", () => {
    const crc = { algorithm: "crc32c", value: "e3069283" };
    assert.deepEqual(announcedChecksums({ "x-goog-hash": `crc32c=4waSgw==,md5=${md5.toString("base64")}` }), [
      crc,
      ...expectedMd5,
    ]);
    assert.deepEqual(announcedChecksums({ "x-goog-hash": "md5=bad, crc32c=4waSgw==" }), [crc]);
  });

  it("leave out checksums that Google computed before it unpacked the object", () => {
    const headers = { "x-goog-hash": "crc32c=4waSgw==", "x-goog-stored-content-encoding": "gzip" };
    assert.deepEqual(announcedChecksums(headers), []);
    assert.equal(announcedChecksums({ ...headers, "x-goog-stored-content-encoding": "identity" }).length, 1);
  });

  it("are read from each of S3's headers", () => {
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc32(body));
    const headers = {
      "x-amz-checksum-crc32": sum.toString("base64"),
      "x-amz-checksum-crc32c": "4waSgw==",
      "x-amz-checksum-crc64nvme": Buffer.from("ae8b14860a799888", "hex").toString("base64"),
      "x-amz-checksum-sha1": sha1.toString("base64"),
      "x-amz-checksum-sha256": sha256.toString("base64"),
    };
    assert.deepEqual(
      Object.fromEntries(announcedChecksums(headers).map(({ algorithm, value }) => [algorithm, value])),
      {
        crc32: "cbf43926",
        crc32c: "e3069283",
        crc64nvme: "ae8b14860a799888",
        sha1: sha1.toString("hex"),
        sha256: sha256.toString("hex"),
      },
    );
    assert.deepEqual(announcedChecksums({ ...headers, "x-amz-checksum-type": "COMPOSITE" }), []);
  });

  it("leave out checksums of checksums", () => {
    assert.deepEqual(announcedChecksums({ "x-amz-checksum-sha256": `${sha256.toString("base64")}-3` }), []);
    assert.deepEqual(announcedChecksums({ ...s3, etag: `"${md5.toString("hex")}-2"` }), []);
  });

  it("include the ETag of S3 if it is an MD5", () => {
    assert.deepEqual(announcedChecksums(s3), expectedMd5);
    assert.deepEqual(announcedChecksums({ server: "AmazonS3", etag: etag.toUpperCase() }), expectedMd5);
    assert.deepEqual(announcedChecksums({ ...s3, "x-amz-server-side-encryption": "AES256" }), expectedMd5);
  });

  for (const [why, headers] of [
    ["the store is not S3", { etag }],
    ["it is weak", { ...s3, etag: `W/${etag}` }],
    ["it is encrypted by KMS", { ...s3, "x-amz-server-side-encryption": "aws:kms" }],
    ["it is encrypted by KMS twice", { ...s3, "x-amz-server-side-encryption": "aws:kms:dsse" }],
    ["it is encrypted under a customer's key", { ...s3, "x-amz-server-side-encryption-customer-algorithm": "AES256" }],
    ["its bucket is a directory", { ...s3, "x-amz-storage-class": "EXPRESS_ONEZONE" }],
    ["it has another form", { ...s3, etag: '"abc"' }],
  ] as const) {
    it(`don't include the ETag if ${why}`, () => assert.deepEqual(announcedChecksums(headers), []));
  }

  it("are ignored if the body is encoded", () => {
    const headers = { "content-md5": md5.toString("base64"), ...s3 };
    assert.deepEqual(announcedChecksums({ ...headers, "content-encoding": "gzip" }), []);
    assert.deepEqual(announcedChecksums({ ...headers, "content-encoding": "identity" }), expectedMd5);
  });

  it("leave out malformed values", () => {
    const malformed = ["", "=", "x", md5.toString("hex"), sha1.toString("base64"), `${md5.toString("base64")}x`];
    for (const value of malformed) {
      assert.deepEqual(announcedChecksums({ "content-md5": value, "x-amz-checksum-crc32": value }), [], value);
    }
  });

  it("include one value per algorithm, from the most explicit header", () => {
    const other = `"${"0".repeat(32)}"`;
    assert.deepEqual(announcedChecksums({ ...s3, etag: other, "content-md5": md5.toString("base64") }), expectedMd5);
  });
});

describe("announced checksums of a range", () => {
  const announced = (range: string): number =>
    announcedChecksums({ "content-md5": md5.toString("base64"), "content-range": range }).length;

  it("count if the range is the whole file, in any spelling", () => {
    for (const range of ["bytes 0-8/9", " BYTES 0-8/9 ", "bytes 0-0/1", "bytes 0-99/100"]) {
      assert.equal(announced(range), 1, range);
    }
  });

  it("don't count if the range is only a piece of the file or can't be read", () => {
    for (const range of [
      "bytes 0-7/9",
      "bytes 1-8/9",
      "bytes 0-8/*",
      "bytes 0-8/9x",
      "x bytes 0-8/9",
      "bytes 00-8/9",
      "",
    ]) {
      assert.equal(announced(range), 0, range);
    }
  });
});

describe("announced checksums of an encoded body", () => {
  it("don't count, because the decoded bytes are saved", () => {
    const headers = { "content-md5": md5.toString("base64") };
    for (const coding of ["gzip", "br"]) {
      assert.deepEqual(announcedChecksums({ ...headers, "content-encoding": coding }), []);
    }
    for (const coding of ["", " Identity "]) {
      assert.deepEqual(announcedChecksums({ ...headers, "content-encoding": coding }), expectedMd5);
    }
  });
});
