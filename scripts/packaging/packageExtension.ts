import { spawn } from "node:child_process";
import { cp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import process from "node:process";
import * as v from "valibot";
import { listFiles, PackageManager } from "@vscode/vsce";
import { root } from "../../project/checkout.ts";
import { type ProgramOptions, runProgram } from "../../project/program.ts";
import { bundledPackages } from "./bundledPackages.ts";
import { packagedReadme } from "./packagedReadme.ts";
import { publishTypes } from "./publishTypes.ts";
import { cycloneDx, thirdPartyNotices } from "./supplyChain.ts";

/** The largest package that is accepted, in bytes. */
export const packageLimit = 700_000;

export interface ExtensionPackage {
  /** The VSIX; an absolute path. */
  file: string;
  /** Its software bill of materials (CycloneDX), next to it. */
  billOfMaterials: string;
  bytes: number;
  /** What is in it, as paths inside the extension. */
  listing: string[];
}

/** What of the checkout the packager sees besides the build; `.vscodeignore` narrows it down. */
const parts = /^(?:package\.json|package\.nls.*\.json|\.vscodeignore|l10n|media|README\.md|CHANGELOG\.md|LICENSE)$/u;

export interface PackageOptions extends Pick<ProgramOptions, "write"> {
  /** What a release changes; otherwise the package has the checkout's version and changelog. */
  release?: { version: string; changelog: string; isPreRelease: boolean };
}

/**
 * Builds the extension for production and packages it, apart from the checkout: what runs from `dist` stays as it is.
 * @param options `write` gets what the build prints
 * @throws when the build fails, when a bundled package has a license that isn't allowed, when the packager warns of anything, or when the package is too large
 */
export async function packageExtension({ release, ...output }: PackageOptions = {}): Promise<ExtensionPackage> {
  const folder = path.join(root, "out", "package");
  await rm(folder, { recursive: true, force: true });
  for (const entry of await readdir(root)) {
    if (parts.test(entry)) await cp(path.join(root, entry), path.join(folder, entry), { recursive: true });
  }
  if (release !== undefined) await writeRelease(folder, release);
  const readme = path.join(folder, "README.md");
  await writeFile(readme, packagedReadme(await readFile(readme, "utf8")));
  const dist = path.join(folder, "dist");
  const metafile = path.join(root, "out", "package-metafile.json");
  const exitCode = await runProgram(["esbuild.mjs", "--production", "--outdir", dist, "--metafile", metafile], output);
  if (exitCode !== 0) throw new Error("The extension could not be built.");
  await publishTypes(path.join(dist, "task-exports.d.ts"));
  const version = await versionIn(folder);
  const packages = await bundledPackages(
    root,
    v.parse(v.array(v.unknown()), JSON.parse(await readFile(metafile, "utf8"))),
  );
  await writeFile(path.join(folder, "THIRD-PARTY-NOTICES.txt"), thirdPartyNotices(packages));
  const billOfMaterials = path.join(root, "out", `task-exports-${version}.cdx.json`);
  await writeFile(billOfMaterials, cycloneDx({ name: "task-exports", version }, packages));
  const file = path.join(root, "out", `task-exports-${version}.vsix`);
  const printed = await runPackager(folder, file, release?.isPreRelease ?? false);
  // Each of the packager's warnings can be mended; the one that cannot yet (no repository) is switched off by name.
  if (printed.includes(" WARNING ")) throw new Error(`The packager warns:\n${printed}`);

  const { size: bytes } = await stat(file);
  if (bytes >= packageLimit)
    throw new Error(`The package has ${bytes} bytes; ${packageLimit} is the limit.\n${printed}`);
  return {
    file,
    billOfMaterials,
    bytes,
    listing: await listFiles({ cwd: folder, packageManager: PackageManager.None }),
  };
}

async function writeRelease(
  folder: string,
  { version, changelog }: NonNullable<PackageOptions["release"]>,
): Promise<void> {
  const manifest = path.join(folder, "package.json");
  await writeFile(manifest, withVersion(await readFile(manifest, "utf8"), version));
  await writeFile(path.join(folder, "CHANGELOG.md"), changelog);
}

/** A manifest, or the lock file's part of it, with another version. Everything else stays as it is written. */
export function withVersion(manifest: string, version: string): string {
  return manifest.replace(/^( {2}"version": )"[^"]*"/m, `$1"${version}"`);
}

async function versionIn(folder: string): Promise<string> {
  const manifest: unknown = JSON.parse(await readFile(path.join(folder, "package.json"), "utf8"));
  if (typeof manifest !== "object" || manifest === null || !("version" in manifest)) {
    throw new Error("package.json has no version.");
  }
  return String(manifest.version);
}

async function runPackager(folder: string, file: string, isPreRelease: boolean): Promise<string> {
  const packager = path.join(root, "node_modules", "@vscode", "vsce", "vsce");
  const args = [
    packager,
    "package",
    "--no-dependencies",
    "--allow-missing-repository",
    "--no-rewrite-relative-links",
    ...(isPreRelease ? ["--pre-release"] : []),
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
