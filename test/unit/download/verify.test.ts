import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { gzipSync } from "node:zlib";
import { compareChecksums, isCutOffGzip } from "../../../src/download/verify.ts";
import { temporaryFolder } from "./part/temporaryFolder.ts";

const computed = { md5: "aa", sha256: "bb" };

describe("a complete file", () => {
  it("is verified by the checksums that were computed and announced", () => {
    const right = { algorithm: "md5", value: "aa" } as const;
    const wrong = { algorithm: "sha256", value: "aa" } as const;
    const other = { algorithm: "crc32", value: "aa" } as const;
    assert.equal(compareChecksums(computed, [right], 7), "checksum");
    assert.equal(compareChecksums(computed, [right, other], undefined), "checksum");
    assert.equal(compareChecksums(computed, [right, wrong], 7), "different");
    assert.equal(compareChecksums(computed, [wrong], 7), "different");
  });

  it("is verified by its length if no checksum is announced and the length is known", () => {
    const other = { algorithm: "crc32", value: "aa" } as const;
    assert.equal(compareChecksums(computed, [other], 7), "length");
    assert.equal(compareChecksums(computed, [], 0), "length");
    assert.equal(compareChecksums(computed, [other], undefined), "unverified");
  });
});

describe("a gzip archive", () => {
  const packed = gzipSync(randomBytes(2_000_000));
  const never = new AbortController().signal;

  async function fileWith(context: TestContext, bytes: Uint8Array): Promise<string> {
    const path = join(await temporaryFolder(context), "a.part");
    await writeFile(path, bytes);
    return path;
  }

  it("is cut off if its end is missing", async (context) => {
    assert.equal(await isCutOffGzip(await fileWith(context, packed), never), false);
    for (const length of [packed.length - 1, 1_000_000, 600]) {
      assert.equal(await isCutOffGzip(await fileWith(context, packed.subarray(0, length)), never), true, `${length}`);
    }
  });

  it("doesn't count as cut off if it is damaged in another way", async (context) => {
    const damaged = Buffer.from(packed);
    damaged.fill(0xff, 1000, 1100);
    assert.equal(await isCutOffGzip(await fileWith(context, damaged), never), false);
  });

  it("is not read if it isn't really a gzip archive", async (context) => {
    assert.equal(await isCutOffGzip(await fileWith(context, Buffer.from("a,b\n1,2\n")), never), false);
    assert.equal(await isCutOffGzip(await fileWith(context, Buffer.alloc(0)), never), false);
  });

  it("is no longer read after the download is canceled", async (context) => {
    const path = await fileWith(context, packed);
    await assert.rejects(isCutOffGzip(path, AbortSignal.abort()), { code: "cancelled" });
  });
});
