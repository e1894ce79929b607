import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { chmod, mkdir, mkdtemp, readFile, realpath, rm, symlink, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, it } from "node:test";
import {
  addToGitIgnore,
  findUnignored as findWith,
  type GitSurroundings,
  ignoreLine,
  type UnignoredFile,
} from "../../../../src/vscode/downloads/gitIgnore.ts";

const { signal } = new AbortController();
const searchPath = process.env["PATH"] ?? "";
const usual: GitSurroundings = { searchPath, untrusted: [], workingFolder: os.tmpdir() };
const findUnignored = (file: string, changes: Partial<GitSurroundings> = {}): Promise<UnignoredFile | undefined> =>
  findWith(file, signal, { ...usual, ...changes });

/** Writes a program that leaves a mark when it runs. */
async function programAt(file: string, mark: string): Promise<string> {
  await writeFile(file, `#!/bin/sh\necho ran >> '${mark}'\n`);
  await chmod(file, 0o755);
  return file;
}

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

  it("needs a line in .gitignore if nothing ignores it, and none after the line was added", async () => {
    const file = await exportAt("data", "raw", "a.csv");
    const found = await findUnignored(file);
    assert.deepEqual(found, { root, line: "/data/raw/" });
    await writeFile(path.join(root, ".gitignore"), "node_modules");
    await addToGitIgnore(found);
    assert.equal(await readFile(path.join(root, ".gitignore"), "utf8"), "node_modules\n/data/raw/\n");
    assert.equal(await findUnignored(file), undefined);
  });

  it("in the top folder is ignored by its name, whatever characters the name contains", async () => {
    for (const name of ["a.csv", "what[1]*.csv", "ends with blank "]) {
      const found = await findUnignored(await exportAt(name));
      assert.ok(found, name);
      await addToGitIgnore(found);
      assert.equal(await findUnignored(path.join(root, name)), undefined, name);
    }
  });

  it("needs no line if another rule ignores it already, or outside a working tree", async () => {
    await writeFile(path.join(root, ".gitignore"), "*.csv\n");
    assert.equal(await findUnignored(await exportAt("deep", "a.csv")), undefined);
    const outside = await mkdtemp(path.join(os.tmpdir(), "task-exports-nogit-"));
    try {
      assert.equal(await findUnignored(path.join(outside, "a.csv")), undefined);
    } finally {
      await rm(outside, { recursive: true });
    }
  });

  it(
    "is checked without running a program that the repository names",
    { skip: process.platform === "win32" },
    async () => {
      const file = await exportAt("data", "a.csv");
      execFileSync("git", ["add", file], { cwd: root });
      const mark = path.join(root, "ran");
      const program = await programAt(path.join(root, "program"), mark);
      for (const setting of ["core.fsmonitor", "core.sshCommand", "core.pager", "credential.helper", "alias.rev-parse"])
        execFileSync("git", ["config", setting, setting.startsWith("alias") ? `!${program}` : program], { cwd: root });
      execFileSync("git", ["config", "core.hooksPath", root], { cwd: root });
      assert.equal((await findUnignored(file))?.line, "/data/");
      assert.deepEqual((await findUnignored(await exportAt("new", "b.csv")))?.line, "/new/");
      await assert.rejects(readFile(mark), { code: "ENOENT" });
    },
  );

  it(
    "is never checked by a program in the workspace, in the download folder or in a relative folder",
    { skip: process.platform === "win32" },
    async (context) => {
      const file = await exportAt("data", "a.csv");
      const mark = path.join(root, "ran");
      const elsewhere = await realpath(await mkdtemp(path.join(os.tmpdir(), "task-exports-bin-")));
      context.after(() => rm(elsewhere, { recursive: true, force: true }));
      for (const folder of [root, path.dirname(file)]) await programAt(path.join(folder, "git"), mark);
      await symlink(path.join(root, "git"), path.join(elsewhere, "git"));
      await symlink(root, path.join(elsewhere, "link"));
      const here = path.relative(process.cwd(), root);
      const entries = [root, path.dirname(file), here, ".", "", elsewhere, path.join(elsewhere, "link")];
      const planted = [...entries, searchPath].join(path.delimiter);
      const found = await findUnignored(file, { searchPath: planted, untrusted: [root], workingFolder: root });
      assert.equal(found?.line, "/data/");
      await assert.rejects(readFile(mark), { code: "ENOENT" });
    },
  );

  it("needs no line if Git is not installed", async () =>
    assert.equal(await findUnignored(await exportAt("a.csv"), { searchPath: root }), undefined));

  it("needs no line if the repository says that its working tree is somewhere else", async () => {
    const file = await exportAt("data", "a.csv");
    execFileSync("git", ["config", "core.worktree", os.homedir()], { cwd: root });
    assert.equal(await findUnignored(file), undefined);
  });

  it("is checked without regard to Git's environment variables", async (context) => {
    process.env["GIT_DIR"] = path.join(root, "nowhere");
    context.after(() => delete process.env["GIT_DIR"]);
    assert.equal((await findUnignored(await exportAt("data", "a.csv")))?.line, "/data/");
  });

  it("gets no line in a .gitignore that is a link", { skip: process.platform === "win32" }, async () => {
    const target = await exportAt("profile");
    await symlink(target, path.join(root, ".gitignore"));
    await assert.rejects(addToGitIgnore({ root, line: "/data/" }));
    assert.equal(await readFile(target, "utf8"), "id\n1\n");
  });

  it(
    "with a pipe in place of .gitignore keeps neither us nor Git waiting",
    { skip: process.platform === "win32", timeout: 5000 },
    async () => {
      const file = await exportAt("data", "a.csv");
      execFileSync("mkfifo", [path.join(root, ".gitignore")]);
      await assert.rejects(addToGitIgnore({ root, line: "/data/" }), { code: "notWritable" });
      assert.equal(await findUnignored(file, { longestRunMs: 500 }), undefined);
    },
  );

  it("gets a line with forward slashes on every system", () =>
    assert.equal(ignoreLine(root, path.join(root, "x", "y", "z.csv")), "/x/y/"));
});
