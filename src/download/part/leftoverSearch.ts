import type { Dirent } from "node:fs";
import { lstat, readdir } from "node:fs/promises";
import { join } from "node:path";
import { type PartPaths, pathsOfLeftover } from "./partPaths.ts";

/** As many as Node has threads for the file system by default. */
const foldersAtOnce = 4;

/**
 * The parts in a folder and everything below, each once. A name template can have any number of folders, so there is no
 * limit of depth. Links are not followed.
 */
export async function searchLeftovers(downloadFolder: string): Promise<PartPaths[]> {
  const found = new Map<string, PartPaths>();
  let waiting = [downloadFolder];
  while (waiting.length > 0) {
    const batch = waiting.slice(0, foldersAtOnce);
    const contents = await Promise.all(batch.map(contentOf));
    waiting = waiting.slice(foldersAtOnce).concat(contents.flatMap(({ folders }) => folders));
    for (const file of contents.flatMap(({ files }) => files)) {
      const paths = pathsOfLeftover(file, downloadFolder);
      if (paths !== undefined) found.set(paths.part, paths);
    }
  }
  return [...found.values()];
}

interface FolderContent {
  readonly files: readonly string[];
  readonly folders: readonly string[];
}

async function contentOf(folder: string): Promise<FolderContent> {
  const entries = await entriesOf(folder);
  // Nothing is downloaded into the packages of a project, and there can be very many of them.
  const isProject = entries.some(({ name }) => name === "package.json");
  const isSearched = ({ name }: Dirent): boolean => !name.startsWith(".") && !(isProject && name === "node_modules");
  const pathsOf = (chosen: readonly Dirent[]): Promise<string[]> =>
    Promise.all(chosen.map(({ name }) => pathOf(folder, name)));
  return {
    files: await pathsOf(entries.filter((entry) => entry.isFile() && pathsOfLeftover(entry.name, "") !== undefined)),
    folders: await pathsOf(entries.filter((entry) => entry.isDirectory() && isSearched(entry))),
  };
}

/** The path as it was created. Some file systems, such as HFS+, list names in another Unicode form. */
async function pathOf(folder: string, name: string): Promise<string> {
  const listed = join(folder, name);
  const created = join(folder, name.normalize("NFC"));
  if (created === listed) return listed;
  return lstat(created).then(
    () => created,
    () => listed,
  );
}

async function entriesOf(folder: string): Promise<Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
