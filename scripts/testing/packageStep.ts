import assert from "node:assert/strict";
import { type ExtensionPackage, packageExtension } from "../packaging/packageExtension.ts";
import { tryPackage } from "../packaging/tryPackage.ts";
import type { Log } from "../../tools/toolCache.ts";
import type { Counts, TestStep } from "./steps.ts";

/** A finished export of the sandbox. */
const sampleTask = "12345";

/** The package itself: it is made without a warning and small, and the main job works from it. */
export const packageStep: TestStep = {
  name: "package",
  tools: ["azurite", "browser", "vscode-server"],
  run: async (log) => {
    const counts: Counts = { passed: 0, failed: 0 };
    let made: ExtensionPackage | undefined;
    await check("the package is made without a warning and is small", log, counts, async () => {
      made = await packageExtension();
      log(`${made.listing.length} files, ${(made.bytes / 1000).toFixed(1)} KB`);
    });
    await check("the main job works from the package in a clean VS Code", log, counts, async () => {
      assert(made, "There is no package to try.");
      const { downloaded, expected } = await tryPackage(made.file, sampleTask, log);
      assert(expected.length > 0);
      assert.deepEqual(downloaded, expected);
    });
    return counts;
  },
};

async function check(name: string, log: Log, counts: Counts, action: () => Promise<void>): Promise<void> {
  try {
    await action();
    counts.passed++;
    log(`✔ ${name}`);
  } catch (error) {
    counts.failed++;
    log(`✖ ${name}`);
    console.error(error);
  }
}
