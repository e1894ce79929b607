import { createHash } from "node:crypto";
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { type ExtensionPackage, packageExtension } from "../packaging/packageExtension.ts";
import { packageTargets, targetsHere } from "../packaging/packageTargets.ts";
import { tryPackage } from "../packaging/tryPackage.ts";
import { checkFiles } from "./fileList.ts";

export interface ReleasePlan {
  version: string;
  /** The whole changelog, with the section of this version. */
  changelog: string;
  /** That section alone. */
  notes: string;
  isPreRelease: boolean;
  /** Where everything goes; emptied first. */
  folder: string;
  log: (line: string) => void;
}

/**
 * Makes everything that is uploaded or published with it: the packages of all targets, their bills of materials, hashes
 * and notes.
 *
 * @returns the names of the files in the folder
 * @throws Error if a package contains a file that nobody has reviewed, or if one for this computer doesn't work in a
 *   clean VS Code
 */
export async function prepareRelease(plan: ReleasePlan): Promise<string[]> {
  const { version, changelog, notes, isPreRelease, folder, log } = plan;
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  log(`Packaging ${version}`);
  const release = { version, changelog, isPreRelease };
  const made = await packageExtension(packageTargets, { release, log, write: () => undefined });
  for (const { target, listing, bytes } of made) {
    await checkFiles(listing, target);
    log(`${target}: ${listing.length} files, ${(bytes / 1000).toFixed(1)} KB`);
  }
  for (const one of made.filter(({ target }) => targetsHere().includes(target))) {
    log(`Trying the package for ${one.target} in a clean VS Code`);
    await tryPackage(one, log);
  }
  const files = made.flatMap(({ file, billOfMaterials }) => [file, billOfMaterials]);
  const names = files.map((file) => path.basename(file));
  for (const file of files) await cp(file, path.join(folder, path.basename(file)));
  await writeFile(path.join(folder, "RELEASE-NOTES.md"), `${notes}\n`);
  await writeFile(path.join(folder, "FILES.txt"), made.map(contents).join("\n"));
  await writeFile(path.join(folder, "SHA256SUMS"), await sums(folder, names));
  return [...names, "RELEASE-NOTES.md", "FILES.txt", "SHA256SUMS"];
}

function contents({ file, listing }: ExtensionPackage): string {
  return `${path.basename(file)}\n${listing.map((name) => `  ${name}\n`).join("")}`;
}

/** In the form that `sha256sum --check` reads. */
async function sums(folder: string, names: readonly string[]): Promise<string> {
  const lines = names.map(async (name) => {
    const content = await readFile(path.join(folder, name));
    return `${createHash("sha256").update(content).digest("hex")}  ${name}\n`;
  });
  return (await Promise.all(lines)).join("");
}

/** What a publisher runs then. The token of each gallery comes from the environment: `VSCE_PAT` and `OVSX_PAT`. */
export function uploadCommands(files: readonly string[], isPreRelease: boolean): string[] {
  const flag = isPreRelease ? " --pre-release" : "";
  return files
    .filter((file) => file.endsWith(".vsix"))
    .flatMap((file) => [
      `  npx vsce publish${flag} --packagePath out/release/${file}`,
      `  npx ovsx publish${flag} out/release/${file}`,
    ]);
}
