import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { describe, it } from "node:test";

import fc from "fast-check";

import type { DigestAlgorithm } from "../../../../src/download/digest/digestMessages.ts";
import { startDigest } from "../../../../src/download/digest/runningDigest.ts";

/** The published check values, of the nine digits and of 32 zero bytes (RFC 3720 for CRC-32C). */
const published: readonly [DigestAlgorithm, string | Buffer, string][] = [
  ["crc32", "123456789", "cbf43926"],
  ["crc32c", "123456789", "e3069283"],
  ["crc64nvme", "123456789", "ae8b14860a799888"],
  ["crc32c", Buffer.alloc(32), "8a9136aa"],
  ["crc32c", Buffer.alloc(32, 0xff), "62a8ab43"],
  ["crc64nvme", Buffer.alloc(4096), "6482d367eb22b64e"],
  ["crc32", "", "00000000"],
  ["crc32c", "", "00000000"],
  ["crc64nvme", "", "0000000000000000"],
  ["md5", "123456789", createHash("md5").update("123456789").digest("hex")],
  ["sha1", "123456789", createHash("sha1").update("123456789").digest("hex")],
  ["sha256", "", createHash("sha256").digest("hex")],
];

describe("a running digest", () => {
  for (const [algorithm, bytes, expected] of published) {
    it(`gives the published ${algorithm} of ${bytes.length} bytes`, () => {
      const digest = startDigest(algorithm);
      digest.update(Buffer.from(bytes));
      assert.equal(digest.hex(), expected);
    });
  }

  for (const algorithm of ["crc32", "crc32c", "crc64nvme", "md5", "sha1", "sha256"] as const) {
    it(`gives the same ${algorithm}, however the bytes are split`, () => {
      const cut = fc.uint8Array({ maxLength: 40 });
      fc.assert(
        fc.property(fc.array(cut, { maxLength: 6 }), (pieces) => {
          const [whole, inPieces] = [startDigest(algorithm), startDigest(algorithm)];
          whole.update(Buffer.concat(pieces));
          for (const piece of pieces) inPieces.update(piece);
          assert.equal(inPieces.hex(), whole.hex());
        }),
      );
    });
  }
});
