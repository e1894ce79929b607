import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";
import { flushFolder } from "../../../src/disk/unsupported.ts";

describe("The flush of a folder", () => {
  it("is shared by callers that come while another flush runs, but not with the one that runs", async () => {
    const first = flushFolder(tmpdir());
    const second = flushFolder(tmpdir());
    const third = flushFolder(tmpdir());
    assert.notEqual(second, first, "its names may be newer than the flush");
    assert.equal(third, second);
    await Promise.all([first, second]);
    const later = flushFolder(tmpdir());
    assert.notEqual(later, second);
    await later;
  });

  it("fails for every caller that shares it, and not for later ones", async (test) => {
    const folder = await mkdtemp(join(tmpdir(), "task-exports-flush-"));
    test.after(() => rm(folder, { recursive: true }));
    const missing = join(folder, "missing");
    const flushes = [flushFolder(missing), flushFolder(missing), flushFolder(missing)];
    for (const flush of await Promise.allSettled(flushes)) assert.equal(flush.status, "rejected");
    await mkdir(missing);
    await flushFolder(missing);
  });
});
