import { createHash, randomUUID } from "node:crypto";
import { mkdir, readdir, readFile, rename, rm } from "node:fs/promises";
import path from "node:path";
import { cacheFolder, type Log } from "../../tools/toolCache.mjs";
import { runNpm } from "../../tools/installCommand.mjs";
import { isLibraryFile } from "../engine/engineLibrary.ts";
import { enginePackage, type Target } from "../engine/targets.ts";
import { type BundledPackage, lockedPackage, type LockedPackage, packageFrom } from "./bundledPackages.ts";
import { readPackageArchive } from "./tarArchive.ts";

/** The engine's native library for a target, and the package that it is from. */
export interface EngineLibrary {
  readonly package: BundledPackage;
  /** By name, byte for byte as in the package. */
  readonly files: ReadonlyMap<string, Buffer>;
}

export interface ArchiveSource {
  /** The folder for archives that are kept. */
  readonly folder: string;
  /** Downloads the archive of a package, such as `name@1.0.0`, into an empty folder. */
  readonly download: (specifier: string, folder: string) => Promise<void>;
}

/** npm knows where packages are from, and how to get there. */
export function npmArchives(log: Log): ArchiveSource {
  return {
    folder: path.join(cacheFolder(), "engine-packages"),
    download: async (specifier, folder) => {
      log(`Downloading ${specifier}`);
      await runNpm(folder, ["pack", specifier, "--prefer-offline", "--ignore-scripts", "--pack-destination", "."]);
    },
  };
}

/**
 * The engine's library for a target, from the archive that `package-lock.json` has the hash of.
 *
 * @param root the checkout
 * @throws Error if the archive is not the one in the lock file, or has a license that isn't allowed
 */
export async function engineLibrary(root: string, target: Target, source: ArchiveSource): Promise<EngineLibrary> {
  const name = enginePackage(target);
  const locked = await lockedPackage(root, `node_modules/${name}`);
  const all = readPackageArchive(await verifiedArchive(name, locked, source));
  const texts = new Map(
    [...all].filter(([file]) => !isLibraryFile(file)).map(([file, bytes]) => [file, String(bytes)]),
  );
  const files = new Map([...all].filter(([file]) => isLibraryFile(file)));
  if (!files.has("duckdb.node")) throw new Error(`${name} contains no library.`);
  return { package: packageFrom(texts, locked), files };
}

/** An archive that was kept is verified again, so a damaged one is replaced. */
async function verifiedArchive(
  name: string,
  { version, integrity }: LockedPackage,
  { folder, download }: ArchiveSource,
): Promise<Buffer> {
  const file = path.join(folder, `${name.replace("@", "").replace("/", "-")}-${version}.tgz`);
  const kept = await readFile(file).catch(() => undefined);
  if (kept !== undefined && integrityOf(kept) === integrity) return kept;

  const unfinished = path.join(folder, `${randomUUID()}.unfinished`);
  await mkdir(unfinished, { recursive: true });
  try {
    await download(`${name}@${version}`, unfinished);
    const [downloaded = ""] = await readdir(unfinished);
    const archive = await readFile(path.join(unfinished, downloaded));
    if (integrityOf(archive) !== integrity) {
      throw new Error(`The downloaded archive of ${name} ${version} is not the one in package-lock.json.`);
    }
    await rename(path.join(unfinished, downloaded), file);
    return archive;
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

function integrityOf(bytes: Buffer): string {
  return `sha512-${createHash("sha512").update(bytes).digest("base64")}`;
}
