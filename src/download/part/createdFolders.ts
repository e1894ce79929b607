import { rmdir } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { isBelow, makeFolder } from "../../disk/folders.ts";
import type { PartPaths } from "./partPaths.ts";

/**
 * The folders that a download created inside the download folder. If nothing remains in them, they are removed with
 * what was received. Folders that were there before are never removed.
 */
export class CreatedFolders {
  readonly #root: string;
  readonly #paths = new Set<string>();

  /** @param root the download folder, which stays in any case */
  constructor(root: string) {
    this.#root = root;
  }

  /** Creates the folder for a file. @throws ExportError `notWritable`; errors of the file system */
  async make(folder: string): Promise<void> {
    for (const created of await makeFolder(this.#root, folder)) this.#paths.add(created);
  }

  /** Those in which a part is, as its sidecar contains them: relative, because the download folder can be moved. */
  above({ part }: PartPaths): string[] {
    return [...this.#paths].filter((each) => isBelow(each, part)).map((each) => relative(this.#root, each));
  }

  /** Those in which a complete file is. From now on, who deletes the file may remove them. */
  around(file: string): string[] {
    return [...this.#paths].filter((each) => isBelow(each, file));
  }

  /**
   * Adds the folders of a sidecar. Anyone who can write to the download folder can write a sidecar, so only folders in
   * which its part was found count.
   */
  addKept(kept: readonly string[] | undefined, { part }: PartPaths): void {
    for (const each of kept ?? []) {
      const path = join(this.#root, each);
      if (isBelow(this.#root, path) && isBelow(path, part)) this.#paths.add(path);
    }
  }

  /** Removes those in which nothing is left, the innermost first. */
  async removeEmpty(): Promise<void> {
    const innermostFirst = [...this.#paths].sort((one, other) => depthOf(other) - depthOf(one));
    for (const path of innermostFirst) {
      // Fails if there is anything in it.
      await rmdir(path).catch(() => undefined);
    }
  }
}

function depthOf(path: string): number {
  return path.split(sep).length;
}
