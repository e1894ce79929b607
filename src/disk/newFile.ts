import { randomUUID } from "node:crypto";
import { open } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import { systemCode } from "../model/systemCode.ts";
import { openChosenFile, removeOwnFile, renameOver } from "./ordinaryFile.ts";

/**
 * Creates a file for its owner alone. Nothing remains if its text can't be written.
 *
 * @returns false if there is anything with this name.
 */
export async function createWithText(path: string, text: string): Promise<boolean> {
  try {
    await writeNew(path, text);
    return true;
  } catch (error) {
    if (systemCode(error) === "EEXIST") return false;
    throw error;
  }
}

/**
 * Creates or replaces a file in one step, so that a reader gets either the old or the new text, even after a crash. A
 * link or pipe with its name is replaced, not followed.
 */
export async function replaceWithText(path: string, text: string): Promise<void> {
  // Nobody can guess the name, so nobody can put a link or a pipe there.
  const fresh = `${path}.${randomUUID().slice(0, 8)}.new`;
  await writeNew(fresh, text);
  try {
    await renameOver(fresh, path);
  } catch (error) {
    await removeOwnFile(fresh).catch(() => undefined);
    throw error;
  }
}

/**
 * Copies a file that a person or another program chose to a new file for its owner alone. Node's own function also
 * copies the permissions, which fails on file systems that have none.
 */
export async function copyToNewFile(source: string, target: string, signal: AbortSignal): Promise<void> {
  const from = await openChosenFile(source);
  try {
    const to = await open(target, "wx", 0o600);
    const chunks = { highWaterMark: 1024 * 1024 };
    await pipeline(from.createReadStream({ ...chunks, autoClose: false }), to.createWriteStream(chunks), { signal });
  } finally {
    await from.close();
  }
}

/** A name that exists, even as a broken link, is never opened. */
async function writeNew(path: string, text: string): Promise<void> {
  const file = await open(path, "wx", 0o600);
  try {
    await file.writeFile(text);
  } catch (error) {
    await removeOwnFile(path).catch(() => undefined);
    throw error;
  } finally {
    await file.close();
  }
}
