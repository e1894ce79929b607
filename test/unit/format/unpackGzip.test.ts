import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, it } from "node:test";
import { gzipSync } from "node:zlib";
import { unpackedPath, unpackGzip } from "../../../src/format/unpackGzip.ts";
import { ExportError } from "../../../src/model/exportError.ts";

const { signal } = new AbortController();
const rows = Buffer.from("id,name\n".repeat(200_000));

describe("an archive as an export", () => {
  let folder: string;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), "task-exports-unpack-"));
  });

  afterEach(() => rm(folder, { recursive: true, force: true }));

  async function file(name: string, content: Buffer | string): Promise<string> {
    const written = path.join(folder, name);
    await writeFile(written, content);
    return written;
  }

  async function codeOf(work: Promise<void>): Promise<string> {
    const error: unknown = await work.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    assert.ok(error instanceof ExportError);
    return error.code;
  }

  it("is unpacked byte for byte, for its owner alone, over an earlier one", async () => {
    const source = await file("a.csv.gz", gzipSync(rows));
    const target = unpackedPath(source);
    assert.equal(target, path.join(folder, "a.csv"));
    await writeFile(target, "of last week");
    await unpackGzip(source, target, signal);
    assert.deepEqual(await readFile(target), rows);
    if (process.platform !== "win32") assert.equal((await stat(target)).mode & 0o077, 0);
  });

  it("never stands in its own way when its name has no end to lose", () =>
    assert.equal(unpackedPath("/x/export.csv"), "/x/export.csv.unpacked"));

  it("that is cut off or damaged leaves nothing and says so", async () => {
    const packed = gzipSync(rows);
    const broken = Buffer.from(packed);
    broken.fill(7, 100, 140);
    for (const [name, content] of [
      ["cut.gz", packed.subarray(0, packed.length - 20)],
      ["broken.gz", broken],
    ] as const) {
      const source = await file(name, content);
      assert.equal(await codeOf(unpackGzip(source, unpackedPath(source), signal)), "truncated", name);
    }
    assert.deepEqual((await readdir(folder)).sort(), ["broken.gz", "cut.gz"]);
  });

  it("leaves nothing when it is cancelled", async () => {
    const source = await file("a.csv.gz", gzipSync(rows));
    assert.equal(await codeOf(unpackGzip(source, unpackedPath(source), AbortSignal.abort())), "cancelled");
    assert.deepEqual(await readdir(folder), ["a.csv.gz"]);
  });
});
