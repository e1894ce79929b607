import { constants } from "node:fs";
import { copyFile, mkdir, readdir, rm, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import process from "node:process";

/** What a package of the engine has besides its native library. */
const notLibrary = new Set(["package.json", "README.md", "LICENSE"]);

/** Copies the engine's native library for this computer, unless it is there. Without one, there is no engine. */
export async function copyEngineLibrary(folder: string): Promise<void> {
  const source = await libraryFolder(`${process.platform}-${process.arch}`);
  if (source === undefined) {
    await rm(folder, { recursive: true, force: true });
    return;
  }
  await mkdir(folder, { recursive: true });
  for (const name of await readdir(source)) {
    if (notLibrary.has(name)) continue;
    const [from, to] = [path.join(source, name), path.join(folder, name)];
    if (!(await isSameSize(from, to))) await copyFile(from, to, constants.COPYFILE_FICLONE);
  }
}

/** The folder of an installed package with the engine's library; undefined if it isn't installed. */
async function libraryFolder(target: string): Promise<string | undefined> {
  const require = createRequire(import.meta.url);
  for (const name of [target, `${target}-musl`]) {
    try {
      const folder = path.dirname(require.resolve(`@duckdb/node-bindings-${name}/package.json`));
      if ((await stat(folder)).isDirectory()) return folder;
    } catch {
      // npm installs only the package for this computer.
    }
  }
  return undefined;
}

async function isSameSize(one: string, other: string): Promise<boolean> {
  try {
    return (await stat(one)).size === (await stat(other)).size;
  } catch {
    return false;
  }
}
