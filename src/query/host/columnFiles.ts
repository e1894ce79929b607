import { createHash } from "node:crypto";
import { rm, stat } from "node:fs/promises";
import path from "node:path";
import { namesIn } from "../../disk/folders.ts";
import { saysMissing, systemCode } from "../../model/systemCode.ts";

/** How many hexadecimal digits of a hash are in the name of a folder. */
const digits = 32;

/** The name of a folder for a path, or for anything else of any length and with any characters. */
export function folderName(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, digits);
}

/**
 * The cached columns of all exports on disk. Below the folder there is one for each version of the engine, and in it one
 * for each export.
 */
export class ColumnFiles {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Removes the columns of an export that was deleted, so that nothing of it is left. */
  async forget(exportPath: string): Promise<void> {
    for (const version of await namesIn(this.#folder)) {
      await remove(path.join(this.#folder, version, folderName(exportPath)));
    }
  }

  /**
   * Removes the columns of all exports. An engine that is running loads what it still needs again.
   *
   * @returns how many bytes were removed
   */
  async clear(): Promise<number> {
    let bytes = 0;
    for (const file of await namesIn(this.#folder, true)) bytes += await bytesOf(path.join(this.#folder, file));
    await remove(this.#folder);
    return bytes;
  }
}

/** How Windows refuses to delete a file that the engine of a window has open, and the folder around it. */
const usedCodes = new Set(["EBUSY", "EPERM", "ENOTEMPTY"]);

/** What an engine is using stays. It is removed later, as what was not used for the longest time. */
async function remove(folder: string): Promise<void> {
  try {
    await rm(folder, { recursive: true, force: true });
  } catch (error) {
    if (!usedCodes.has(systemCode(error) ?? "")) throw error;
  }
}

/** Another window may remove it at the same time. */
async function bytesOf(file: string): Promise<number> {
  try {
    const found = await stat(file);
    return found.isFile() ? found.size : 0;
  } catch (error) {
    if (saysMissing(error)) return 0;
    throw error;
  }
}
