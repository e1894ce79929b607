import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import process from "node:process";
import { text } from "node:stream/consumers";
import { after, before, describe, it } from "node:test";
import * as v from "valibot";
import { deadFileSchema, tellDeadFile } from "../../../../scripts/testing/deadFiles.ts";

const root = path.resolve(import.meta.dirname, "../../../..");
const reporter = path.join(root, "scripts/testing/countReporter.ts");
const countedSchema = v.object({ passed: v.number(), failed: v.number(), deadFiles: v.array(deadFileSchema) });

const imports = 'import { it } from "node:test";\n';
const dies = `it("dies", () => new Promise((resolve) => {
  process.stderr.write("last words\\n", () => process.kill(process.pid, "SIGKILL"));
  setTimeout(resolve, 60_000);
}));`;

describe("the count of a run of tests", { skip: process.platform === "win32" && "Windows has no signals" }, () => {
  let folder: string;

  before(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), "task-exports-counts-"));
  });

  after(() => rm(folder, { recursive: true }));

  /** Runs one file of tests as `npm test` does, and answers what is told of it. */
  async function counted(name: string, tests: string): Promise<{ passed: number; failed: number; told: string[] }> {
    const file = path.join(folder, name);
    await writeFile(file, imports + tests);
    // A runner that sees this variable takes itself for a file of this run.
    const env = { ...process.env, NODE_TEST_CONTEXT: undefined };
    const args = ["--test", "--test-reporter", reporter, "--test-reporter-destination=stdout", file];
    const child = spawn(process.execPath, args, { cwd: root, env, stdio: ["ignore", "pipe", "inherit"] });
    const { passed, failed, deadFiles } = v.parse(countedSchema, JSON.parse(await text(child.stdout)));
    return { passed, failed, told: deadFiles.map(tellDeadFile) };
  }

  const from = (name: string): string => path.relative(root, path.join(folder, name));

  it("says which signal ended a test file, and shows the last output of the file", async () => {
    const { failed, told } = await counted("killed.test.mjs", dies);
    assert.equal(failed, 1);
    assert.deepEqual(told, [
      `✖ ${from("killed.test.mjs")}: its process ended with signal SIGKILL. Its stderr ends with:\nlast words`,
    ]);
  });

  it("says with which exit code a test file ended", async () => {
    const { told } = await counted("exits.test.mjs", 'it("a", () => process.exit(7));');
    assert.deepEqual(told, [`✖ ${from("exits.test.mjs")}: its process ended with exit code 7. Its stderr is empty.`]);
  });

  it("reports a test file that crashed after one of its tests failed", async () => {
    const { told } = await counted("both.test.mjs", `it("fails", () => { throw new Error("no"); });\n${dies}`);
    assert.equal(told.length, 1);
    assert.match(told[0] ?? "", /signal SIGKILL/);
  });

  it("doesn't report a test file whose tests only failed", async () => {
    const tests = 'it("a", () => {});\nit("b", () => { throw new Error("no"); });';
    assert.deepEqual(await counted("failing.test.mjs", tests), { passed: 1, failed: 1, told: [] });
  });
});
