import { randomUUID } from "node:crypto";
import { rmSync } from "node:fs";
import { readdir, rm } from "node:fs/promises";
import path from "node:path";
import process from "node:process";
import { makeFolder } from "../../disk/folders.ts";
import { isRunning } from "../../model/runningProcess.ts";

/** The folder for the unpacked files of this process, created when it is needed. Its name begins with the process ID. */
export class UnpackFolder {
  readonly #root: string;
  readonly #own: string;
  #created: Promise<string> | undefined;

  /** @param root a folder of the extension's own storage, shared by all windows */
  constructor(root: string) {
    this.#root = root;
    this.#own = path.join(root, `${process.pid}-${randomUUID().slice(0, 8)}`);
  }

  /** Creates the folder for its owner alone, and removes those of processes that have ended. */
  path(): Promise<string> {
    this.#created ??= this.#create();
    return this.#created;
  }

  /** At once, because the process may be about to end. */
  dispose(): void {
    if (this.#created !== undefined) rmSync(this.#own, { recursive: true, force: true });
  }

  async #create(): Promise<string> {
    await makeFolder(this.#root, this.#own);
    for (const name of await readdir(this.#root)) {
      const processId = Number(/^(\d+)-/.exec(name)?.[1]);
      if (processId > 0 && !isRunning(processId))
        await rm(path.join(this.#root, name), { recursive: true, force: true });
    }
    return this.#own;
  }
}
