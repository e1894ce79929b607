import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { inspect } from "node:util";
import { enginePackage } from "../engine/targets.ts";
import { type ExtensionPackage, packageExtension } from "../packaging/packageExtension.ts";
import { targetsHere } from "../packaging/packageTargets.ts";
import { tryPackage } from "../packaging/tryPackage.ts";
import { checkFiles } from "../release/fileList.ts";
import { type Log, serverTool } from "../../tools/toolCache.mjs";
import { total } from "./runSteps.ts";
import type { Counts, TestStep } from "./steps.ts";

/** The packages that can be used here: they are made without a warning and small, and they work. */
export const packageStep: TestStep = {
  name: "package",
  tools: ["azurite", "browser", serverTool()],
  jobs: [
    async (write) => {
      const log: Log = (line) => write(`${line}\n`);
      const targets = targetsHere();
      const made: ExtensionPackage[] = [];
      const counts = [
        await check(
          "the packages are made without a warning, are small, and have the engine unchanged",
          log,
          async () => {
            made.push(...(await packageExtension(targets, { write, log })));
            for (const { target, listing, bytes } of made) {
              log(`${target}: ${listing.length} files, ${(bytes / 1000).toFixed(1)} KB`);
            }
          },
        ),
      ];
      for (const target of targets) {
        const one = (): ExtensionPackage => {
          const found = made.find((candidate) => candidate.target === target);
          assert(found, "There is no package to look into.");
          return found;
        };
        counts.push(
          await check(`the package for ${target} contains exactly the files that were reviewed`, log, () =>
            checkFiles(one().listing, target),
          ),
          await check(`the package for ${target} contains the licenses of what is in it`, log, () =>
            checkLicenses(one()),
          ),
          await check(`the main job and a query work from the package for ${target} in a clean VS Code`, log, () =>
            tryPackage(one(), log),
          ),
        );
      }
      return total(counts);
    },
  ],
};

async function checkLicenses({ target, listing, billOfMaterials }: ExtensionPackage): Promise<void> {
  assert(listing.includes("THIRD-PARTY-NOTICES.txt"));
  const bill = await readFile(billOfMaterials, "utf8");
  assert.match(bill, /"bomFormat": "CycloneDX"/);
  if (target === "universal") assert.doesNotMatch(bill, /node-bindings-/);
  else assert(bill.includes(`"name": "${enginePackage(target)}"`));
}

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
