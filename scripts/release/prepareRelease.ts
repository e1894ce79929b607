import { createHash } from "node:crypto";
import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { root } from "../../project/checkout.ts";
import { packageExtension } from "../packaging/packageExtension.ts";
import { tryPackage } from "../packaging/tryPackage.ts";
import { compareFileLists } from "./fileList.ts";

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

/** A finished export of the sandbox, downloaded with the installed package. */
const sampleTask = "12345";

/** The list of files that somebody has looked through. */
export const reviewedList = path.join(root, "scripts", "release", "packagedFiles.txt");

/**
 * Makes everything that is uploaded or published with it: the packages, their bills of materials, hashes and notes.
 *
 * @returns the names of the files in the folder
 * @throws if a package contains a file that nobody has reviewed, or if the main job fails from it in a clean VS Code
 */
export async function prepareRelease(plan: ReleasePlan): Promise<string[]> {
  const { version, changelog, notes, isPreRelease, folder, log } = plan;
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  log(`Packaging ${version}`);
  const made = await packageExtension({ release: { version, changelog, isPreRelease }, write: () => undefined });
  checkFiles(made.listing, await readReviewedList());
  log(`${made.listing.length} files, ${(made.bytes / 1000).toFixed(1)} KB. Trying the package in a clean VS Code`);
  const { downloaded, expected } = await tryPackage(made.file, sampleTask, log);
  if (downloaded.length === 0 || downloaded.join() !== expected.join()) {
    throw new Error("The main job did not download the right file from the installed package.");
  }
  const names = [made.file, made.billOfMaterials].map((file) => path.basename(file));
  for (const file of [made.file, made.billOfMaterials]) await cp(file, path.join(folder, path.basename(file)));
  await writeFile(path.join(folder, "RELEASE-NOTES.md"), `${notes}\n`);
  await writeFile(path.join(folder, "FILES.txt"), `${made.listing.toSorted().join("\n")}\n`);
  await writeFile(path.join(folder, "SHA256SUMS"), await sums(folder, names));
  return [...names, "RELEASE-NOTES.md", "FILES.txt", "SHA256SUMS"];
}

export async function readReviewedList(): Promise<string[]> {
  return (await readFile(reviewedList, "utf8")).split("\n").filter((line) => line !== "");
}

function checkFiles(listing: readonly string[], reviewed: readonly string[]): void {
  const { added, missing } = compareFileLists(listing, reviewed);
  if (added.length + missing.length === 0) return;
  const lines = [...added.map((name) => `+ ${name}`), ...missing.map((name) => `- ${name}`)];
  throw new Error(
    `The package's files are not those that were reviewed:\n${lines.join("\n")}\n` +
      `If that is right, change ${path.relative(root, reviewedList)}.`,
  );
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
