import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, it } from "node:test";
import { addToGitIgnore, findUnignored, ignoreLine } from "../../../../src/vscode/downloads/gitIgnore.ts";

const { signal } = new AbortController();

describe("an export in a Git working tree", () => {
  let root: string;

  beforeEach(async () => {
    root = await realpath(await mkdtemp(path.join(os.tmpdir(), "task-exports-git-")));
    execFileSync("git", ["init", "--quiet"], { cwd: root });
  });

  afterEach(() => rm(root, { recursive: true, force: true }));

  async function exportAt(...parts: string[]): Promise<string> {
    const file = path.join(root, ...parts);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, "id\n1\n");
    return file;
  }

  it("is found where nothing ignores it, and no longer once its line was added", async () => {
    const file = await exportAt("data", "raw", "a.csv");
    const found = await findUnignored(file, signal);
    assert.deepEqual(found, { root, line: "/data/raw/" });
    await writeFile(path.join(root, ".gitignore"), "node_modules");
    await addToGitIgnore(found);
    assert.equal(await readFile(path.join(root, ".gitignore"), "utf8"), "node_modules\n/data/raw/\n");
    assert.equal(await findUnignored(file, signal), undefined);
  });

  it("in the tree's own folder is ignored by its name, whatever signs that holds", async () => {
    for (const name of ["a.csv", "what[1]*.csv", "ends with blank "]) {
      const found = await findUnignored(await exportAt(name), signal);
      assert.ok(found, name);
      await addToGitIgnore(found);
      assert.equal(await findUnignored(path.join(root, name), signal), undefined, name);
    }
  });

  it("is no matter where an outer rule ignores it already, or outside of a working tree", async () => {
    await writeFile(path.join(root, ".gitignore"), "*.csv\n");
    assert.equal(await findUnignored(await exportAt("deep", "a.csv"), signal), undefined);
    const outside = await mkdtemp(path.join(os.tmpdir(), "task-exports-nogit-"));
    try {
      assert.equal(await findUnignored(path.join(outside, "a.csv"), signal), undefined);
    } finally {
      await rm(outside, { recursive: true });
    }
  });

  it("gets a line with slashes on every system", () =>
    assert.equal(ignoreLine(root, path.join(root, "x", "y", "z.csv")), "/x/y/"));
});
