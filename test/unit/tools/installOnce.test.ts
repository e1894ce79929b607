import assert from "node:assert/strict";
import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, it } from "node:test";
import { type Installation, installOnce } from "../../../tools/installOnce.mjs";

const silent = (): void => undefined;

/** A tool's own step: says that it runs, waits, and fails when a file asks for that. */
const makeTool = `
import { appendFileSync, existsSync, rmSync, writeFileSync } from "node:fs";
const [runs, failOnce] = process.argv.slice(2);
appendFileSync(runs, "run\\n");
await new Promise((resolve) => setTimeout(resolve, 200));
if (existsSync(failOnce)) {
  rmSync(failOnce);
  process.exit(1);
}
writeFileSync("made.txt", "whole");
`;

describe("a tool's installation", () => {
  let folder: string;
  let failOnce: string;
  let installation: Installation;

  beforeEach(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), "task-exports-install-"));
    failOnce = path.join(folder, "fail-once");
    const source = path.join(folder, "source");
    await mkdir(source);
    await writeFile(path.join(source, "make.mjs"), makeTool);
    await writeFile(path.join(folder, "runs"), "");
    installation = {
      title: "a tool",
      duration: "one second",
      source,
      steps: [{ program: "node", folder: ".", args: ["make.mjs", path.join(folder, "runs"), failOnce] }],
      folder: path.join(folder, "cache", "tool-1"),
    };
  });

  afterEach(() => rm(folder, { recursive: true }));

  async function runs(): Promise<number> {
    return (await readFile(path.join(folder, "runs"), "utf8")).split("\n").length - 1;
  }

  const made = (): Promise<string> => readFile(path.join(installation.folder, "made.txt"), "utf8");

  it("happens once for all callers in a process", async () => {
    await Promise.all([1, 2, 3].map(() => installOnce(installation, silent)));
    assert.equal(await runs(), 1);
    assert.equal(await made(), "whole");
    await installOnce(installation, silent);
    assert.equal(await runs(), 1);
    assert.deepEqual(await readdir(path.dirname(installation.folder)), ["tool-1"]);
  });

  it("fails only for its own caller, and callers that waited try again", async () => {
    await appendFile(failOnce, "");
    const [first, second, third] = await Promise.allSettled([1, 2, 3].map(() => installOnce(installation, silent)));
    assert.deepEqual([first?.status, second?.status, third?.status], ["rejected", "fulfilled", "fulfilled"]);
    assert.equal(await runs(), 2);
    assert.equal(await made(), "whole");
  });

  it("continues for the others if its caller cancels", async () => {
    const first = installOnce(installation, silent, AbortSignal.timeout(50));
    const second = installOnce(installation, silent);
    await assert.rejects(first, { name: "AbortError" });
    await second;
    assert.equal(await made(), "whole");
  });
});
