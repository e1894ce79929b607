import assert from "node:assert/strict";
import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { describe, it } from "node:test";
import { gzipSync } from "node:zlib";
import { unpackTo } from "../../../../src/table/unpack/unpackTo.ts";
import { behaveAs } from "../../download/otherDisk.ts";

const { signal } = new AbortController();

describe("unpacking for a table", () => {
  it("stops before the last of the disk is used, and keeps what can be read until then", async (context) => {
    const folder = await mkdtemp(path.join(os.tmpdir(), "task-exports-unpack-"));
    context.after(() => rm(folder, { recursive: true }));
    const [from, to] = [path.join(folder, "bomb.csv.gz"), path.join(folder, "unpacked")];
    await writeFile(from, gzipSync(Buffer.alloc(64 * 1024 * 1024, "1,2,3\n")));
    behaveAs(context, folder, { space: () => ({ total: 2 ** 40, free: 2 ** 28 }) });
    let readable = 0;
    const work = unpackTo(from, to, (bytes) => (readable = bytes), signal);
    await assert.rejects(work, { code: "diskFull", message: /512 MiB are kept free/ });
    assert.ok(readable > 2 ** 20 && readable < 2 ** 24, `${readable} bytes`);
    // All of it is there, and at most the chunk that was being written when it stopped.
    const { size } = await stat(to);
    assert.ok(size >= readable && size <= readable + 2 ** 20, `${size} bytes, of which ${readable} can be read`);
  });
});
