import assert from "node:assert/strict";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { after, before, describe, it } from "node:test";
import { bytesOfPart } from "../../../../bench/table/partOnDisk.ts";

describe("The part that a benchmark watches", () => {
  let folder = "";
  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), "task-exports-part-"));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it("has no bytes while the folder doesn't exist", () => {
    assert.equal(bytesOfPart(path.join(folder, "none")), 0);
  });

  it("is found in any folder below", async () => {
    const task = path.join(folder, "found", "20008");
    await mkdir(task, { recursive: true });
    await writeFile(path.join(task, "export.csv.01234567.part"), "three");
    await writeFile(path.join(task, "export.csv.01234567.part.json"), "a longer sidecar");
    assert.equal(bytesOfPart(path.join(folder, "found")), 5);
  });

  it("has no bytes if it is renamed before its size is read", async () => {
    const task = path.join(folder, "renamed");
    await mkdir(task);
    // A link to nothing is listed too, but has no size.
    await symlink(path.join(task, "export.csv"), path.join(task, "export.csv.01234567.part"));
    assert.equal(bytesOfPart(task), 0);
  });
});
