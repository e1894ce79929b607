/**
 * Packages the extension as VSIX files, and shows what is in them: `npm run package` makes the one for this computer and
 * the one for every computer, `npm run package -- --target darwin-arm64` others, and `npm run package -- --all` all.
 */
import process from "node:process";
import { parseArgs } from "node:util";
import { packageExtension } from "./packaging/packageExtension.ts";
import { chosenTargets } from "./packaging/packageTargets.ts";
import { checkFiles } from "./release/fileList.ts";

try {
  const { values } = parseArgs({
    options: { all: { type: "boolean", default: false }, target: { type: "string", multiple: true, default: [] } },
  });
  const targets = chosenTargets({ all: values.all, names: values.target });
  const log = (line: string): void => console.log(line);
  const made = await packageExtension(targets, { log });
  for (const { target, file, billOfMaterials, bytes, listing } of made) {
    console.log(`\n${target}\n${listing.map((name) => `  ${name}`).join("\n")}`);
    console.log(`${file}\n${listing.length} files, ${(bytes / 1000).toFixed(1)} KB\n${billOfMaterials}`);
  }
  for (const { target, listing } of made) await checkFiles(listing, target);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
