import { spawn } from "node:child_process";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import process from "node:process";
import { root } from "../../project/checkout.ts";
import type { ProgramOptions } from "../../project/program.ts";
import type { Log } from "../../tools/toolCache.mjs";
import { sortedByName } from "./bundledPackages.ts";
import { engineLibrary, type EngineLibrary, npmArchives } from "./engineArchive.ts";
import { checkPackage, fileNames } from "./packageContents.ts";
import { packageLimit, packageName, type PackageTarget } from "./packageTargets.ts";
import { type ReleaseChanges, stageExtension, type StagedExtension } from "./stagedExtension.ts";
import { cycloneDx, thirdPartyNotices } from "./supplyChain.ts";

export interface ExtensionPackage {
  target: PackageTarget;
  /** The VSIX; an absolute path. */
  file: string;
  /** Its software bill of materials (CycloneDX), next to it. */
  billOfMaterials: string;
  bytes: number;
  /** What is in it, as paths inside the extension. */
  listing: string[];
}

export interface PackageOptions extends Pick<ProgramOptions, "write"> {
  release?: ReleaseChanges | undefined;
  log: Log;
}

/**
 * Builds the extension for production, and makes a package for each target.
 *
 * @throws Error if the build fails, if a bundled package has a license that isn't allowed, if an engine's library isn't
 *   that of its package, if the packager warns of anything, or if a package is too large
 */
export async function packageExtension(
  targets: readonly PackageTarget[],
  { release, log, ...output }: PackageOptions,
): Promise<ExtensionPackage[]> {
  const staged = await stageExtension(release, output);
  const made: ExtensionPackage[] = [];
  for (const target of targets) {
    // Read one after the other: some have seventy megabytes.
    const library = target === "universal" ? undefined : await engineLibrary(root, target, npmArchives(log));
    made.push(await packageTarget(staged, target, library, release?.isPreRelease ?? false));
  }
  return made;
}

async function packageTarget(
  staged: StagedExtension,
  target: PackageTarget,
  library: EngineLibrary | undefined,
  isPreRelease: boolean,
): Promise<ExtensionPackage> {
  const { folder, version, engine } = staged;
  const name = packageName(target, version);
  const files = library?.files ?? new Map<string, Buffer>();
  await putEngine(path.join(folder, "dist"), engine.programs, library?.files);
  const contained = library === undefined ? staged.packages : sortedByName([...engine.packages, library.package]);
  await writeFile(path.join(folder, "THIRD-PARTY-NOTICES.txt"), thirdPartyNotices(contained));
  const billOfMaterials = path.join(root, "out", `${name}.cdx.json`);
  await writeFile(billOfMaterials, cycloneDx({ name: "task-exports", version }, contained));
  const file = path.join(root, "out", `${name}.vsix`);
  const printed = await runPackager(folder, file, [
    ...(isPreRelease ? ["--pre-release"] : []),
    ...(target === "universal" ? [] : ["--target", target]),
  ]);
  // Each of the packager's warnings can be mended; the one that cannot yet (no repository) is switched off by name.
  if (printed.includes(" WARNING ")) throw new Error(`The packager warns:\n${printed}`);

  const vsix = await readFile(file);
  const limit = packageLimit(target);
  if (vsix.length >= limit) {
    throw new Error(`The package for ${target} has ${vsix.length} bytes; ${limit} is the limit.\n${printed}`);
  }
  checkPackage(vsix, target, files);
  return { target, file, billOfMaterials, bytes: vsix.length, listing: fileNames(vsix) };
}

/** Puts the engine where the packager finds it, instead of the one of the target before; none without a library. */
async function putEngine(
  dist: string,
  programs: ReadonlyMap<string, Buffer>,
  library: ReadonlyMap<string, Buffer> | undefined,
): Promise<void> {
  const folder = path.join(dist, "engine");
  await rm(folder, { recursive: true, force: true });
  for (const name of programs.keys()) await rm(path.join(dist, name), { force: true });
  if (library === undefined) return;
  await mkdir(folder);
  for (const [name, bytes] of library) await writeFile(path.join(folder, name), bytes);
  for (const [name, bytes] of programs) await writeFile(path.join(dist, name), bytes);
}

async function runPackager(folder: string, file: string, more: readonly string[]): Promise<string> {
  const packager = path.join(root, "node_modules", "@vscode", "vsce", "vsce");
  const args = [
    packager,
    "package",
    "--no-dependencies",
    "--allow-missing-repository",
    "--no-rewrite-relative-links",
    ...more,
    "--out",
    file,
  ];
  const child = spawn(process.execPath, args, { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      output += chunk.toString();
    });
  }
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  if (exitCode !== 0) throw new Error(`The packager failed:\n${output}`);
  return output;
}
