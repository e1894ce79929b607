import { cp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import * as v from "valibot";
import { root } from "../../project/checkout.ts";
import { type ProgramOptions, runProgram } from "../../project/program.ts";
import { type BundledPackage, bundledPackages } from "./bundledPackages.ts";
import { packagedReadme } from "./packagedReadme.ts";
import { publishTypes } from "./publishTypes.ts";

/** What a release changes; otherwise a package has the checkout's version and changelog. */
export interface ReleaseChanges {
  version: string;
  changelog: string;
  isPreRelease: boolean;
}

/** The extension in a folder of its own, built for production, without the query engine. */
export interface StagedExtension {
  readonly folder: string;
  readonly version: string;
  /** The packages in its bundles. */
  readonly packages: readonly BundledPackage[];
  readonly engine: {
    /** The engine's programs, which are of use only with its library; by their names in `dist`. */
    readonly programs: ReadonlyMap<string, Buffer>;
    /** The packages in all bundles, also in these. */
    readonly packages: readonly BundledPackage[];
  };
}

const enginePrograms = ["queryEngine.js", "extractWorker.js", "fields.wasm"];

/** What of the checkout the packager sees besides the build; `.vscodeignore` narrows it down. */
const parts = /^(?:package\.json|package\.nls.*\.json|\.vscodeignore|l10n|media|README\.md|CHANGELOG\.md|LICENSE)$/u;

/**
 * Builds the extension for production, apart from the checkout: what runs from `dist` stays as it is.
 *
 * @param output gets what the build prints
 * @throws Error if the build fails, or if a bundled package has a license that isn't allowed
 */
export async function stageExtension(
  release: ReleaseChanges | undefined,
  output: Pick<ProgramOptions, "write">,
): Promise<StagedExtension> {
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
  const metafiles = v.parse(v.array(v.unknown()), JSON.parse(await readFile(metafile, "utf8")));
  return {
    folder,
    version: await versionIn(folder),
    packages: await bundledPackages(root, metafiles, enginePrograms),
    engine: { programs: await takeOut(dist, enginePrograms), packages: await bundledPackages(root, metafiles) },
  };
}

/** Moves files out of a folder. */
async function takeOut(folder: string, names: readonly string[]): Promise<Map<string, Buffer>> {
  const files = new Map<string, Buffer>();
  for (const name of names) {
    files.set(name, await readFile(path.join(folder, name)));
    await rm(path.join(folder, name));
  }
  return files;
}

async function writeRelease(folder: string, { version, changelog }: ReleaseChanges): Promise<void> {
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
