import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { inspect } from "node:util";
import { type ExtensionPackage, packageExtension } from "../packaging/packageExtension.ts";
import { compareFileLists } from "../release/fileList.ts";
import { readReviewedList } from "../release/prepareRelease.ts";
import { tryPackage } from "../packaging/tryPackage.ts";
import { type Log, serverTool } from "../../tools/toolCache.mjs";
import { total } from "./runSteps.ts";
import type { Counts, TestStep } from "./steps.ts";

/** A finished export of the sandbox. */
const sampleTask = "12345";

/** The package itself: it is made without a warning and small, and the main job works from it. */
export const packageStep: TestStep = {
  name: "package",
  tools: ["azurite", "browser", serverTool()],
  jobs: [
    async (write) => {
      const log: Log = (line) => write(`${line}\n`);
      let made: ExtensionPackage | undefined;
      const counts = [
        await check("the package is made without a warning and is small", log, async () => {
          made = await packageExtension({ write });
          log(`${made.listing.length} files, ${(made.bytes / 1000).toFixed(1)} KB`);
        }),
        await check("the package contains exactly the files that were reviewed", log, async () => {
          assert(made, "There is no package to look into.");
          const reviewed = await readReviewedList();
          assert.deepEqual(compareFileLists(made.listing, reviewed), { added: [], missing: [] });
        }),
        await check("the package contains the licenses of what is in it", log, async () => {
          assert(made, "There is no package to look into.");
          assert(made.listing.includes("THIRD-PARTY-NOTICES.txt"));
          assert.match(await readFile(made.billOfMaterials, "utf8"), /"bomFormat": "CycloneDX"/);
        }),
        await check("the main job works from the package in a clean VS Code", log, async () => {
          assert(made, "There is no package to try.");
          const { downloaded, expected } = await tryPackage(made.file, sampleTask, log);
          assert(expected.length > 0);
          assert.deepEqual(downloaded, expected);
        }),
      ];
      return total(counts);
    },
  ],
};

async function check(name: string, log: Log, action: () => Promise<void>): Promise<Counts> {
  try {
    await action();
    log(`✔ ${name}`);
    return { passed: 1, failed: 0 };
  } catch (error) {
    log(`✖ ${name}\n${inspect(error)}`);
    return { passed: 0, failed: 1 };
  }
}
