import { rmdir } from "node:fs/promises";
import { dirname } from "node:path";
import type { Memento } from "vscode";
import { systemCode } from "../../model/systemCode.ts";
import type { Subscription } from "../emitter.ts";
import type { Downloads } from "./downloads.ts";

const prefix = "createdFolder:";

/**
 * Remembers the folders that downloads created, so that they go with the last file in them. Folders that were there
 * before are never removed.
 */
export class OwnFolders {
  readonly #state: Memento;

  constructor(state: Memento) {
    this.#state = state;
  }

  follow(downloads: Pick<Downloads, "listen">): Subscription {
    return downloads.listen(({ event }) => {
      if (event.kind === "arrived") for (const folder of event.folders) void this.#state.update(prefix + folder, true);
    });
  }

  /** Removes the folders around a deleted file that downloads created and in which nothing is left, the innermost first. */
  async removeEmptyAround(path: string): Promise<void> {
    for (let folder = dirname(path); this.#isOwn(folder); folder = dirname(folder)) {
      if (!(await isRemoved(folder))) return;
      await this.#state.update(prefix + folder, undefined);
    }
  }

  #isOwn(folder: string): boolean {
    return this.#state.get(prefix + folder) === true;
  }
}

/** False if anything is in the folder. One that somebody else removed is gone as well. */
async function isRemoved(folder: string): Promise<boolean> {
  try {
    await rmdir(folder);
    return true;
  } catch (error) {
    return systemCode(error) === "ENOENT";
  }
}
