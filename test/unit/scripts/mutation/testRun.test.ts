import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { describe, it } from "node:test";
import { runTestFile } from "../../../../scripts/mutation/testRun.ts";

const { signal } = new AbortController();
const canMount = process.platform === "linux" && process.getuid?.() === 0;

describe("A test file that is killed at its first failure", () => {
  it("leaves no mounted disk behind", { skip: !canMount && "Only Linux's superuser can mount." }, async (test) => {
    const folder = await mkdtemp(path.join(os.tmpdir(), "task-exports-run-"));
    test.after(() => rm(folder, { recursive: true }));
    const told = path.join(folder, "told");
    const file = path.join(folder, "mounting.test.mjs");
    await writeFile(
      file,
      `import { execFileSync } from "node:child_process";
      import { mkdtempSync, writeFileSync } from "node:fs";
      import os from "node:os";
      import path from "node:path";
      import { it } from "node:test";
      const disk = mkdtempSync(path.join(os.tmpdir(), "disk-"));
      it("fails", () => {
        execFileSync("mount", ["-t", "tmpfs", "none", disk]);
        writeFileSync(${JSON.stringify(told)}, disk);
        throw new Error("It fails.");
      });
      it("never ends", () => new Promise((resolve) => setTimeout(resolve, 60_000)));`,
    );
    const end = await runTestFile(file, { env: {}, timeoutMs: 20_000, signal });
    assert.deepEqual(end, { kind: "failed", by: "fails" });
    assert.equal(existsSync(await readFile(told, "utf8")), false);
  });
});
