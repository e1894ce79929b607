import { join } from "node:path";
import { t } from "@vscode/l10n";
import { type FileLock, tryLock } from "../../disk/fileLock.ts";
import { makeFolder } from "../../disk/folders.ts";
import { replaceWithText } from "../../disk/newFile.ts";
import { readOwnText } from "../../disk/ordinaryFile.ts";
import { systemClock } from "../../http/clock.ts";
import { ExportError } from "../../model/exportError.ts";
import { systemCode } from "../../model/systemCode.ts";
import { nothingWatched, readState, tidied, type WatchState } from "./watched.ts";

/** Far more than the longest list needs. */
const mostBytes = 4 * 1024 * 1024;
/** How often to look whether another window has finished its change, and how long at most. */
const turnMs = 20;
const mostTurns = 500;

/**
 * The file with everything that is watched. All windows share it, and VS Code's own state isn't the same in windows that
 * run at the same time.
 */
export class WatchFile {
  readonly folder: string;
  readonly #path: string;

  constructor(folder: string) {
    this.folder = folder;
    this.#path = join(folder, "watched.json");
  }

  /** Without the folder, nobody could notice that another window begins to watch something. */
  async createFolder(): Promise<void> {
    await makeFolder(this.folder, this.folder);
  }

  /** @throws errors of the file system, but not if there is no file or if its content can't be understood */
  async read(): Promise<WatchState> {
    let text: string;
    try {
      text = await readOwnText(this.#path, mostBytes);
    } catch (error) {
      if (systemCode(error) === "ENOENT") return nothingWatched;
      throw error;
    }
    try {
      return readState(JSON.parse(text));
    } catch {
      return nothingWatched;
    }
  }

  /**
   * Changes what is watched, based on what is in the file now. Windows change it one after the other.
   *
   * @returns the state before and after
   * @throws ExportError `busyElsewhere`, `invalidRequest` if it could not be read again; errors of the file system; what
   * `edit` throws
   */
  async change(edit: (state: WatchState) => WatchState): Promise<{ before: WatchState; after: WatchState }> {
    await this.createFolder();
    const lock = await this.#turn();
    try {
      const before = await this.#readable();
      const after = tidied(edit(before));
      const text = JSON.stringify(after, undefined, 1);
      requireReadable(text, after);
      if (text !== JSON.stringify(before, undefined, 1)) await replaceWithText(this.#path, text);
      return { before, after };
    } finally {
      await lock.release();
    }
  }

  /** What is in the file. Nothing if something else has its name, which is then replaced. */
  async #readable(): Promise<WatchState> {
    try {
      return await this.read();
    } catch (error) {
      if (error instanceof ExportError) return nothingWatched;
      throw error;
    }
  }

  /** @throws ExportError `busyElsewhere` */
  async #turn(): Promise<FileLock> {
    const { signal } = new AbortController();
    for (let turns = 0; turns < mostTurns; turns++) {
      const lock = await tryLock(`${this.#path}.lock`, systemClock, signal);
      if (lock !== undefined) return lock;
      await systemClock.wait(turnMs, signal);
    }
    throw new ExportError("busyElsewhere", t("Another window is changing the list of watched tasks. Try again."));
  }
}

/** What can't be read again would be lost, and a file that is too large would lose everything else as well. */
function requireReadable(text: string, { watched }: WatchState): void {
  const isComplete =
    Buffer.byteLength(text) <= mostBytes && readState(JSON.parse(text)).watched.length === watched.length;
  if (isComplete) return;
  throw new ExportError(
    "invalidRequest",
    t("This can't be watched, because the list of what is watched would be too long. Stop watching others first."),
  );
}
