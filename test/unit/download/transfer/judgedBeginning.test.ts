import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { Readable } from "node:stream";
import { describe, it } from "node:test";
import { gzipSync } from "node:zlib";
import { BodyIntake } from "../../../../src/download/transfer/bodyIntake.ts";
import { type JudgedBeginning, judgedBeginning } from "../../../../src/download/transfer/judgedBeginning.ts";

const html = "<!DOCTYPE html><title>Please sign in</title>";

/** Judges a body that arrives in chunks of this size, one after the other. */
function judge(body: Buffer, chunkBytes = 512): Promise<JudgedBeginning> {
  return judgedBeginning(new BodyIntake(Readable.from(chunksOf(body, chunkBytes))), "text/csv");
}

async function* chunksOf(body: Buffer, chunkBytes: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < body.length; at += chunkBytes) {
    await new Promise((resolve) => setImmediate(resolve));
    yield body.subarray(at, at + chunkBytes);
  }
}

describe("the beginning of a body", { timeout: 20_000 }, () => {
  it("is only as long as needed to recognize the content", async () => {
    assert.ok((await judge(Buffer.from("1,x\n".repeat(50_000)))).bytes.length <= 4_096);
    const late = await judge(Buffer.from(`${"\n".repeat(5_000)}1,x\n`.padEnd(100_000, "x")));
    assert.ok(late.bytes.length > 5_000 && late.bytes.length < 20_000, String(late.bytes.length));
  });

  it("of a gzip file is also only as long as needed", async () => {
    const rows = Array.from({ length: 5000 }, (_, row) => createHash("sha256").update(`${row}`).digest("hex"));
    const packed = gzipSync(rows.join("\n"));
    assert.ok(packed.length > 100_000);
    assert.equal((await judge(packed)).bytes.length, 512);
  });

  it("is the whole body if the body ends before that", async () => {
    assert.deepEqual(await judge(Buffer.from("  \n")), { bytes: Buffer.from("  \n"), kind: "data" });
    assert.deepEqual(await judge(Buffer.alloc(0)), { bytes: Buffer.alloc(0), kind: "data" });
  });

  for (const [what, text, kind] of [
    ["a page", html, "page"],
    ["a page after a long comment", `<!-- ${Buffer.alloc(20_000, "abcdefghij").toString()} -->${html}`, "page"],
    ["rows", "id,name\n1,x\n".repeat(10_000), "gzip"],
    ["nothing", "", "gzip"],
    ["zeros that unpack to much more", "\0".repeat(50_000_000), "gzip"],
  ] as const) {
    it(`of a gzip file with ${what} is ${kind === "page" ? "a page" : "a gzip file"}`, async () => {
      assert.equal((await judge(gzipSync(text))).kind, kind);
    });
  }

  it("of a damaged or unfinished gzip file is a gzip file", async () => {
    const packed = gzipSync("id,name\n".repeat(10));
    assert.equal((await judge(packed.subarray(0, 12))).kind, "gzip");
    assert.equal((await judge(Buffer.from(packed).fill(7, 10))).kind, "gzip");
  });
});
