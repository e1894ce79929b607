import { constants, existsSync } from "node:fs";
import { copyFile, mkdir, readdir, rm, stat } from "node:fs/promises";
import path from "node:path";
import process from "node:process";
import { root } from "../../project/checkout.ts";
import { enginePackage, type Target, targetsOf } from "./targets.ts";

/** An installed package with the engine's library. */
export interface InstalledEngine {
  readonly target: Target;
  readonly folder: string;
}

/** What a package of the engine has besides its library. */
const notLibrary = new Set(["package.json", "README.md", "LICENSE"]);

/** Whether a file of an engine's package belongs to its library. */
export function isLibraryFile(name: string): boolean {
  return !notLibrary.has(name);
}

/**
 * The engine's package for this computer; undefined if there is none. npm looks at the system's C library and installs
 * only the package that fits.
 *
 * @param modules the folder with the installed packages
 */
export function installedEngine(
  modules = path.join(root, "node_modules"),
  { platform, arch }: { platform: string; arch: string } = process,
): InstalledEngine | undefined {
  return targetsOf(platform, arch)
    .map((target) => ({ target, folder: path.join(modules, enginePackage(target)) }))
    .find(({ folder }) => existsSync(path.join(folder, "package.json")));
}

/** Copies the engine's native library for this computer, unless it is there. Without one, there is no engine. */
export async function copyEngineLibrary(folder: string): Promise<void> {
  const source = installedEngine()?.folder;
  if (source === undefined) {
    await rm(folder, { recursive: true, force: true });
    return;
  }
  await mkdir(folder, { recursive: true });
  for (const name of await readdir(source)) {
    if (!isLibraryFile(name)) continue;
    const [from, to] = [path.join(source, name), path.join(folder, name)];
    if (!(await isSameSize(from, to))) await copyFile(from, to, constants.COPYFILE_FICLONE);
  }
}

async function isSameSize(one: string, other: string): Promise<boolean> {
  try {
    return (await stat(one)).size === (await stat(other)).size;
  } catch {
    return false;
  }
}
