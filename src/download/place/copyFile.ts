import { constants } from "node:fs";
import { copyFile as copyBytes, rm } from "node:fs/promises";
import { randomUUID } from "node:crypto";
import { throwIfCancelled } from "../../model/exportError.ts";
import { fromFileSystem } from "../errors/fileSystemErrors.ts";
import { placeFile } from "./placeFile.ts";

/**
 * Copies a file, replacing an existing one. The bytes are copied to a temporary file next to the target, which is
 * renamed when it is complete.
 *
 * @throws ExportError `notWritable`, `diskFull`, `cancelled`
 */
export async function copyFile(source: string, target: string, signal: AbortSignal): Promise<void> {
  const growing = `${target}.${randomUUID().slice(0, 8)}.part`;
  try {
    await copyBytes(source, growing, constants.COPYFILE_EXCL);
    throwIfCancelled(signal);
    await placeFile(growing, target, "overwrite", signal);
  } catch (error) {
    await rm(growing, { force: true });
    throw await fromFileSystem(error, target, 0);
  }
}
