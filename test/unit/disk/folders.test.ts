import assert from "node:assert/strict";
import { lstat, mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it, type TestContext } from "node:test";
import { makeFolder } from "../../../src/disk/folders.ts";

async function temporaryFolder(context: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "task-exports-folders-"));
  context.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

describe("A folder", { timeout: 20_000 }, () => {
  it("is created for its owner alone, with all folders above it", async (context) => {
    const downloads = join(await temporaryFolder(context), "a", "b");
    await makeFolder(downloads, join(downloads, "c", "d"));
    for (const path of [downloads, join(downloads, "c", "d")]) {
      const { mode } = await lstat(path);
      if (process.platform !== "win32") assert.equal(mode & 0o777, 0o700);
    }
  });

  it("may be created by several files at once", async (context) => {
    const downloads = join(await temporaryFolder(context), "a", "b");
    await Promise.all(Array.from({ length: 20 }, () => makeFolder(downloads, join(downloads, "c", "d"))));
    assert.ok((await lstat(join(downloads, "c", "d"))).isDirectory());
  });

  it("may be a link if it is the download folder", async (context) => {
    const folder = await temporaryFolder(context);
    await mkdir(join(folder, "real"));
    await symlink(join(folder, "real"), join(folder, "link"), "junction");
    await makeFolder(join(folder, "link"), join(folder, "link", "a"));
    assert.ok((await lstat(join(folder, "real", "a"))).isDirectory());
  });

  it("is refused below a file, and in place of a file or a broken link", async (context) => {
    const folder = await temporaryFolder(context);
    await writeFile(join(folder, "file"), "");
    await symlink(join(folder, "nowhere"), join(folder, "broken"), "junction");
    for (const path of ["file", join("file", "a", "b"), "broken", join("broken", "a")]) {
      const downloads = join(folder, path);
      await assert.rejects(makeFolder(downloads, downloads), { code: /^(?:EEXIST|ENOTDIR|ENOENT)$/ }, path);
    }
  });

  // Node's own recursive mkdir never ends there.
  const odd =
    process.platform === "linux" ? ["/proc/task-exports", "/proc/a/b/c", "/proc/self/fd/a/b", "/sys/a/b"] : [];
  for (const path of odd) {
    it(`is refused at once in ${path}, where the system doesn't create folders`, async () => {
      await assert.rejects(makeFolder(path, join(path, "d")), { code: /^E/ });
    });
  }
});
