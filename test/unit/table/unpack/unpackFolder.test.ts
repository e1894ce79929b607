import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import process from "node:process";
import { describe, it, type TestContext } from "node:test";
import { UnpackFolder } from "../../../../src/table/unpack/unpackFolder.ts";

async function rootFolder(test: TestContext): Promise<string> {
  const root = await mkdtemp(path.join(tmpdir(), "task-exports-unpack-"));
  test.after(() => rm(root, { recursive: true, force: true }));
  return path.join(root, "unpacked");
}

/** The ID of a process that has ended. */
async function endedProcess(): Promise<number> {
  const child = spawn(process.execPath, ["-e", ""]);
  await once(child, "exit");
  return child.pid ?? 0;
}

describe("The folder for unpacked files", () => {
  it("is created when it is needed, for its owner alone, and removed with everything in it", async (test) => {
    const root = await rootFolder(test);
    const folder = new UnpackFolder(root);
    folder.dispose();
    await assert.rejects(stat(root), { code: "ENOENT" });
    const own = await folder.path();
    assert.equal(await folder.path(), own);
    assert.equal((await stat(own)).mode & 0o777, 0o700);
    await writeFile(path.join(own, "file"), "a,b\n");
    folder.dispose();
    assert.deepEqual(await readdir(root), []);
  });

  it("leaves the folders of other running windows, and removes those of processes that have ended", async (test) => {
    const root = await rootFolder(test);
    const running = `${process.pid}-other`;
    const ended = `${await endedProcess()}-ended`;
    for (const name of [running, ended, "something else"]) await mkdir(path.join(root, name), { recursive: true });
    const own = path.basename(await new UnpackFolder(root).path());
    assert.deepEqual((await readdir(root)).toSorted(), [own, running, "something else"].toSorted());
  });
});
